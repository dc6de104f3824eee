/**
 * The contract between the page and Electron's main process: what the page finds as `window.galley`, and the schemas
 * that main holds every call to. A page that was taken over can ask for this and for nothing else.
 */
import { z } from 'zod'

/** What the preload exposes as `window.galley`. The renderer's side of it is `renderer/platform/desktop.ts`. */
export interface Bridge {
  /** The newsroom server's address without a trailing slash. */
  readonly server: string
  /** Resolves to null when nothing is kept under the name, or when the system can no longer decrypt it. */
  readSecret(name: SecretName): Promise<string | null>
  /** Keeps a secret encrypted by the system (where it cannot, until the app ends), or with null forgets it. */
  writeSecret(name: SecretName, value: string | null): Promise<void>
  /** Opens an https or mailto link in the person's own browser or mail program. Rejects for other links. */
  openExternal(url: string): Promise<void>
  /** Keeps another server's address and loads the app anew on it. Rejects for what is no server's address. */
  changeServer(address: string): Promise<void>
  /** Commands chosen in the native menu. Returns the way to stop. */
  onCommand(listener: (commandId: string) => void): () => void
  /** Stories whose galley:// link or notification was opened, also before anyone listened. Returns the way to stop. */
  onOpenStory(listener: (storyId: string) => void): () => void
  notify(notice: Notice): void
  /** Whether closing now could lose words. */
  setUnsaved(unsaved: boolean): void
}

const secretNameSchema = z.enum(['session'])
export type SecretName = z.infer<typeof secretNameSchema>

/** The links that may leave the app. */
export const externalLinkSchema = z.url({
  protocol: /^(https|mailto)$/,
  error: 'Only https and mailto links can be opened',
})

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A newsroom server's address; parses to its origin. Plain http would be read along, so it is for this computer only. */
export const serverAddressSchema = z
  .string()
  .trim()
  .max(300)
  .transform((text, context) => {
    const url = URL.parse(text.includes('://') ? text : `https://${text}`)
    const bare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    if (bare && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)))) {
      return url.origin
    }
    context.addIssue({
      code: 'custom',
      message: 'A server’s address is like https://newsroom.example; http:// is only for this computer (127.0.0.1)',
    })
    return z.NEVER
  })

const noticeSchema = z.object({ title: z.string().max(200), body: z.string().max(1000), storyId: z.uuid() })
export type Notice = z.infer<typeof noticeSchema>

/** The arguments of each call from the page to main. */
export const callArguments = {
  readSecret: z.tuple([secretNameSchema]),
  writeSecret: z.tuple([secretNameSchema, z.string().max(16_384).nullable()]),
  openExternal: z.tuple([externalLinkSchema]),
  changeServer: z.tuple([serverAddressSchema]),
  /** The id of the story whose link was opened and not yet taken, or null. */
  takeStory: z.tuple([]),
  notify: z.tuple([noticeSchema]),
  setUnsaved: z.tuple([z.boolean()]),
}

/** What main answers to each call. */
export interface CallResults {
  readSecret: string | null
  writeSecret: undefined
  openExternal: undefined
  changeServer: undefined
  takeStory: string | null
  notify: undefined
  setUnsaved: undefined
}

export type CallName = keyof typeof callArguments
