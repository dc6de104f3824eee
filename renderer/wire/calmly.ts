/**
 * Reads at once when asked, and once more, after a while, when asked meanwhile: a storm of events is not answered with a
 * storm of requests. A reading that fails is not repeated; the next one that is asked for is.
 */
export interface Calm {
  ask: () => void
  stop: () => void
}

/** In milliseconds. */
const WHILE = 1000

export function calmly(read: () => Promise<void>): Calm {
  let timer: ReturnType<typeof setTimeout> | null = null
  let asked = false
  function ask(): void {
    if (timer !== null) {
      asked = true
      return
    }
    timer = setTimeout(() => {
      timer = null
      if (asked) ask()
      asked = false
    }, WHILE)
    read().catch(() => undefined)
  }
  return {
    ask,
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      asked = false
    },
  }
}
