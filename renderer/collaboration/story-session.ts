/** An open story: its document, the other people in it, and where its text is saved. */
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { StoreApi } from 'zustand/vanilla'
import type { Message, MessageOrText } from '#shared/messages/message.ts'
import type { StoryPart } from '#shared/story/workflow.ts'
import type { KeptText } from './kept-text.ts'

/** The three save states. The page claims nothing else. */
export type SaveState =
  /** On this computer's disk, on its way to the newsroom. */
  | { kind: 'computer' }
  /** Committed to the newsroom's log. */
  | { kind: 'newsroom' }
  /** No connection; `waiting` changes are on this computer's disk and will be sent. */
  | { kind: 'offline'; waiting: number }

export interface StorySessionState {
  /** `loading` until the words on this computer's disk are in the document; only then may an editor be mounted. */
  phase: 'loading' | 'ready' | 'refused'
  /** Why the newsroom refuses to open this story; null unless refused. */
  refusal: Message | null
  /**
   * Whether the document has its words: from this computer's disk, or synchronised with the relay once. An opened story
   * that is offline and was never on this computer is `ready` but not `complete`.
   */
  complete: boolean
  connection: 'connecting' | 'online' | 'offline'
  save: SaveState
  /** Why the page is read-only, except for its `writable` parts; null when all of it can be written. */
  readOnly: Message | null
  /** The parts of a read-only page that can still be written. */
  writable: readonly StoryPart[]
  /** The failure of this computer's disk; null while it works. */
  diskFault: MessageOrText | null
  /** Why the newsroom rejects what is written here; null while it accepts it or can't be reached. */
  newsroomFault: Message | null
  /** The words in the tray. */
  kept: readonly KeptText[]
}

export interface StorySession {
  readonly storyId: string
  readonly doc: Doc
  /** Local state: see `presence.ts`. */
  readonly awareness: Awareness
  readonly state: StoreApi<StorySessionState>
  /**
   * Holds back what arrives from the newsroom while an input method composes in an editor, for some seconds at most.
   * Returns the function that lets it through again.
   */
  holdArrivals(): () => void
  /** Calls back just before something from the newsroom is applied to the document. Returns the way to stop. */
  beforeArrivals(listener: () => void): () => void
  /** Takes a text out of the tray, on disk too. */
  dismissKept(id: string): Promise<void>
  /** Resolves once everything typed is on this computer's disk and the socket is closed. */
  close(): Promise<void>
}

/** Returns whether the person may change every part of the story now. */
export function mayWriteAll({ state }: Pick<StorySession, 'state'>): boolean {
  const { phase, readOnly } = state.getState()
  return phase === 'ready' && readOnly === null
}
