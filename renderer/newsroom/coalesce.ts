export interface Coalesced {
  ask: () => void
  stop: () => void
}

const COALESCE_MS = 1000

/**
 * Reads at once when asked, and once more after a second if asked again meanwhile, so that a burst of events costs two
 * requests. A failed read is not repeated until the next ask.
 */
export function coalesce(read: () => Promise<void>): Coalesced {
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
    }, COALESCE_MS)
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
