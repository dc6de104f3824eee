/**
 * All that the app asks of what it runs on. There are two implementations: `desktop.ts` over the bridge that Electron's
 * preload exposes, and `browser.ts` over the web platform. The rest of the renderer knows only this interface.
 */
export interface Platform {
  readonly kind: 'desktop' | 'browser'
  /** The newsroom server's address without a trailing slash, e.g. `http://127.0.0.1:4870`. */
  readonly server: string
  /** A small secret (the session's token), kept encrypted where the system can. Resolves to null when there is none. */
  readSecret(name: 'session'): Promise<string | null>
  writeSecret(name: 'session', value: string | null): Promise<void>
  /** Opens an https or mailto link outside the app; others are refused with an Error. */
  openExternal(url: string): Promise<void>
  /**
   * Keeps another newsroom server's address and starts the app again on it; an address that is none is refused with an
   * Error. Null in a browser, where the page comes from its server.
   */
  readonly changeServer: ((address: string) => Promise<void>) | null
  /** Calls back with a command's id when it is chosen in the native menu. Returns the way to stop. */
  onCommand(listener: (commandId: string) => void): () => void
  /** Calls back with a story's id when a galley://story/<id> link is opened. Returns the way to stop. */
  onOpenStory(listener: (storyId: string) => void): () => void
  /** A system notification; choosing it opens the story. */
  notify(notice: { title: string; body: string; storyId: string }): void
  /** Tells the shell whether closing now could lose words, so that it asks first. */
  setUnsaved(unsaved: boolean): void
}
