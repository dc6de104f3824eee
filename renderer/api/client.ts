/**
 * The newsroom's HTTP interface as typed calls. Everything that comes back is parsed; everything that goes wrong is an
 * {@link ApiError}.
 */
import type { z } from 'zod'
import {
  cutsResponseSchema,
  desksSchema,
  destinationsSchema,
  errorSchema,
  mediaSchema,
  meSchema,
  newsroomSchema,
  publicationSchema,
  publicationsSchema,
  signInResponseSchema,
  storiesSchema,
  ticketResponseSchema,
  type CreateStoryRequest,
  type Cut,
  type Destination,
  type IdRange,
  type Media,
  type Newsroom,
  type Publication,
  type SignInResponse,
} from '#shared/protocol/http.ts'
import { storySchema, type Desk, type Story } from '#shared/story/story.ts'
import type { Move } from '#shared/story/workflow.ts'
import { ApiError, type ApiErrorCode } from './api-error.ts'

export type Me = z.infer<typeof meSchema>

/** Milliseconds to wait for an answer; a picture may take longer on a slow line. */
const TIMEOUT = 15_000
const UPLOAD_TIMEOUT = 180_000

export interface ApiOptions {
  /** The server's address without a trailing slash, e.g. `http://127.0.0.1:4870`. */
  server: string
  /** The session's token, or null while nobody is signed in. Asked for at each request. */
  token: () => string | null
  fetch?: typeof globalThis.fetch
}

export interface Api {
  readonly server: string
  /** Whether there is a token to send. */
  signedIn(): boolean
  /** What the sign-in page may know; needs no token. */
  newsroom(): Promise<Newsroom>
  signIn(email: string, password: string): Promise<SignInResponse>
  signOut(): Promise<void>
  me(): Promise<Me>
  desks(): Promise<Desk[]>
  stories(): Promise<Story[]>
  story(id: string): Promise<Story>
  /** Makes the story, or answers with the one that is there: it may be sent twice. */
  createStory(id: string, request: CreateStoryRequest): Promise<Story>
  moveStory(id: string, move: Move['name']): Promise<Story>
  /** The right to open one socket: of a story, or of the newsroom's live events. */
  ticket(forStory: string): Promise<string>
  /** Where a publication would be sent now. */
  destinations(): Promise<Destination[]>
  /** Freezes and sends the story, which must hold at least what `stateVector` (Yjs) names. */
  publish(id: string, stateVector: Uint8Array): Promise<Publication>
  publications(id: string): Promise<Publication[]>
  /** Sends a picture under an id of our own choosing; it may be sent twice. */
  uploadMedia(id: string, picture: Blob, name: string): Promise<Media>
  /** Where the newsroom serves a picture. */
  mediaUrl(id: string): string
  /** The picture itself. */
  media(id: string): Promise<Blob>
  /** Who deleted these insertions, and whether they had seen them. */
  cuts(id: string, ranges: readonly IdRange[]): Promise<Cut[]>
  /** Calls back when the newsroom no longer knows the token. Nothing is lost by signing in again. */
  onSignedOut(listener: () => void): () => void
}

interface Call<Answer> {
  method?: 'GET' | 'POST' | 'PUT'
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is. */
  body?: Blob
  /** In milliseconds. */
  timeout?: number
  /** Reads a good answer. */
  read: (response: Response) => Promise<Answer>
}

