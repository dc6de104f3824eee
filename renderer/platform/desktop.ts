/** The desktop app: everything goes over `window.galley`, the bridge that Electron's preload exposes. */
import type { AnyLanguage } from '#shared/messages/languages.ts'
import { externalLink } from './external-link.ts'
import { createLeaveGuard, type LeavingWindow } from './leave-guard.ts'
import type { Platform } from './platform.ts'

/**
 * The bridge as the renderer sees it. Electron's side is `electron/bridge.ts`, which the renderer may not import;
 * tests/unit/platform/bridge-agreement.test.ts checks that the two agree.
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
  setLanguage(language: AnyLanguage): void
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
    setLanguage: (language) => bridge.setLanguage(language),
    setUnsaved(unsaved) {
      // The shell asks when its window closes; of a reload it learns only by the page's own beforeunload.
      bridge.setUnsaved(unsaved)
      guardLeaving(unsaved)
    },
  }
}
