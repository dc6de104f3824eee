/**
 * Every JSON endpoint of the newsroom's server, once. The app's calls are typed and the OpenAPI document is built by this
 * table, and `server/http/serve.ts` parses requests by it.
 */
import { z } from 'zod'
import { storySchema } from '../story/story.ts'
import * as http from './http.ts'

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** With its parameters in braces. */
  readonly path: string
  readonly summary: string
  /** Absent for public endpoints. */
  readonly security?: 'session' | 'source'
  /** Left out of the OpenAPI document: of use to the app only. */
  readonly internal?: true
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /**
   * The body is a file, sent as it is. Its bytes are checked, whatever type the sender claims. A stream is not held in
   * memory, and its reader keeps to `mostBytes`.
   */
  readonly file?: true | 'stream'
  /** The largest body; `MOST_JSON_BYTES` by default. */
  readonly mostBytes?: number
  /** Answered with an entity tag, and with 304 while nothing has changed. */
  readonly tagged?: true
  /** By status, the lowest being the usual one; null for an empty body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>
}

/** Enough for every request but those that say otherwise. */
export const MOST_JSON_BYTES = 256 * 1024

const MEBIBYTE = 1024 * 1024

export const ROUTES = {
  signIn: {
    method: 'post',
    path: '/api/sign-in',
    summary: 'Opens a session; its token is sent with every other request',
    body: http.signInRequestSchema,
    answers: { 200: http.signInResponseSchema },
  },
  signOut: {
    security: 'session',
    method: 'post',
    path: '/api/sign-out',
    summary: 'Ends the session',
    answers: { 204: null },
  },
  signOutEverywhere: {
    security: 'session',
    method: 'post',
    path: '/api/sign-out-everywhere',
    summary: 'Ends all sessions of the person, this one too',
    answers: { 204: null },
  },
  sessions: {
    security: 'session',
    method: 'get',
    path: '/api/sessions',
    summary: 'The person’s own sessions, the last used first',
    answers: { 200: z.array(http.sessionInfoSchema) },
  },
  endSession: {
    security: 'session',
    method: 'delete',
    path: '/api/sessions/{session}',
    summary: 'Ends one of the person’s own sessions',
    answers: { 204: null },
  },
  changePassword: {
    security: 'session',
    method: 'put',
    path: '/api/me/password',
    summary: 'Changes the person’s own password, and ends their other sessions',
    body: http.changePasswordRequestSchema,
    answers: { 204: null },
  },
  me: {
    security: 'session',
    method: 'get',
    path: '/api/me',
    summary: 'Who is signed in, and where',
    answers: { 200: http.meSchema },
  },
  desks: {
    security: 'session',
    method: 'get',
    path: '/api/desks',
    summary: 'The desks, in order',
    answers: { 200: http.desksSchema },
  },
  stories: {
    security: 'session',
    method: 'get',
    path: '/api/stories',
    summary: 'The stories, page by page: by stage, and within each by the last change',
    query: http.storyQuerySchema,
    answers: { 200: http.storyPageSchema },
  },
  storyCounts: {
    security: 'session',
    method: 'get',
    path: '/api/stories/counts',
    summary: 'How many stories each desk has at each stage',
    query: http.storyCountsQuerySchema,
    answers: { 200: http.storyCountsSchema },
  },
  story: {
    security: 'session',
    method: 'get',
    path: '/api/stories/{id}',
    summary: 'One story',
    answers: { 200: storySchema },
  },
  createStory: {
    security: 'session',
    method: 'put',
    path: '/api/stories/{id}',
    summary: 'Creates a story; its text is written over the relay',
    body: http.createStoryRequestSchema,
    answers: { 200: storySchema, 201: storySchema },
  },
  moveStory: {
    security: 'session',
    method: 'post',
    path: '/api/stories/{id}/moves',
    summary: 'Moves a story to its next stage',
    body: http.moveRequestSchema,
    answers: { 200: storySchema },
  },
  publications: {
    security: 'session',
    method: 'get',
    path: '/api/stories/{id}/publications',
    summary: 'The publications of a story, newest first',
    answers: { 200: http.publicationsSchema },
  },
  publish: {
    security: 'session',
    method: 'post',
    path: '/api/stories/{id}/publications',
    summary: 'Publishes the current text of a story',
    body: http.publishRequestSchema,
    answers: { 200: http.publicationSchema, 201: http.publicationSchema },
  },
  schedule: {
    security: 'session',
    method: 'post',
    path: '/api/stories/{id}/schedule',
    summary: 'Freezes the current text of a story, and publishes it at a set time',
    body: http.scheduleRequestSchema,
    answers: { 201: http.scheduledSchema },
  },
  preview: {
    security: 'session',
    method: 'post',
    path: '/api/stories/{id}/preview',
    summary: 'A story in a format, as it would go out now',
    body: http.previewRequestSchema,
    answers: { 200: http.renderedSchema },
  },
  kill: {
    security: 'session',
    method: 'post',
    path: '/api/stories/{id}/kill',
    summary: 'Withdraws a story from every receiver, for good',
    body: http.killRequestSchema,
    answers: { 200: http.publicationSchema, 201: http.publicationSchema },
  },
  rendered: {
    security: 'session',
    method: 'get',
    path: '/api/publications/{id}/formats/{format}',
    summary: 'A publication in a format',
    answers: { 200: http.renderedSchema },
  },
  publicationWords: {
    security: 'session',
    method: 'get',
    path: '/api/publications/{id}/words',
    summary: 'The content of a publication, part by part',
    answers: { 200: http.itemWordsSchema },
  },
  resend: {
    security: 'session',
    method: 'post',
    path: '/api/publications/{id}/resend',
    summary: 'Queues the last publication of a story again',
    body: http.resendRequestSchema,
    answers: { 200: http.publicationSchema },
  },
  formats: {
    security: 'session',
    method: 'get',
    path: '/api/formats',
    summary: 'The formats that Galley writes',
    answers: { 200: http.wireFormatsSchema },
  },
  subjects: {
    security: 'session',
    method: 'get',
    path: '/api/subjects',
    summary: 'The subjects that a story can have',
    tagged: true,
    answers: { 200: http.subjectsSchema },
  },
  scheduled: {
    security: 'session',
    method: 'get',
    path: '/api/scheduled',
    summary: 'The scheduled publications',
    answers: { 200: http.scheduledListSchema },
  },
  cancelScheduled: {
    security: 'session',
    method: 'post',
    path: '/api/scheduled/{id}/cancel',
    summary: 'Cancels a scheduled publication',
    answers: { 200: http.scheduledSchema },
  },
  board: {
    security: 'session',
    method: 'get',
    path: '/api/deliveries',
    summary: 'The delivery board, a page at a time',
    query: http.boardQuerySchema,
    answers: { 200: http.boardSchema },
  },
  retryDelivery: {
    security: 'session',
    method: 'post',
    path: '/api/deliveries/{id}/retry',
    summary: 'Retries a delivery',
    answers: { 200: http.boardDeliverySchema },
  },
  skipDelivery: {
    security: 'session',
    method: 'post',
    path: '/api/deliveries/{id}/skip',
    summary: 'Skips a delivery',
    body: http.skipRequestSchema,
    answers: { 200: http.boardDeliverySchema },
  },
  destinations: {
    security: 'session',
    method: 'get',
    path: '/api/destinations',
    summary: 'The destinations that stories can go to',
    answers: { 200: http.destinationsSchema },
  },
  destinationSettings: {
    security: 'session',
    method: 'get',
    path: '/api/destinations/settings',
    summary: 'The destinations, without their secrets',
    answers: { 200: http.destinationSettingsListSchema },
  },
  putDestination: {
    security: 'session',
    method: 'put',
    path: '/api/destinations/{id}',
    summary: 'Creates or changes a destination',
    body: http.putDestinationRequestSchema,
    answers: { 200: http.destinationSettingsSchema, 201: http.destinationSettingsSchema },
  },
  removeDestination: {
    security: 'session',
    method: 'delete',
    path: '/api/destinations/{id}',
    summary: 'Removes a destination',
    answers: { 204: null },
  },
  testDestination: {
    security: 'session',
    method: 'post',
    path: '/api/destinations/{id}/test',
    summary: 'Sends a test to a destination',
    answers: { 200: http.destinationTestSchema },
  },
  intake: {
    security: 'session',
    method: 'get',
    path: '/api/intake',
    summary: 'Incoming items, a page at a time',
    query: http.intakeQuerySchema,
    answers: { 200: http.intakeListSchema },
  },
  intakeItem: {
    security: 'session',
    method: 'get',
    path: '/api/intake/{id}',
    summary: 'One item as it was read',
    answers: { 200: http.intakeDetailSchema },
  },
  storySource: {
    security: 'session',
    method: 'get',
    path: '/api/stories/{id}/source',
    summary: 'The source of a story, and its sender’s latest version',
    answers: { 200: http.storySourceSchema },
  },
  paste: {
    security: 'session',
    method: 'post',
    path: '/api/intake/paste',
    summary: 'Takes in a short text or file, as JSON',
    body: http.pasteRequestSchema,
    answers: { 201: http.intakeReceiptSchema },
  },
  pasteFile: {
    security: 'session',
    method: 'post',
    path: '/api/intake/paste/file',
    summary: 'Takes in text or a file',
    query: http.pasteQuerySchema,
    file: true,
    mostBytes: 16 * MEBIBYTE,
    answers: { 201: http.intakeReceiptSchema },
  },
  takeIntake: {
    security: 'session',
    method: 'post',
    path: '/api/intake/{id}/take',
    summary: 'Makes a story of an item',
    body: http.takeRequestSchema,
    answers: { 200: storySchema, 201: storySchema },
  },
  readIntakeAgain: {
    security: 'session',
    method: 'post',
    path: '/api/intake/{id}/read-again',
    summary: 'Reads a quarantined item again',
    answers: { 200: http.intakeItemSchema },
  },
  discardIntake: {
    security: 'session',
    method: 'post',
    path: '/api/intake/{id}/discard',
    summary: 'Sets an item aside',
    body: http.discardRequestSchema,
    answers: { 200: http.intakeItemSchema },
  },
  intakeSources: {
    security: 'session',
    method: 'get',
    path: '/api/intake/sources',
    summary: 'The sources of incoming copy',
    answers: { 200: http.intakeSourcesSchema },
  },
  putIntakeSource: {
    security: 'session',
    method: 'put',
    path: '/api/intake/sources/{id}',
    summary: 'Creates or changes a source',
    body: http.putIntakeSourceRequestSchema,
    answers: { 200: http.intakeSourceSchema, 201: http.intakeSourceSchema },
  },
  removeIntakeSource: {
    security: 'session',
    method: 'delete',
    path: '/api/intake/sources/{id}',
    summary: 'Removes a source; its items stay',
    answers: { 204: null },
  },
  newIntakeToken: {
    security: 'session',
    method: 'post',
    path: '/api/intake/sources/{id}/token',
    summary: 'A new token for an HTTP endpoint',
    answers: { 200: http.intakeTokenSchema },
  },
  sendToIntake: {
    security: 'source',
    method: 'post',
    path: '/intake/{id}',
    summary: 'Sends copy to the newsroom, in any format that Galley reads',
    file: true,
    mostBytes: 8 * MEBIBYTE,
    answers: { 202: http.intakeReceiptSchema },
  },
  health: {
    internal: true,
    method: 'get',
    path: '/api/health',
    summary: 'Whether the newsroom can read its database',
    answers: { 200: http.healthSchema },
  },
  newsroom: {
    internal: true,
    method: 'get',
    path: '/api/newsroom',
    summary: 'The name of the newsroom, for its sign-in page',
    answers: { 200: http.newsroomSchema },
  },
  ticket: {
    internal: true,
    security: 'session',
    method: 'post',
    path: '/api/tickets',
    summary: 'The right to open one socket',
    body: http.ticketRequestSchema,
    answers: { 200: http.ticketResponseSchema },
  },
  uploadMedia: {
    internal: true,
    security: 'session',
    method: 'put',
    path: '/api/media/{id}',
    summary: 'Stores a picture',
    query: http.mediaQuerySchema,
    file: 'stream',
    mostBytes: 50 * MEBIBYTE,
    answers: { 200: http.mediaSchema, 201: http.mediaSchema },
  },
  authors: {
    internal: true,
    security: 'session',
    method: 'get',
    path: '/api/stories/{id}/authors',
    summary: 'Who wrote which words of a story',
    answers: { 200: http.authorsSchema },
  },
} as const satisfies Record<string, Route>

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never

/** The parameters in the path, by name. */
export type ParamsOf<R extends Route> = Readonly<Record<ParamNames<R['path']>, string>>

/** The body as it is sent. */
export type BodyOf<R extends Route> = R extends { body: infer Body extends z.ZodType } ? z.input<Body> : undefined

/** The body as the server has parsed it. */
export type ParsedBodyOf<R extends Route> = R extends { body: infer Body extends z.ZodType }
  ? z.output<Body>
  : undefined

export type QueryOf<R extends Route> = R extends { query: infer Query extends z.ZodObject }
  ? z.output<Query>
  : undefined

type AnswerSchemaOf<R extends Route> = R['answers'][keyof R['answers']]

/** The answer as its schema has parsed it; undefined for an empty body. */
export type AnswerOf<R extends Route> =
  AnswerSchemaOf<R> extends infer Schema extends z.ZodType ? z.output<Schema> : undefined
