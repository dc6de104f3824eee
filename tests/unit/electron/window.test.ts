import { describe, expect, it } from 'vitest'
import { SERVER_ARGUMENT } from '#electron/channels.ts'
import { placeOf, windowOptions } from '#electron/main/window.ts'
import { placeWindow } from '#electron/main/window-place.ts'

const MAIN = { x: 0, y: 25, width: 1920, height: 1055 }
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1024 }
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height, maximized: false })

describe('where the window opens', () => {
  it('is where it was, on any display', () => {
    expect(placeWindow(at(100, 100), [MAIN, RIGHT])).toEqual({ x: 100, y: 100, width: 1000, height: 700 })
    expect(placeWindow(at(2000, 10), [MAIN, RIGHT])).toEqual({ x: 2000, y: 10, width: 1000, height: 700 })
  })

  it.each([
    ['on a display that is gone', at(2000, 10)],
    ['left of all displays', at(-950, 100)],
    ['with its title bar above the display', at(100, -300)],
    ['below the display', at(100, 1070)],
  ])('is the middle of the main display when it was %s', (_where, place) => {
    expect(placeWindow(place, [MAIN])).toEqual({ width: 1000, height: 700 })
  })

  it('may hang over an edge while it can be taken hold of', () => {
    expect(placeWindow(at(-800, 100), [MAIN])).toMatchObject({ x: -800 })
  })

  it('is never larger than its display', () => {
    expect(placeWindow(at(0, 25, 5000, 4000), [MAIN])).toEqual({ x: 0, y: 25, width: 1920, height: 1055 })
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({ width: 1024, height: 700 })
  })

  it('is remembered as it was before it was maximized', () => {
    const bounds = { x: 1, y: 2, width: 3, height: 4 }
    expect(placeOf({ getNormalBounds: () => bounds, isMaximized: () => true })).toEqual({ ...bounds, maximized: true })
  })
})

describe('the window', () => {
  const options = windowOptions({
    preload: '/out/preload.cjs',
    icon: '/icon.png',
    server: 'https://newsroom.example',
    last: null,
    areas: [MAIN],
    dark: false,
    development: false,
  })

  it('gives its page nothing but the bridge', () => {
    expect(options.webPreferences).toEqual({
      preload: '/out/preload.cjs',
      additionalArguments: [`${SERVER_ARGUMENT}https://newsroom.example`],
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
      devTools: false,
    })
  })

  it('is shown when there is something to see', () => expect(options.show).toBe(false))
})
