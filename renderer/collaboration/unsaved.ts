/** Tells the shell whether closing now could lose words, for all stories of a window that are open or still closing. */

export interface UnsavedWords {
  /** A place that may hold words which are on no disk yet. */
  holder(): { set(unsaved: boolean): void }
}

/** `tell` is `platform.setUnsaved`: called only when the answer changes. */
export function createUnsavedWords(tell: (unsaved: boolean) => void): UnsavedWords {
  const holding = new Set<symbol>()
  return {
    holder() {
      const id = Symbol('holder of unsaved words')
      return {
        set(unsaved) {
          const before = holding.size > 0
          if (unsaved) holding.add(id)
          else holding.delete(id)
          const after = holding.size > 0
          if (before !== after) tell(after)
        },
      }
    },
  }
}
