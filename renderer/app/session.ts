/**
 * Who is signed in. The token, and who it belongs to, are kept as one secret by the platform, so that the app starts
 * signed in without a network; the newsroom is asked afterwards whether it still agrees.
 */
import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { message, type Message } from '#shared/messages/message.ts'
import { signInResponseSchema } from '#shared/protocol/http.ts'
import { ApiError } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import type { Platform } from '../platform/platform.ts'

const keptSchema = signInResponseSchema.extend({
  /** The server that gave the token, which is sent to no other. Missing in what an older version has kept. */
  server: z.string().optional(),
})
type Kept = z.infer<typeof keptSchema>

export type SessionState =
  /** Looking for a session on this computer; nothing to show yet. */
  | { phase: 'starting' }
  /** `notice` says why the last session ended. */
  | { phase: 'signed-out'; notice: Message | null }
  | ({ phase: 'signed-in' } & Omit<Kept, 'token' | 'server'>)

export interface Session {
  readonly api: Api
  readonly state: StoreApi<SessionState>
  /** Takes up the session kept on this computer, if there is one. */
  start(): Promise<void>
  /** Throws the `ApiError` of a refusal. */
  signIn(email: string, password: string): Promise<void>
  /** Ends the session here at once, and at the newsroom when it can be reached. */
  signOut(): Promise<void>
}

/**
 * A browser window's own session, beside the one that the whole browser keeps: two windows can be signed in as two
 * people, each stays itself when it is reloaded, and a new window begins as the last person who signed in.
 */
export type WindowStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const WINDOW_KEY = 'galley.session'

export interface SessionOptions {
  platform: Pick<Platform, 'readSecret' | 'writeSecret'>
  createApi: (token: () => string | null) => Api
  /** Null where a window is the whole app, as on the desktop. */
  windowStorage: WindowStorage | null
}

export function createSession({ platform, createApi, windowStorage }: SessionOptions): Session {
  let token: string | null = null
  const state = createStore<SessionState>(() => ({ phase: 'starting' }))
  const api = createApi(() => token)

  /** Resolves to the session of this server that is kept on this computer. */
  async function readKept(): Promise<Kept | null> {
    for (const text of [windowStorage?.getItem(WINDOW_KEY), await platform.readSecret('session')]) {
      const kept = parseKept(text)
      if (kept !== null && (kept.server === undefined || kept.server === api.server)) return kept
    }
    return null
  }

  async function keep(kept: Kept): Promise<void> {
    const text = JSON.stringify({ ...kept, server: api.server })
    windowStorage?.setItem(WINDOW_KEY, text)
    await platform.writeSecret('session', text)
  }

  /** Forgets this window's session, and the browser's when it is the same. */
  async function forget(ended: string): Promise<void> {
    windowStorage?.removeItem(WINDOW_KEY)
    if (parseKept(await platform.readSecret('session'))?.token === ended) await platform.writeSecret('session', null)
  }

  function show({ person, newsroom }: Kept): void {
    state.setState({ phase: 'signed-in', person, newsroom }, true)
  }

  async function end(notice: Message | null): Promise<void> {
    const ended = token
    token = null
    state.setState({ phase: 'signed-out', notice }, true)
    if (ended !== null) await forget(ended)
  }

  api.onSignedOut(() => void end(message('app.session-ended')))

  return {
    api,
    state,
    async start() {
      const kept = await readKept()
      if (kept === null) {
        state.setState({ phase: 'signed-out', notice: null }, true)
        return
      }
      // What an older version has kept is this server's from now on.
      if (kept.server === undefined) await keep(kept)
      token = kept.token
      show(kept)
      try {
        const now = { token: kept.token, server: api.server, ...(await api.me()) }
        if (token !== kept.token) return
        windowStorage?.setItem(WINDOW_KEY, JSON.stringify(now))
        show(now)
      } catch (error) {
        // A session that has ended was dealt with by `onSignedOut`; without a network it simply goes on.
        if (!(error instanceof ApiError)) throw error
      }
    },
    async signIn(email, password) {
      const answer = await api.signIn(email, password)
      token = answer.token
      await keep(answer)
      show(answer)
    },
    async signOut() {
      // The request is made while the token is still there; its answer is not awaited.
      const told = api.signOut().catch(() => undefined)
      await end(null)
      await told
    },
  }
}

function parseKept(text: string | null | undefined): Kept | null {
  if (text == null) return null
  try {
    return keptSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
