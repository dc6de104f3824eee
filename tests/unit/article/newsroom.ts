/**
 * People who write one story. Each has a document with real editors. Changes travel only when a test sends them.
 */
import { Editor } from '@tiptap/core'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { readArticle } from '#shared/article/read.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { seedStory } from '#shared/article/seed.ts'
import { plainText } from '#shared/article/text.ts'
import { collaborativeField } from '#renderer/editor/fields/field-extensions.ts'
import type { LeaveDirection } from '#renderer/editor/fields/field-keys.ts'
import { type DroppedCopies, watchCopies } from '#renderer/editor/fields/copied-twice.ts'
import { MovedWords } from '#renderer/editor/fields/moved-words.ts'
import { createStoryUndo } from '#renderer/editor/fields/story-undo.ts'
import type { StoryUndo } from '#renderer/editor/fields/story-undo.ts'

/** The origin of remote changes, as from the relay's connection. */
export const REMOTE = 'the relay'

export class Writer {
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly undo: StoryUndo = createStoryUndo(this.doc)
  readonly #moved = new MovedWords(this.doc)
  /** The notices about doubled words that this person has had. */
  readonly dropped: DroppedCopies[] = []
  readonly copies = watchCopies(this.doc, {
    mayWrite: () => true,
    onDropped: (dropped) => this.dropped.push(dropped),
  })
  readonly leaves: { field: FieldId; direction: LeaveDirection }[] = []
  readonly #editors = new Map<FieldId, Editor>()
  readonly name: string

  constructor(name: string) {
    this.name = name
    seedStory(this.doc)
    this.awareness.setLocalState({ user: { id: name, name, color: '' }, field: null })
  }

  /** Returns the live editor of a field, which is mounted on first use. */
  editor(field: FieldId): Editor {
    const living = this.#editors.get(field)
    if (living !== undefined) return living
    const element = document.body.appendChild(document.createElement('div'))
    const editor = new Editor({
      element,
      extensions: collaborativeField({
        doc: this.doc,
        fieldId: field,
        awareness: this.awareness,
        undo: this.undo,
        moved: this.#moved,
        user: { id: this.name, name: this.name },
        onLeave: (direction) => this.leaves.push({ field, direction }),
      }),
    })
    this.#editors.set(field, editor)
    return editor
  }

  editors(): Iterable<[FieldId, Editor]> {
    return this.#editors
  }

  /** Removes a field's editor from the page. */
  unmount(field: FieldId): void {
    const editor = this.#editors.get(field)
    if (editor === undefined) return
    const { parentElement } = editor.view.dom
    editor.destroy()
    parentElement?.remove()
    this.#editors.delete(field)
  }

  /** Types at a position; by default at the end of the field. */
  type(field: FieldId, text: string, at?: number): this {
    const editor = this.editor(field)
    editor.commands.setTextSelection(at ?? editor.state.doc.content.size)
    editor.view.dispatch(editor.state.tr.insertText(text))
    return this
  }

  /** Deletes from one position to another. */
  cut(field: FieldId, from: number, to: number): this {
    const editor = this.editor(field)
    editor.view.dispatch(editor.state.tr.deleteRange(from, to))
    return this
  }

  text(field: 'headline' | 'standfirst' | 'byline' | 'dateline' | 'body'): string {
    return plainText(readArticle(this.doc)[field])
  }

  close(): void {
    for (const field of [...this.#editors.keys()]) this.unmount(field)
    this.copies.stop()
    this.undo.destroy()
    this.awareness.destroy()
    this.doc.destroy()
  }
}

/** Sends one person the changes of another that they lack. */
export function send(from: Writer, to: Writer): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), REMOTE)
}

/** Sends everything to everyone. */
export function syncAll(writers: readonly Writer[]): void {
  for (const from of writers) for (const to of writers) if (from !== to) send(from, to)
  for (const from of writers) for (const to of writers) if (from !== to) send(from, to)
}

/** Sends one person's presence to another. */
export function showPresence(of: Writer, to: Writer): void {
  applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(of.awareness, [of.doc.clientID]), REMOTE)
}
