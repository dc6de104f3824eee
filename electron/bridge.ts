/**
 * The contract between the page and Electron's main process: the page's `window.galley`, and the schemas that main
 * checks every call against. A compromised page can ask for nothing else.
 */
import { z } from 'zod'
import { LANGUAGES, PSEUDO_LANGUAGE, type AnyLanguage } from '#shared/messages/languages.ts'

/** What the preload exposes as `window.galley`. The renderer's side of it is `renderer/platform/desktop.ts`. */
export interface Bridge {
  /** The newsroom server's address without a trailing slash. */
  readonly server: string
  /** Resolves to null without a secret of this name, or if the system can no longer decrypt it. */
  readSecret(name: SecretName): Promise<string | null>
  /** Keeps a secret encrypted by the system, or in memory if it can't; null forgets it. */
  writeSecret(name: SecretName, value: string | null): Promise<void>
  /** Opens an https or mailto link in the person's own browser or mail program. Rejects for other links. */
  openExternal(url: string): Promise<void>
  /** Saves another server's address and reloads the app on it. Rejects an invalid address. */
  changeServer(address: string): Promise<void>
  /** Calls back with commands chosen in the native menu. Returns `unsubscribe`. */
  onCommand(listener: (commandId: string) => void): () => void
  /** Calls back with stories opened by a galley:// link or a notification, earlier ones too. Returns `unsubscribe`. */
  onOpenStory(listener: (storyId: string) => void): () => void
  notify(notice: Notice): void
  /** Reports whether closing now could lose work. */
  setUnsaved(unsaved: boolean): void
  /** The page's language, which the native menu and dialogs follow. */
  setLanguage(language: AnyLanguage): void
}

export const languageSchema = z.enum([...LANGUAGES, PSEUDO_LANGUAGE])

const secretNameSchema = z.enum(['session'])
export type SecretName = z.infer<typeof secretNameSchema>

/** Links that may be opened outside the app. */
export const externalLinkSchema = z.url({
  protocol: /^(https|mailto)$/,
  error: 'Only https and mailto links can be opened',
})

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A newsroom server's address; parses to its origin. Plain http is for this computer only. */
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
  /** Resolves to the id of a story whose link was opened and not yet taken, or null. */
  takeStory: z.tuple([]),
  notify: z.tuple([noticeSchema]),
  setUnsaved: z.tuple([z.boolean()]),
  setLanguage: z.tuple([languageSchema]),
}

/** Main's answer to each call. */
export interface CallResults {
  readSecret: string | null
  writeSecret: undefined
  openExternal: undefined
  changeServer: undefined
  takeStory: string | null
  notify: undefined
  setUnsaved: undefined
  setLanguage: undefined
}

export type CallName = keyof typeof callArguments
