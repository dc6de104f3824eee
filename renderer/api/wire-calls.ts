/** The calls of the wire desk: publishing, and what becomes of it at the destinations. */
import type {
  Board,
  BoardDelivery,
  DeliveryStatus,
  Destination,
  DestinationSettings,
  DestinationTest,
  MomentRequest,
  PreviewRequest,
  Publication,
  PublishOptions,
  PutDestinationRequest,
  Rendered,
  Scheduled,
} from '#shared/protocol/http.ts'
import { ROUTES } from '#shared/protocol/routes.ts'
import type { ItemWords } from '#shared/wire/item-words.ts'
import type { SubjectTerm } from '#shared/wire/subjects/subject-term.ts'
import { UPLOAD_TIMEOUT } from './call.ts'
import type { Request } from './request.ts'

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

export function wireCalls(request: Request): WireApi {
  return {
    publish: (id, stateVector, options) =>
      request(ROUTES.publish, {
        params: { id },
        body: { ...options, stateVector: toBase64(stateVector) },
        timeout: UPLOAD_TIMEOUT,
      }),
    schedule: (id, stateVector, at, options) =>
      request(ROUTES.schedule, {
        params: { id },
        body: { ...options, at, stateVector: toBase64(stateVector) },
        timeout: UPLOAD_TIMEOUT,
      }),
    scheduled: () => request(ROUTES.scheduled, {}),
    cancelScheduled: (id) => request(ROUTES.cancelScheduled, { params: { id } }),
    kill: (id, reason) => request(ROUTES.kill, { params: { id }, body: { reason } }),
    publications: (id) => request(ROUTES.publications, { params: { id } }),
    resend: (id, destinations) =>
      request(ROUTES.resend, { params: { id }, body: { destinations: destinations && [...destinations] } }),
    formats: () => request(ROUTES.formats, {}),
    preview: (id, body) => request(ROUTES.preview, { params: { id }, body }),
    rendered: (id, format) => request(ROUTES.rendered, { params: { id, format } }),
    publicationWords: (id) => request(ROUTES.publicationWords, { params: { id } }),
    subjects: () => request(ROUTES.subjects, {}),
    destinations: () => request(ROUTES.destinations, {}),
    destinationSettings: () => request(ROUTES.destinationSettings, {}),
    putDestination: (id, body) => request(ROUTES.putDestination, { params: { id }, body }),
    removeDestination: (id) => request(ROUTES.removeDestination, { params: { id } }),
    testDestination: (id) => request(ROUTES.testDestination, { params: { id }, timeout: UPLOAD_TIMEOUT }),
    board: ({ status, ...rest }) => request(ROUTES.board, { query: { ...rest, status: status?.join(',') } }),
    retryDelivery: (id) => request(ROUTES.retryDelivery, { params: { id } }),
    skipDelivery: (id, reason) => request(ROUTES.skipDelivery, { params: { id }, body: { reason } }),
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
