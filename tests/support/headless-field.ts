/** The body of a story in Galley's own editor, without a browser. */
import * as Y from 'yjs'
import { watchCopies } from '#renderer/editor/fields/copied-twice.ts'
import { caretBeforeEdit } from '#renderer/editor/fields/field-caret.ts'
import { FieldBinding } from '#renderer/editor/fields/field-binding.ts'
import { syncPlugin } from '#renderer/editor/fields/field-sync.ts'
import { MovedWords } from '#renderer/editor/fields/moved-words.ts'
import { createStoryUndo } from '#renderer/editor/fields/story-undo.ts'
import { fieldText } from '#shared/article/document.ts'
import { seedStory } from '#shared/article/seed.ts'
import { bodySchema, type HeadlessEditor, HeadlessView, REMOTE } from './headless-editor.ts'

/** `client`: the Yjs client of the person; `state`: the initial content of the document. */
export function galleyField(client: number, state?: Uint8Array): HeadlessEditor {
  const doc = new Y.Doc()
  doc.clientID = client
  seedStory(doc)
  if (state !== undefined) Y.applyUpdate(doc, state, REMOTE)
  const schema = bodySchema()
  const undo = createStoryUndo(doc)
  watchCopies(doc, { mayWrite: () => true, onDropped: () => {} })
  const shared = fieldText(doc, 'body')
  const binding = new FieldBinding(shared, schema)
  const plugins = [caretBeforeEdit('body', undo), syncPlugin(binding, new MovedWords(doc))]
  return {
    doc,
    schema,
    shared,
    view: new HeadlessView(schema, plugins),
    undo: () => undo.undo(),
    relative: (position) => binding.relative(position),
    absolute: (place) => binding.absolute(place),
  }
}
