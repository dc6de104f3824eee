/** A window that holds words which are nowhere else does not close without asking. */

/** The part of Electron's BrowserWindow that is used. */
export interface ClosingWindow {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown
  readonly webContents: {
    on(event: 'will-prevent-unload', listener: (event: { preventDefault(): void }) => void): unknown
    on(event: 'did-navigate' | 'render-process-gone', listener: () => void): unknown
  }
}

export interface ClosingGuard {
  /** What the page says: whether closing now could lose words. */
  setUnsaved(unsaved: boolean): void
  unsaved(): boolean
}

/**
 * Asks before closing (what main knows) and before leaving the page by a reload (what the page's own beforeunload
 * says), once for both.
 * @param ask whether to go on and lose the words; blocks, since Electron wants its answer at once
 */
export function guardClosing(window: ClosingWindow, ask: () => boolean): ClosingGuard {
  let unsaved = false
  let agreed = false
  const forget = (): void => {
    unsaved = false
    agreed = false
  }
  window.on('close', (event) => {
    if (!unsaved) return
    agreed = ask()
    if (!agreed) event.preventDefault()
  })
  // Here preventDefault means: do not let the page prevent it.
  window.webContents.on('will-prevent-unload', (event) => {
    if (agreed || ask()) event.preventDefault()
    agreed = false
  })
  // Another page, or none, has no such words.
  window.webContents.on('did-navigate', forget)
  window.webContents.on('render-process-gone', forget)
  return {
    setUnsaved(now) {
      unsaved = now
    },
    unsaved: () => unsaved,
  }
}

/** The question, for Electron's dialog. Its first button, and Escape, keep the words. */
export const CLOSING_QUESTION = {
  type: 'warning' as const,
  message: 'Some of your words are not saved yet.',
  detail: 'They are neither on this computer’s disk nor in the newsroom. If you leave now, they are lost.',
  buttons: ['Stay', 'Leave and lose them'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
}
/** The index of the button that gives the words up. */
export const LEAVE_BUTTON = 1
