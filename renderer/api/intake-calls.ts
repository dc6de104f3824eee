/** The calls about what others send to the newsroom. */
import type {
  IntakeDetail,
  IntakeItem,
  IntakeList,
  IntakeReceipt,
  IntakeSource,
  IntakeStatus,
  PutIntakeSourceRequest,
  StorySource,
} from '#shared/protocol/http.ts'
import { ROUTES } from '#shared/protocol/routes.ts'
import type { Story } from '#shared/story/story.ts'
import { path, UPLOAD_TIMEOUT, type Caller } from './call.ts'
import type { Request } from './request.ts'

export interface IntakeQuery {
  /** All, when absent. */
  status?: readonly IntakeStatus[]
  source?: string
  after?: string
  limit?: number
}

/** Text, or a file. */
export type Pasted = { text: string } | { fileName: string; file: Blob }

export interface IntakeApi {
  intake(query: IntakeQuery): Promise<IntakeList>
  intakeItem(id: string): Promise<IntakeDetail>
  /** The very text that came. */
  intakeOriginal(id: string): Promise<string>
  paste(pasted: Pasted): Promise<IntakeReceipt>
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

export function intakeCalls(call: Caller, request: Request): IntakeApi {
  return {
    intake: ({ status, ...rest }) => request(ROUTES.intake, { query: { ...rest, status: status?.join(',') } }),
    intakeItem: (id) => request(ROUTES.intakeItem, { params: { id } }),
    intakeOriginal: (id) => call(path`/api/intake/${id}/original`, { read: (response) => response.text() }),
    paste: (pasted) =>
      'text' in pasted
        ? request(ROUTES.pasteFile, { file: new Blob([pasted.text]), timeout: UPLOAD_TIMEOUT })
        : request(ROUTES.pasteFile, {
            query: { fileName: pasted.fileName },
            file: pasted.file,
            timeout: UPLOAD_TIMEOUT,
          }),
    takeIntake: (id, body) => request(ROUTES.takeIntake, { params: { id }, body }),
    discardIntake: (id, reason) => request(ROUTES.discardIntake, { params: { id }, body: { reason } }),
    storySource: async (id) => (await request(ROUTES.storySource, { params: { id } })).source,
    readIntakeAgain: (id) => request(ROUTES.readIntakeAgain, { params: { id } }),
    intakeSources: () => request(ROUTES.intakeSources, {}),
    putIntakeSource: (id, body) => request(ROUTES.putIntakeSource, { params: { id }, body }),
    removeIntakeSource: (id) => request(ROUTES.removeIntakeSource, { params: { id } }),
    newIntakeToken: (id) => request(ROUTES.newIntakeToken, { params: { id } }),
  }
}
