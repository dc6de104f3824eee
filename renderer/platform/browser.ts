/** The browser app: the web platform itself. The server is the one that the page came from. */
import { externalLink } from './external-link.ts'
import { createLeaveGuard, type LeavingWindow } from './leave-guard.ts'
import type { Platform } from './platform.ts'

/** The part of a browser's window that is used. */
export interface BrowserWindow extends LeavingWindow, Pick<Window, 'open' | 'focus'> {
  readonly location: Pick<Location, 'origin'>
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly Notification?: typeof Notification
}

/** A browser has no keychain: a secret here is as safe as the person's browser profile. */
const storageKey = (name: string): string => `galley.secret.${name}`

export function createBrowserPlatform(window: BrowserWindow): Platform {
  const storyListeners = new Set<(storyId: string) => void>()

  async function show(
    Notification: typeof globalThis.Notification,
    notice: { title: string; body: string; storyId: string },
  ): Promise<void> {
    const permission =
      Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission
    if (permission !== 'granted') return
    const notification = new Notification(notice.title, { body: notice.body, tag: notice.storyId })
    notification.onclick = () => {
      window.focus()
      notification.close()
      for (const listener of storyListeners) listener(notice.storyId)
    }
  }

  return {
    kind: 'browser',
    server: window.location.origin,
    readSecret: (name) => Promise.resolve(window.localStorage.getItem(storageKey(name))),
    writeSecret(name, value) {
      if (value === null) window.localStorage.removeItem(storageKey(name))
      else window.localStorage.setItem(storageKey(name), value)
      return Promise.resolve()
    },
    async openExternal(url) {
      window.open(externalLink(url), '_blank', 'noopener,noreferrer')
      return Promise.resolve()
    },
    // The page's own server can't be changed.
    changeServer: null,
    // A browser has no native menu: commands come from shortcuts and the palette.
    onCommand: () => () => undefined,
    onOpenStory(listener) {
      storyListeners.add(listener)
      return () => storyListeners.delete(listener)
    },
    notify(notice) {
      if (window.Notification !== undefined) void show(window.Notification, notice)
    },
    setUnsaved: createLeaveGuard(window),
    // A browser's own menu follows the browser.
    setLanguage: () => undefined,
  }
}
