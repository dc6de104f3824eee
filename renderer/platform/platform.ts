import type { AnyLanguage } from '#shared/messages/languages.ts'

/**
 * What the app needs from its shell. There are two implementations: `desktop.ts` over the bridge of Electron's preload,
 * and `browser.ts` over the web platform. The rest of the renderer knows only this interface.
 */
export interface Platform {
  readonly kind: 'desktop' | 'browser'
  /** The newsroom server's address without a trailing slash, e.g. `http://127.0.0.1:4870`. */
  readonly server: string
  /** Resolves to a small secret (the session's token), which is encrypted where the system can; null without one. */
  readSecret(name: 'session'): Promise<string | null>
  writeSecret(name: 'session', value: string | null): Promise<void>
  /** Opens an https or mailto link outside the app. Rejects other links. */
  openExternal(url: string): Promise<void>
  /**
   * Saves another newsroom server's address and restarts the app on it. Rejects an invalid address. Null in a browser,
   * where the page comes from its server.
   */
  readonly changeServer: ((address: string) => Promise<void>) | null
  /** Calls back with a command's id when it is chosen in the native menu. Returns `unsubscribe`. */
  onCommand(listener: (commandId: string) => void): () => void
  /** Calls back with a story's id when a galley://story/<id> link is opened. Returns `unsubscribe`. */
  onOpenStory(listener: (storyId: string) => void): () => void
  /** A system notification; choosing it opens the story. */
  notify(notice: { title: string; body: string; storyId: string }): void
  /** Tells the shell whether closing now could lose work, so that it asks first. */
  setUnsaved(unsaved: boolean): void
  /** Tells the shell the interface's language, which its menu and dialogs follow. */
  setLanguage(language: AnyLanguage): void
}
