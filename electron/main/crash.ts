/** When the page's process ends unasked, its words are on this computer's disk: the person is told, and it is loaded anew. */

/** The part of Electron's webContents that is used. */
export interface CrashingContents {
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown
}

export const CRASH_QUESTION = {
  type: 'error' as const,
  message: 'This page stopped working.',
  detail: 'What you typed until a moment ago is on this computer’s disk and will be there when the page opens again.',
  buttons: ['Open it again', 'Close Galley'],
  defaultId: 0,
  cancelId: 1,
  noLink: true,
}
/** The index of the button that opens the page again. */
export const REOPEN_BUTTON = 0

/** @param ask whether to open the page again */
export function recoverFromCrash(
  contents: CrashingContents,
  ask: () => boolean,
  reopen: () => void,
  close: () => void,
) {
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    if (ask()) reopen()
    else close()
  })
}
