import { useRef } from 'react'

/** The focus before the last dialog opened, for a dialog that replaces it. */
let lastBefore: HTMLElement | null = null

/** Returns the focused element; for a menu item, which is about to go, the button that opened the menu. */
function focused(): HTMLElement | null {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body) return lastBefore
  const opener = active.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return (opener == null ? null : document.getElementById(opener)) ?? active
}

/** Keeps the keyboard on the page when the element that opened the dialog is gone, such as the button of a skipped delivery. */
function focusPage(): void {
  const page = document.querySelector('main')
  if (page === null) return
  page.tabIndex = -1
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
  page.focus({ preventScroll: true })
}

/**
 * For dialogs that are opened by commands and have no triggers: the focus returns to where it was, unless `onClosed` returns
 * true.
 */
export function useFocusReturn(onClosed?: () => boolean) {
  const before = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus: () => {
      before.current = lastBefore = focused()
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      if (onClosed?.() === true) return
      if (before.current?.isConnected === false) focusPage()
      else before.current?.focus()
    },
  }
}
