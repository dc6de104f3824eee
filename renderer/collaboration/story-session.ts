/** What a story page holds while it is open: the document, who else is in it, and how safe its words are. */
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { StoreApi } from 'zustand/vanilla'
import type { FieldId } from '#shared/article/fields.ts'
import type { StoryPart } from '#shared/story/workflow.ts'

/** The three honest save states. Nothing else is ever claimed. */
export type SaveState =
  /** On this computer's disk, on its way to the newsroom. */
  | { kind: 'computer' }
  /** Committed to the newsroom's log. */
  | { kind: 'newsroom' }
  /** No connection; `waiting` changes are on this computer's disk and will be sent. */
  | { kind: 'offline'; waiting: number }

/** Words of mine that went down with somebody's deletion who had not seen them. Kept on disk until dismissed. */
export interface RescuedText {
  id: string
  field: FieldId
  /** Paragraphs are separated by a newline. */
  text: string
  words: number
  /** Who cut what was around it; null when nobody knows. */
  by: { id: string; name: string } | null
  /** Milliseconds since 1970 UTC. */
  at: number
  /** The words just before the place it stood in, to put it back near them; empty at a field's beginning. */
  after: string
}

export interface StorySessionState {
  /** `loading` until the words on this computer's disk are in the document; only then may an editor be mounted. */
  phase: 'loading' | 'ready' | 'refused'
  /** Why the newsroom does not let this story be opened, in a sentence; null unless refused. */
  refusal: string | null
  /**
   * Whether the document has its words: from this computer's disk, or synchronised with the relay once. An opened story
   * that is offline and was never on this computer is `ready` but not `complete`.
   */
  complete: boolean
  connection: 'connecting' | 'online' | 'offline'
  save: SaveState
  /** Why the page is read-only, but for the `writable` parts of it, in a sentence; null when it may be written. */
  readOnly: string | null
  /** The parts that may be written though `readOnly` says why the rest may not; empty when there are none, or no such rest. */
  writable: readonly StoryPart[]
  /** A fault of this computer's disk, in a sentence; null when there is none. */
  diskFault: string | null
  /** Why the newsroom does not take what is written here, in a sentence; null while it does, or cannot be reached. */
  newsroomFault: string | null
  rescued: readonly RescuedText[]
}

export interface StorySession {
  readonly storyId: string
  readonly doc: Doc
  /** Local state: see `presence.ts`. */
  readonly awareness: Awareness
  readonly state: StoreApi<StorySessionState>
  /** Takes a rescued text out of the tray, on disk too. */
  dismissRescued(id: string): Promise<void>
  /** Resolves once everything typed is on this computer's disk and the socket is closed. */
  close(): Promise<void>
}
