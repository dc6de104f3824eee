/** The live editor of a field: its schema, its shared text and its place on the page. */
import type { Extensions } from '@tiptap/core'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { parseFieldId } from '#shared/article/fields.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { fieldExtensions } from '#shared/article/schema.ts'
import { enterKeys, leavingKeys, undoKeys } from './field-keys.ts'
import type { OnLeave } from './field-keys.ts'
import { fieldPaste } from './field-paste.ts'
import { fieldSync } from './field-sync.ts'
import type { MovedWords } from './moved-words.ts'
import { remoteCarets } from './remote-carets.ts'
import type { StoryUndo } from './story-undo.ts'

export interface CollaborativeField {
  /** Must hold the story's text: load it from disk before mounting. */
  doc: Doc
  fieldId: FieldId
  awareness: Awareness
  undo: StoryUndo
  moved: MovedWords
  /** The person at this editor. */
  user: { id: string; name: string }
  onLeave: OnLeave
}

/** Returns the extensions of a field's live editor. */
export function collaborativeField({
  doc,
  fieldId,
  awareness,
  undo,
  moved,
  user,
  onLeave,
}: CollaborativeField): Extensions {
  const { kind } = parseFieldId(fieldId)
  return [
    ...fieldExtensions(kind),
    fieldSync(doc, fieldId, undo, moved),
    remoteCarets(fieldId, awareness, user),
    fieldPaste(kind),
    enterKeys(kind, onLeave),
    leavingKeys(onLeave),
    undoKeys(undo),
  ]
}
