/** Offers to reload the page when its process ends by itself. Its text is on this computer's disk. */
import type { Messages } from '#shared/messages/messages.ts'

/** The part of Electron's webContents that is used. */
export interface CrashingContents {
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown
}

/** Returns the question for Electron's dialog. */
export function crashQuestion({ t }: Messages) {
  return {
    type: 'error' as const,
    message: t('desktop.crash'),
    detail: t('desktop.crash.explanation'),
    buttons: [t('desktop.crash.reopen'), t('desktop.crash.close')],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  }
}
/** The index of the button that reopens the page. */
export const REOPEN_BUTTON = 0

/** @param ask returns whether to reopen the page */
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
