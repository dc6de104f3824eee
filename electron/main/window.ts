/** The app's one window. */
import type { BrowserWindowConstructorOptions } from 'electron'
import { PRODUCT_NAME } from '#shared/messages/languages.ts'
import { SERVER_ARGUMENT } from '../channels.ts'
import type { WindowPlace } from './settings.ts'
import { type Area, placeWindow, SMALLEST } from './window-place.ts'

export interface WindowNeeds {
  preload: string
  icon: string
  server: string
  last: WindowPlace | null
  /** The displays' work areas, the main display's first. */
  areas: readonly Area[]
  dark: boolean
  development: boolean
}

/** How the window is made: its place, and a page that can do nothing but what the bridge gives it. */
export function windowOptions(needs: WindowNeeds): BrowserWindowConstructorOptions {
  return {
    ...placeWindow(needs.last, needs.areas),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    icon: needs.icon,
    title: PRODUCT_NAME,
    // Shown once there is something to see, on paper or ink, so that nothing flashes.
    show: false,
    backgroundColor: needs.dark ? '#16181b' : '#fbfaf7',
    webPreferences: {
      preload: needs.preload,
      additionalArguments: [SERVER_ARGUMENT + needs.server],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools: needs.development,
    },
  }
}

/** The part of Electron's BrowserWindow that is used to remember its place. */
export interface PlacedWindow {
  getNormalBounds(): Area
  isMaximized(): boolean
}

/** Where the window is, to be opened there again. */
export function placeOf(window: PlacedWindow): WindowPlace {
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, maximized: window.isMaximized() }
}
