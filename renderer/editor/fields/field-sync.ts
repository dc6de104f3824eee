/**
 * Binds an editor to its field in the story's `Y.Doc`. This is TipTap's Collaboration extension without its undo plugin,
 * which would make one undo stack per editor and destroy it with its view.
 */
import { Extension } from '@tiptap/core'
import type { Doc } from 'yjs'
import { fieldFragment } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { caretBeforeEdit, steadyCaret } from './field-caret.ts'
import { safeSync, untouchedArrivals } from './safe-sync.ts'
import { sharedTextNodes } from './shared-text-nodes.ts'
import type { StoryUndo } from './story-undo.ts'
import { makeTolerant } from './tolerant-schema.ts'

/** Keeps the editor and the field's fragment equal, and the page's undo stack informed of where edits happen. */
export function fieldSync(doc: Doc, fieldId: FieldId, undo: StoryUndo): Extension {
  return Extension.create({
    name: 'fieldSync',
    priority: 1000,
    addProseMirrorPlugins() {
      const fragment = fieldFragment(doc, fieldId)
      makeTolerant(this.editor.schema)
      // The caret is read first, while the binding still knows the document as it was before the edit.
      return [
        caretBeforeEdit(fieldId, undo),
        sharedTextNodes(doc, fragment),
        untouchedArrivals(),
        steadyCaret(doc),
        safeSync(fragment),
      ]
    },
  })
}
