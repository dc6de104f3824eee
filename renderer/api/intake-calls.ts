/** The calls about what others send to the newsroom. */
import {
  intakeDetailSchema,
  intakeItemSchema,
  intakeListSchema,
  intakeReceiptSchema,
  intakeSourceSchema,
  intakeSourcesSchema,
  intakeTokenSchema,
  storySourceSchema,
  type IntakeDetail,
  type IntakeItem,
  type IntakeList,
  type IntakeReceipt,
  type IntakeSource,
  type IntakeStatus,
  type PasteRequest,
  type PutIntakeSourceRequest,
  type StorySource,
} from '#shared/protocol/http.ts'
import { storySchema, type Story } from '#shared/story/story.ts'
import { answer, nothing, path, query, UPLOAD_TIMEOUT, type Caller } from './call.ts'

export interface IntakeQuery {
  /** All, when absent. */
  status?: readonly IntakeStatus[]
  source?: string
  after?: string
  limit?: number
}

export interface IntakeApi {
  intake(query: IntakeQuery): Promise<IntakeList>
  intakeItem(id: string): Promise<IntakeDetail>
  /** The very text that came. */
  intakeOriginal(id: string): Promise<string>
  paste(request: PasteRequest): Promise<IntakeReceipt>
  /** Makes a story of the item under this id, or answers with the one that was made. */
  takeIntake(id: string, request: { storyId: string; deskId?: string }): Promise<Story>
  discardIntake(id: string, reason?: string): Promise<IntakeItem>
  /** What a story was made of; null when it was written here. */
  storySource(storyId: string): Promise<StorySource | null>
  /** Of an item in quarantine. */
  readIntakeAgain(id: string): Promise<IntakeItem>
  intakeSources(): Promise<IntakeSource[]>
  putIntakeSource(id: string, request: PutIntakeSourceRequest): Promise<IntakeSource>
  removeIntakeSource(id: string): Promise<void>
  /** A new token for an HTTP endpoint, shown this once; the one before ends. */
  newIntakeToken(id: string): Promise<{ token: string; path: string }>
}

export function intakeCalls(call: Caller): IntakeApi {
  const item = (id: string, rest: 'discard' | 'read-again', json?: unknown): Promise<IntakeItem> =>
    call(path`/api/intake/${id}/${rest}`, {
      method: 'POST',
      ...(json !== undefined && { json }),
      read: answer(intakeItemSchema),
    })
  return {
    intake: ({ status, ...rest }) =>
      call(`/api/intake${query({ ...rest, status: status?.join(',') })}`, { read: answer(intakeListSchema) }),
    intakeItem: (id) => call(path`/api/intake/${id}`, { read: answer(intakeDetailSchema) }),
    intakeOriginal: (id) => call(path`/api/intake/${id}/original`, { read: (response) => response.text() }),
    paste: (request) =>
      call('/api/intake/paste', {
        method: 'POST',
        json: request,
        timeout: UPLOAD_TIMEOUT,
        read: answer(intakeReceiptSchema),
      }),
    takeIntake: (id, request) =>
      call(path`/api/intake/${id}/take`, { method: 'POST', json: request, read: answer(storySchema) }),
    discardIntake: (id, reason) => item(id, 'discard', { reason }),
    storySource: async (storyId) =>
      (await call(path`/api/stories/${storyId}/source`, { read: answer(storySourceSchema) })).source,
    readIntakeAgain: (id) => item(id, 'read-again'),
    intakeSources: () => call('/api/intake/sources', { read: answer(intakeSourcesSchema) }),
    putIntakeSource: (id, request) =>
      call(path`/api/intake/sources/${id}`, { method: 'PUT', json: request, read: answer(intakeSourceSchema) }),
    removeIntakeSource: (id) => call(path`/api/intake/sources/${id}`, { method: 'DELETE', read: nothing }),
    newIntakeToken: (id) =>
      call(path`/api/intake/sources/${id}/token`, { method: 'POST', read: answer(intakeTokenSchema) }),
  }
}
