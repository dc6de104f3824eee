/** The platform: the desktop shell if its bridge exists, else the browser. */
import { createBrowserPlatform } from './browser.ts'
import { createDesktopPlatform, type DesktopBridge } from './desktop.ts'
import type { Platform } from './platform.ts'

export type { Platform } from './platform.ts'

declare global {
  interface Window {
    /** The bridge of Electron's preload; missing in a browser. */
    readonly galley?: DesktopBridge
  }
}

export const platform: Platform =
  window.galley === undefined ? createBrowserPlatform(window) : createDesktopPlatform(window.galley, window)
