/** An app as the server sees it: its requests, its sockets, and a story that it writes in. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Article } from '#shared/article/article.ts'
import { writeArticle } from '#shared/article/write.ts'
import { carriesChanges, GALLEY_PROTOCOL, MESSAGE_ACKNOWLEDGE, MESSAGE_RIGHTS } from '#shared/protocol/frames.ts'
import {
  DEMO_PASSWORD,
  desksSchema,
  errorSchema,
  type LiveEvent,
  liveEventSchema,
  signInResponseSchema,
  ticketResponseSchema,
} from '#shared/protocol/http.ts'
import { type Person, type Story, storySchema } from '#shared/story/story.ts'
import type { Role } from '#shared/story/workflow.ts'
import { until } from '#tests/support/until.ts'

export interface Answer {
  status: number
  /** Parsed JSON; null for an empty body. */
  body: unknown
  /** The code of a refusal, whose body must match the contract. */
  code: string | null
  headers: Headers
}

export interface App {
  person: Person
  token: string
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body: unknown, type?: string): Promise<Answer>
  ticket(purpose: string): Promise<string>
  createStory(id?: string): Promise<Story>
}

/** Sends a request, with or without a token. A body other than a Buffer is sent as JSON. */
export async function request(
  address: string,
  { method = 'GET', path, token, body, type, headers }: RequestOptions,
): Promise<Answer> {
  const sent =
    body === undefined || typeof body === 'string'
      ? body
      : Buffer.isBuffer(body)
        ? new Uint8Array(body)
        : JSON.stringify(body)
  const response = await fetch(address + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(sent === undefined ? {} : { 'content-type': type ?? 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  })
  const text = await response.text()
  const json: unknown =
    text !== '' && response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : null
  const code = response.status >= 400 ? errorSchema.parse(json).error.code : null
  return { status: response.status, body: json, code, headers: response.headers }
}
interface RequestOptions {
  method?: string
  path: string
  token?: string
  body?: unknown
  type?: string
  headers?: Record<string, string>
}

export const signInAs = (address: string, email: string, password: string): Promise<Answer> =>
  request(address, { method: 'POST', path: '/api/sign-in', body: { email, password } })

/** Signs in one of the demo's three people. */
export async function openApp(address: string, role: Role): Promise<App> {
  const { body } = await signInAs(address, `${role}@demo.example`, DEMO_PASSWORD)
  const { token, person } = signInResponseSchema.parse(body)
  const app: App = {
    person,
    token,
    get: (path) => request(address, { path, token }),
    post: (path, body) => request(address, { method: 'POST', path, token, body }),
    put: (path, body, type) =>
      request(address, { method: 'PUT', path, token, body, ...(type === undefined ? {} : { type }) }),
    async ticket(purpose) {
      return ticketResponseSchema.parse((await app.post('/api/tickets', { for: purpose })).body).ticket
    },
    async createStory(id = randomUUID()) {
      const [desk] = desksSchema.parse((await app.get('/api/desks')).body)
      const { body } = await app.put(`/api/stories/${id}`, { slug: 'HARBOUR', deskId: desk?.id, language: 'en' })
      return storySchema.parse(body)
    },
  }
  return app
}

/** Opens a socket and waits until it closes. Returns the reason in the close code. */
export async function closeReason(address: string, path: string): Promise<string> {
  const socket = new WebSocket(address.replace('http', 'ws') + path)
  const [, reason] = (await once(socket, 'close')) as [number, Buffer]
  return reason.toString()
}

export interface Listener {
  events: LiveEvent[]
  socket: WebSocket
  close: () => void
}

/** Listens to the newsroom's live events. */
export async function listen(address: string, app: App): Promise<Listener> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/live?ticket=${await app.ticket('live')}`)
  const events: LiveEvent[] = []
  socket.on('message', (data: Buffer) => events.push(liveEventSchema.parse(JSON.parse(data.toString()))))
  await once(socket, 'open')
  return { events, socket, close: () => socket.terminate() }
}

export interface OpenStory {
  doc: Y.Doc
  /** Writes the article, and waits until the relay has acknowledged it. */
  write(article: Article): Promise<void>
  /** Resolves once everything sent is acknowledged. */
  stored(): Promise<void>
  /** The state of the screen for a publish request. */
  stateVector(): string
  close: () => void
}

/** Opens a story as the app does, with y-websocket's own provider and this copy, and waits until it has loaded. */
export async function openStory(address: string, app: App, storyId: string, doc = new Y.Doc()): Promise<OpenStory> {
  let sent = 0
  let acknowledged = 0
  class CountingSocket extends WebSocket {
    override send(data: Uint8Array): void {
      if (carriesChanges(data)) sent++
      super.send(data)
    }
  }
  const provider = new WebsocketProvider(`${address.replace('http', 'ws')}/relay`, storyId, doc, {
    params: { ticket: await app.ticket(storyId), galley: String(GALLEY_PROTOCOL) },
    disableBc: true,
    WebSocketPolyfill: CountingSocket as unknown as typeof globalThis.WebSocket,
  })
  provider.messageHandlers[MESSAGE_ACKNOWLEDGE] = (_encoder, decoder) => {
    acknowledged = decoding.readVarUint(decoder)
  }
  // Galley's own message, which a stock provider does not know.
  provider.messageHandlers[MESSAGE_RIGHTS] = (_encoder, decoder) => {
    decoding.readVarUint(decoder)
  }
  await until('the story', () => provider.synced)
  return {
    doc,
    async write(article) {
      const before = sent
      writeArticle(doc, article)
      await until('the acknowledgement', () => sent > before && acknowledged === sent)
    },
    stored: () => until('the acknowledgement', () => acknowledged === sent).then(() => {}),
    stateVector: () => Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
    close() {
      provider.destroy()
      doc.destroy()
    },
  }
}
