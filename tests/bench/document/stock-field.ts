/** The body of a story as plain y-tiptap binds it: its sync and undo plugins on a `Y.XmlFragment`. */
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  undo,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { bodySchema, type HeadlessEditor, HeadlessView, REMOTE } from '#tests/support/headless-editor.ts'

type Mapping = Parameters<typeof absolutePositionToRelativePosition>[2]

export function stockField(client: number, state?: Uint8Array): HeadlessEditor {
  const doc = new Y.Doc()
  doc.clientID = client
  if (state !== undefined) Y.applyUpdate(doc, state, REMOTE)
  const schema = bodySchema()
  const shared = doc.getXmlFragment('body')
  const view = new HeadlessView(schema, [ySyncPlugin(shared), yUndoPlugin()])
  const mapping = (): Mapping => {
    const { binding } = ySyncPluginKey.getState(view.state) as { binding: { mapping: Mapping } }
    return binding.mapping
  }
  return {
    doc,
    schema,
    shared,
    view,
    undo: () => undo(view.state),
    relative: (position) => absolutePositionToRelativePosition(position, shared, mapping()) as Y.RelativePosition,
    absolute: (place) => relativePositionToAbsolutePosition(doc, shared, place, mapping()),
  }
}
