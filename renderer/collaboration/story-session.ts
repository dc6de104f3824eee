/** What a story page holds while it is open: the document, who else is in it, and how safe its words are. */
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { StoreApi } from 'zustand/vanilla'
import type { StoryPart } from '#shared/story/workflow.ts'
import type { KeptText } from './kept-text.ts'

/** The three honest save states. Nothing else is ever claimed. */
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
