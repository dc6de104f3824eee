/** The desktop app: everything goes over `window.galley`, the bridge that Electron's preload exposes. */
import { externalLink } from './external-link.ts'
import { createLeaveGuard, type LeavingWindow } from './leave-guard.ts'
import type { Platform } from './platform.ts'

/**
 * The shape that this side expects of the bridge. Electron's side is `electron/bridge.ts`, which the renderer may not
 * import; tests/unit/platform/bridge-agreement.test.ts holds the two to each other.
 */
export interface DesktopBridge {
  readonly server: string
  readSecret(name: 'session'): Promise<string | null>
  writeSecret(name: 'session', value: string | null): Promise<void>
  openExternal(url: string): Promise<void>
  changeServer(address: string): Promise<void>
  onCommand(listener: (commandId: string) => void): () => void
  onOpenStory(listener: (storyId: string) => void): () => void
  notify(notice: { title: string; body: string; storyId: string }): void
  setUnsaved(unsaved: boolean): void
}

export function createDesktopPlatform(bridge: DesktopBridge, window: LeavingWindow): Platform {
  const guardLeaving = createLeaveGuard(window)
  return {
    kind: 'desktop',
    server: bridge.server,
    readSecret: (name) => bridge.readSecret(name),
    writeSecret: (name, value) => bridge.writeSecret(name, value),
    openExternal: async (url) => bridge.openExternal(externalLink(url)),
    changeServer: (address) => bridge.changeServer(address),
    onCommand: (listener) => bridge.onCommand(listener),
    onOpenStory: (listener) => bridge.onOpenStory(listener),
    notify: (notice) => bridge.notify(notice),
    setUnsaved(unsaved) {
      // The shell asks when its window closes; a reload it hears of only from the page's own beforeunload.
      bridge.setUnsaved(unsaved)
      guardLeaving(unsaved)
    },
  }
}
