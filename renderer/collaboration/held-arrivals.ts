/**
 * Holds back what arrives from the newsroom while an input method composes: a letter that lands in the text beside an
 * unfinished word ends its composition. What is held back is applied in its order, soon: nothing waits for longer than
 * {@link LONGEST}, and no more than {@link MOST} waits at all.
 */

/** Milliseconds that an arrival is held back for. */
const LONGEST = 10_000
/** Bytes that are held back. */
const MOST = 1024 * 1024

export interface HeldArrivals {
  /** Holds back what arrives, until the function that this returns is called. */
  hold(): () => void
  /** Calls back just before an arrival is applied. Returns the way to stop. */
  before(listener: () => void): () => void
  /** Applies an arrival of so many bytes: now, or after what is held back. */
  arrive(bytes: number, apply: () => void): void
  /** Drops what is held back. The connection is gone, and its changes come again with the next one. */
  drop(): void
}

export function createHeldArrivals(): HeldArrivals {
  const holders = new Set<symbol>()
  const listeners = new Set<() => void>()
  let queue: (() => void)[] = []
  let held = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function drop(): void {
    clearTimeout(timer)
    timer = undefined
    queue = []
    held = 0
  }

  function applyAll(): void {
    const arrivals = queue
    drop()
    const errors: unknown[] = []
    for (const apply of arrivals) {
      try {
        applyNow(apply)
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Not all that was held back could be applied')
  }

  /** What fails beside an arrival does not keep it out. */
  function applyNow(apply: () => void): void {
    try {
      for (const listener of listeners) listener()
    } finally {
      apply()
    }
  }

  return {
    hold() {
      const holder = Symbol('holds arrivals back')
      holders.add(holder)
      return () => {
        if (holders.delete(holder) && holders.size === 0) applyAll()
      }
    },
    before(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    arrive(bytes, apply) {
      if (holders.size === 0) {
        applyNow(apply)
        return
      }
      queue.push(apply)
      held += bytes
      if (held > MOST) applyAll()
      else timer ??= setTimeout(applyAll, LONGEST)
    },
    drop,
  }
}
