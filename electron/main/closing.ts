/** A window with unsaved work asks before it closes. */
import type { Messages } from '#shared/messages/messages.ts'

/** The part of Electron's BrowserWindow that is used. */
export interface ClosingWindow {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown
  readonly webContents: {
    on(event: 'will-prevent-unload', listener: (event: { preventDefault(): void }) => void): unknown
    on(event: 'did-navigate' | 'render-process-gone', listener: () => void): unknown
  }
}

export interface ClosingGuard {
  /** The page reports whether closing now could lose work. */
  setUnsaved(unsaved: boolean): void
  unsaved(): boolean
}

/**
 * Asks before the window closes, and before a reload that the page's own `beforeunload` prevents; once for both.
 * @param ask returns whether to leave and lose the work; blocks, since Electron wants its answer at once
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
  // Here preventDefault stops the page from preventing it.
  window.webContents.on('will-prevent-unload', (event) => {
    if (agreed || ask()) event.preventDefault()
    agreed = false
  })
  // A new page has no unsaved work.
  window.webContents.on('did-navigate', forget)
  window.webContents.on('render-process-gone', forget)
  return {
    setUnsaved(now) {
      unsaved = now
    },
    unsaved: () => unsaved,
  }
}

/** Returns the question for Electron's dialog. The first button, and Escape, keep the window open. */
export function closingQuestion({ t }: Messages) {
  return {
    type: 'warning' as const,
    message: t('desktop.unsaved'),
    detail: t('desktop.unsaved.explanation'),
    buttons: [t('desktop.unsaved.stay'), t('desktop.unsaved.leave')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
}
/** The index of the button that leaves. */
export const LEAVE_BUTTON = 1
