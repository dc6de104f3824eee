/** The part of a browser's window that is used. */
export type LeavingWindow = Pick<Window, 'addEventListener' | 'removeEventListener'>

/** Makes the browser ask before the page is left, a reload included, for as long as it is told that words are unsaved. */
export function createLeaveGuard(window: LeavingWindow): (unsaved: boolean) => void {
  const ask = (event: Event): void => event.preventDefault()
  return (unsaved) => {
    // Only while it is needed: a page that listens is kept out of the back-forward cache.
    if (unsaved) window.addEventListener('beforeunload', ask)
    else window.removeEventListener('beforeunload', ask)
  }
}
