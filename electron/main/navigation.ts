/** The page stays the page: no navigation away, no further windows, no webviews. Links leave for the person's browser. */
import { externalLinkSchema } from '../bridge.ts'

/** The part of Electron's webContents that is used. */
export interface NavigatingContents {
  on(
    event: 'will-frame-navigate' | 'will-redirect',
    listener: (details: { url: string; preventDefault(): void }) => void,
  ): unknown
  on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void
}

/**
 * @param page the one address that may be navigated to, since a reload is a navigation too
 * @param openExternal the system's way to open a link
 */
export function holdNavigation(contents: NavigatingContents, page: string, openExternal: (url: string) => void): void {
  const leave = (url: string): void => {
    const link = externalLinkSchema.safeParse(url)
    if (link.success) openExternal(link.data)
  }
  contents.on('will-frame-navigate', (details) => {
    if (withoutHash(details.url) === page) return
    details.preventDefault()
    leave(details.url)
  })
  contents.on('will-redirect', (details) => details.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    leave(url)
    return { action: 'deny' }
  })
}

function withoutHash(url: string): string {
  return url.split('#', 1)[0] ?? url
}
