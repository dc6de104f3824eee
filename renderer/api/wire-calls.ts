/** The calls of the wire desk: publishing, and what becomes of it at the destinations. */
import {
  boardDeliverySchema,
  boardSchema,
  destinationSettingsListSchema,
  destinationSettingsSchema,
  destinationsSchema,
  destinationTestSchema,
  itemWordsSchema,
  publicationSchema,
  publicationsSchema,
  renderedSchema,
  scheduledListSchema,
  scheduledSchema,
  subjectsSchema,
  wireFormatsSchema,
  type Board,
  type BoardDelivery,
  type DeliveryStatus,
  type Destination,
  type DestinationSettings,
  type DestinationTest,
  type MomentRequest,
  type PreviewRequest,
  type Publication,
  type PublishOptions,
  type PutDestinationRequest,
  type Rendered,
  type Scheduled,
} from '#shared/protocol/http.ts'
import type { ItemWords } from '#shared/wire/item-words.ts'
import type { SubjectTerm } from '#shared/wire/subjects/subject-term.ts'
import { answer, nothing, path, query, UPLOAD_TIMEOUT, type Caller } from './call.ts'

export interface BoardQuery {
  /** All, when absent. */
  status?: readonly DeliveryStatus[]
  destination?: string
  story?: string
  /** The `next` of the page before. */
  after?: string
  limit?: number
}

export interface WireApi {
  /** Freezes and sends the story, which must hold at least what `stateVector` (Yjs) names. */
  publish(storyId: string, stateVector: Uint8Array, options?: PublishOptions): Promise<Publication>
  /** Freezes the story as it is now, to be sent at a time. */
  schedule(storyId: string, stateVector: Uint8Array, at: MomentRequest, options: PublishOptions): Promise<Scheduled>
  /** Those that wait or failed, the next first. */
  scheduled(): Promise<Scheduled[]>
  cancelScheduled(id: string): Promise<Scheduled>
  /** Withdraws what is out of the story, for good. */
  kill(storyId: string, reason: string): Promise<Publication>
  publications(storyId: string): Promise<Publication[]>
  /** Sends what went out last once more; to these destinations alone, when they are named. */
  resend(publicationId: string, destinations?: readonly string[]): Promise<Publication>
  formats(): Promise<{ name: string; label: string }[]>
  /** The story as it would go out now. */
  preview(storyId: string, request: PreviewRequest): Promise<Rendered>
  /** A publication as it went out, or would have in another format. */
  rendered(publicationId: string, format: string): Promise<Rendered>
  /** What a publication says. */
  publicationWords(publicationId: string): Promise<ItemWords[]>
  /** The Media Topics that the newsroom has. */
  subjects(): Promise<SubjectTerm[]>
  /** Where a publication would be sent now. */
  destinations(): Promise<Destination[]>
  destinationSettings(): Promise<DestinationSettings[]>
  /** Makes the destination, or changes it to this. */
  putDestination(id: string, request: PutDestinationRequest): Promise<DestinationSettings>
  removeDestination(id: string): Promise<void>
  testDestination(id: string): Promise<DestinationTest>
  board(query: BoardQuery): Promise<Board>
  retryDelivery(id: string): Promise<BoardDelivery>
  skipDelivery(id: string, reason?: string): Promise<BoardDelivery>
}

export function wireCalls(call: Caller): WireApi {
  return {
    publish: (storyId, stateVector, options) =>
      call(path`/api/stories/${storyId}/publications`, {
        method: 'POST',
        json: { ...options, stateVector: toBase64(stateVector) },
        timeout: UPLOAD_TIMEOUT,
        read: answer(publicationSchema),
      }),
    schedule: (storyId, stateVector, at, options) =>
      call(path`/api/stories/${storyId}/schedule`, {
        method: 'POST',
        json: { ...options, at, stateVector: toBase64(stateVector) },
        timeout: UPLOAD_TIMEOUT,
        read: answer(scheduledSchema),
      }),
    scheduled: () => call('/api/scheduled', { read: answer(scheduledListSchema) }),
    cancelScheduled: (id) => call(path`/api/scheduled/${id}/cancel`, { method: 'POST', read: answer(scheduledSchema) }),
    kill: (storyId, reason) =>
      call(path`/api/stories/${storyId}/kill`, { method: 'POST', json: { reason }, read: answer(publicationSchema) }),
    publications: (storyId) => call(path`/api/stories/${storyId}/publications`, { read: answer(publicationsSchema) }),
    resend: (id, destinations) =>
      call(path`/api/publications/${id}/resend`, {
        method: 'POST',
        json: { destinations },
        read: answer(publicationSchema),
      }),
    formats: () => call('/api/formats', { read: answer(wireFormatsSchema) }),
    preview: (storyId, request) =>
      call(path`/api/stories/${storyId}/preview`, { method: 'POST', json: request, read: answer(renderedSchema) }),
    rendered: (id, format) => call(path`/api/publications/${id}/formats/${format}`, { read: answer(renderedSchema) }),
    publicationWords: (id) => call(path`/api/publications/${id}/words`, { read: answer(itemWordsSchema) }),
    subjects: () => call('/api/subjects', { read: answer(subjectsSchema) }),
    destinations: () => call('/api/destinations', { read: answer(destinationsSchema) }),
    destinationSettings: () => call('/api/destinations/settings', { read: answer(destinationSettingsListSchema) }),
    putDestination: (id, request) =>
      call(path`/api/destinations/${id}`, { method: 'PUT', json: request, read: answer(destinationSettingsSchema) }),
    removeDestination: (id) => call(path`/api/destinations/${id}`, { method: 'DELETE', read: nothing }),
    testDestination: (id) =>
      call(path`/api/destinations/${id}/test`, {
        method: 'POST',
        timeout: UPLOAD_TIMEOUT,
        read: answer(destinationTestSchema),
      }),
    board: ({ status, ...rest }) =>
      call(`/api/deliveries${query({ ...rest, status: status?.join(',') })}`, { read: answer(boardSchema) }),
    retryDelivery: (id) =>
      call(path`/api/deliveries/${id}/retry`, { method: 'POST', read: answer(boardDeliverySchema) }),
    skipDelivery: (id, reason) =>
      call(path`/api/deliveries/${id}/skip`, {
        method: 'POST',
        json: { reason },
        read: answer(boardDeliverySchema),
      }),
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