export function createApi({ server, token, fetch = globalThis.fetch.bind(globalThis) }: ApiOptions): Api {
  const signedOutListeners = new Set<() => void>()

  async function call<Answer>(path: string, { method = 'GET', json, body, timeout = TIMEOUT, read }: Call<Answer>) {
    const sentToken = token()
    const headers: Record<string, string> = { accept: 'application/json' }
    if (sentToken !== null) headers['authorization'] = `Bearer ${sentToken}`
    if (json !== undefined) headers['content-type'] = 'application/json'
    else if (body !== undefined) headers['content-type'] = body.type === '' ? 'application/octet-stream' : body.type
    const sent = json === undefined ? body : JSON.stringify(json)
    try {
      const response = await fetch(server + path, {
        method,
        headers,
        ...(sent === undefined ? {} : { body: sent }),
        credentials: 'omit',
        signal: AbortSignal.timeout(timeout),
      })
      if (response.ok) return await read(response)
      throw refusal(response, await response.text())
    } catch (error) {
      if (!(error instanceof ApiError)) throw unreachable(error)
      if (error.code === 'not-signed-in' && sentToken !== null && sentToken === token()) {
        for (const listener of [...signedOutListeners]) listener()
      }
      throw error
    }
  }

  const storyPath = (id: string, rest = ''): string => `/api/stories/${encodeURIComponent(id)}${rest}`

  return {
    server,
    signedIn: () => token() !== null,
    newsroom: () => call('/api/newsroom', { read: answer(newsroomSchema) }),
    signIn: (email, password) =>
      call('/api/sign-in', { method: 'POST', json: { email, password }, read: answer(signInResponseSchema) }),
    signOut: () => call('/api/sign-out', { method: 'POST', read: nothing }),
    me: () => call('/api/me', { read: answer(meSchema) }),
    desks: () => call('/api/desks', { read: answer(desksSchema) }),
    stories: () => call('/api/stories', { read: answer(storiesSchema) }),
    story: (id) => call(storyPath(id), { read: answer(storySchema) }),
    createStory: (id, request) => call(storyPath(id), { method: 'PUT', json: request, read: answer(storySchema) }),
    moveStory: (id, move) =>
      call(storyPath(id, '/moves'), { method: 'POST', json: { move }, read: answer(storySchema) }),
    async ticket(forStory) {
      const { ticket } = await call('/api/tickets', {
        method: 'POST',
        json: { for: forStory },
        read: answer(ticketResponseSchema),
      })
      return ticket
    },
    destinations: () => call('/api/destinations', { read: answer(destinationsSchema) }),
    publish: (id, stateVector) =>
      call(storyPath(id, '/publications'), {
        method: 'POST',
        json: { stateVector: toBase64(stateVector) },
        timeout: UPLOAD_TIMEOUT,
        read: answer(publicationSchema),
      }),
    publications: (id) => call(storyPath(id, '/publications'), { read: answer(publicationsSchema) }),
    uploadMedia: (id, picture, name) =>
      call(`/api/media/${encodeURIComponent(id)}?name=${encodeURIComponent(name)}`, {
        method: 'PUT',
        body: picture,
        timeout: UPLOAD_TIMEOUT,
        read: answer(mediaSchema),
      }),
    mediaUrl: (id) => `${server}/media/${encodeURIComponent(id)}`,
    media: (id) =>
      call(`/media/${encodeURIComponent(id)}`, { timeout: UPLOAD_TIMEOUT, read: (response) => response.blob() }),
    cuts: (id, ranges) =>
      call(storyPath(id, '/cuts'), { method: 'POST', json: { ranges }, read: answer(cutsResponseSchema) }),
    onSignedOut(listener) {
      signedOutListeners.add(listener)
      return () => signedOutListeners.delete(listener)
    },
  }
}

/** Reads an answer that has to fit the contract. */
function answer<Schema extends z.ZodType>(schema: Schema): (response: Response) => Promise<z.output<Schema>> {
  return async (response) => {
    const parsed = schema.safeParse(parseJson(await response.text()))
    if (!parsed.success) throw badAnswer(parsed.error)
    return parsed.data
  }
}

const nothing = (): Promise<void> => Promise.resolve()

function unreachable(cause: unknown): ApiError {
  return cause instanceof DOMException && cause.name === 'TimeoutError'
    ? new ApiError('timeout', 'The newsroom did not answer in time. Try again in a moment.', [], cause)
    : new ApiError('offline', 'The newsroom cannot be reached. Check the connection and try again.', [], cause)
}

function badAnswer(cause: unknown): ApiError {
  return new ApiError(
    'bad-answer',
    'The server answered in a way that this version of Galley does not understand. Update Galley, or check the address of the newsroom.',
    [],
    cause,
  )
}

/** The server's refusal in its own words, or, when something between here and there answered instead, in ours. */
function refusal(response: Response, text: string): ApiError {
  const parsed = errorSchema.safeParse(parseJson(text))
  if (parsed.success) {
    const { code, message, failures } = parsed.data.error
    return new ApiError(code, message, failures)
  }
  const code: ApiErrorCode = response.status >= 500 ? 'unavailable' : 'bad-answer'
  return code === 'unavailable'
    ? new ApiError(code, 'The newsroom cannot answer at the moment. Try again in a little while.')
    : badAnswer(`HTTP ${response.status}`)
}

/** The value, or undefined for text that is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
