/**
 * The newsroom's HTTP interface as typed calls. Everything that comes back is parsed; everything that goes wrong is an
 * `ApiError`.
 */
import type { z } from 'zod'
import {
  type CreateStoryRequest,
  type Media,
  type meSchema,
  type Newsroom,
  type SignInResponse,
  type StoryCounts,
  type StoryOrder,
  type StoryPage,
} from '#shared/protocol/http.ts'
import { ROUTES } from '#shared/protocol/routes.ts'
import type { Desk, Story } from '#shared/story/story.ts'
import type { Move, Stage } from '#shared/story/workflow.ts'
import { createCaller, path, UPLOAD_TIMEOUT } from './call.ts'
import { intakeCalls, type IntakeApi } from './intake-calls.ts'
import { createRequest } from './request.ts'
import { wireCalls, type WireApi } from './wire-calls.ts'

export type Me = z.infer<typeof meSchema>

export interface ApiOptions {
  /** The server's address without a trailing slash, e.g. `http://127.0.0.1:4870`. */
  server: string
  /** The session's token, or null before sign-in. Asked for at each request. */
  token: () => string | null
  fetch?: typeof globalThis.fetch
}

export interface StoryQuery {
  /** A desk's id; all desks by default. */
  desk?: string
  stage?: readonly Stage[]
  /** Words that have to be in the slug, headline, stage or writer. */
  text?: string
  /** A person's id. */
  writer?: string
  edited?: 'true' | 'false'
  published?: 'true'
  /** An ISO 8601 time: only stories that have changed since. */
  since?: string
  order?: StoryOrder
  /** The `next` of the page before. */
  after?: string
  limit?: number
}

export interface Api extends WireApi, IntakeApi {
  readonly server: string
  /** Whether there is a token to send. */
  signedIn(): boolean
  /** What the sign-in page may know; needs no token. */
  newsroom(): Promise<Newsroom>
  signIn(email: string, password: string): Promise<SignInResponse>
  signOut(): Promise<void>
  me(): Promise<Me>
  desks(): Promise<Desk[]>
  /** A page of the stories that match. */
  stories(query: StoryQuery): Promise<StoryPage>
  /** How many stories match, by desk and stage. */
  storyCounts(query: Pick<StoryQuery, 'desk' | 'text'>): Promise<StoryCounts>
  story(id: string): Promise<Story>
  /** Makes the story, or answers with the one that is there: it may be sent twice. */
  createStory(id: string, request: CreateStoryRequest): Promise<Story>
  moveStory(id: string, move: Move['name']): Promise<Story>
  /** The right to open one socket: of a story, or of the newsroom's live events. */
  ticket(forStory: string): Promise<string>
  /** Sends a picture under an id of our own choosing; it may be sent twice. */
  uploadMedia(id: string, picture: Blob, name: string): Promise<Media>
  /** Where the newsroom serves a picture. */
  mediaUrl(id: string): string
  /** The picture itself. */
  media(id: string): Promise<Blob>
  /** Calls back when the newsroom no longer knows the token. Nothing is lost by signing in again. */
  onSignedOut(listener: () => void): () => void
}

export function createApi({ server, token, fetch = globalThis.fetch.bind(globalThis) }: ApiOptions): Api {
  const signedOutListeners = new Set<() => void>()
  const call = createCaller({
    server,
    token,
    fetch,
    signedOut() {
      for (const listener of [...signedOutListeners]) listener()
    },
  })

  const request = createRequest(call)

  return {
    server,
    signedIn: () => token() !== null,
    newsroom: () => request(ROUTES.newsroom, {}),
    signIn: (email, password) => request(ROUTES.signIn, { body: { email, password } }),
    signOut: () => request(ROUTES.signOut, {}),
    me: () => request(ROUTES.me, {}),
    desks: () => request(ROUTES.desks, {}),
    stories: ({ stage, ...rest }) => request(ROUTES.stories, { query: { ...rest, stage: stage?.join(',') } }),
    storyCounts: ({ desk, text }) => request(ROUTES.storyCounts, { query: { desk, text } }),
    story: (id) => request(ROUTES.story, { params: { id } }),
    createStory: (id, body) => request(ROUTES.createStory, { params: { id }, body }),
    moveStory: (id, move) => request(ROUTES.moveStory, { params: { id }, body: { move } }),
    ticket: async (forStory) => (await request(ROUTES.ticket, { body: { for: forStory } })).ticket,
    uploadMedia: (id, picture, name) =>
      request(ROUTES.uploadMedia, { params: { id }, query: { name }, file: picture, timeout: UPLOAD_TIMEOUT }),
    mediaUrl: (id) => server + path`/media/${id}`,
    media: (id) => call(path`/media/${id}`, { timeout: UPLOAD_TIMEOUT, read: (response) => response.blob() }),
    onSignedOut(listener) {
      signedOutListeners.add(listener)
      return () => signedOutListeners.delete(listener)
    },
    ...wireCalls(request),
    ...intakeCalls(call, request),
  }
}
