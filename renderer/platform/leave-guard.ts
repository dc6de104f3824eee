/** The part of a browser's window that is used. */
export type LeavingWindow = Pick<Window, 'addEventListener' | 'removeEventListener'>

/** Makes the browser ask before leaving or reloading the page while work is unsaved. */
export function createLeaveGuard(window: LeavingWindow): (unsaved: boolean) => void {
  const ask = (event: Event): void => event.preventDefault()
  return (unsaved) => {
    // A page that listens is kept out of the back-forward cache, so it listens only while needed.
    if (unsaved) window.addEventListener('beforeunload', ask)
    else window.removeEventListener('beforeunload', ask)
  }
}
