/**
 * The model of the page: the editor of each field, the field with the caret, and the order of the fields. The parts of
 * the page and the commands use it. It holds no text itself.
 */
import type { Editor } from '@tiptap/core'
import type { Selection } from '@tiptap/pm/state'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { figureIds, LOCAL_EDIT } from '#shared/article/document.ts'
import { type FieldId, fieldsInPageOrder } from '#shared/article/fields.ts'
import type { MessageId } from '#shared/messages/message.ts'
import type { Messages } from '#shared/messages/messages.ts'
import { mayWriteAll, type StorySession } from '../collaboration/story-session.ts'
import type { LeaveDirection } from './fields/field-keys.ts'
import { MovedWords } from './fields/moved-words.ts'
import type { StoryUndo } from './fields/story-undo.ts'
import { StoryFind } from './find/story-find.ts'
import { putCaret } from './put-caret.ts'

export interface StoryPageState {
  /** The field that has the caret, or had it last. */
  field: FieldId | null
  /** The state of the find bar, with or without its replace row. */
  find: 'closed' | 'find' | 'replace'
  /** How often "find" was called. Calling it again moves the focus back to the bar. */
  findCalls: number
  /** True while the form for the selection's link is open. */
  linkForm: boolean
  /** The notice on screen; null if there is none. */
  notice: PageNotice | null
}

/** A sentence, in the language of the window that shows it. */
export type Sentence = (messages: Messages) => string

export interface PageNotice {
  text: Sentence
  /** True if undo takes it back. */
  undoable?: boolean
  /** Buttons for what the person can do about it. */
  actions?: readonly { label: MessageId; run: () => void }[]
  /** True if shown until closed; otherwise it disappears after a while. */
  lasting?: boolean
}

export class StoryPageModel {
  readonly session: StorySession
  readonly undo: StoryUndo
  readonly moved: MovedWords
  readonly find: StoryFind
  readonly state: StoreApi<StoryPageState> = createStore<StoryPageState>(() => ({
    field: null,
    find: 'closed',
    findCalls: 0,
    linkForm: false,
    notice: null,
  }))

  /** True while the caret is in one of the fields. */
  hasCaret = false

  #choosePictures: (() => void) | null = null
  #endOffer: () => void = () => undefined
  readonly #editors = new Map<FieldId, Editor>()
  readonly #editorListeners = new Set<() => void>()
  /** A field to focus as soon as its editor exists, e.g. the caption of a new figure. */
  #awaited: FieldId | null = null

  constructor(session: StorySession, undo: StoryUndo) {
    this.session = session
    this.undo = undo
    this.moved = new MovedWords(session.doc, { mayRecord: () => mayWriteAll(session) })
    // Changes that this person may no longer write must not be undone either.
    session.state.subscribe(({ readOnly }, before) => {
      if (readOnly !== null && before.readOnly === null) undo.clear()
    })
    this.find = new StoryFind(() =>
      this.fields().flatMap((field) => {
        const view = this.editor(field)?.view
        return view === undefined ? [] : [{ field, view }]
      }),
    )
  }

  /** Registers a field's editor. Returns `unmount()`. */
  mount(field: FieldId, editor: Editor): () => void {
    this.#editors.set(field, editor)
    if (this.#awaited === field) {
      this.#awaited = null
      putCaret(editor, 'end')
    }
    this.#tellEditors()
    return () => {
      if (this.#editors.get(field) !== editor) return
      this.#editors.delete(field)
      this.#tellEditors()
    }
  }

  /** Calls `listener` when a field's editor comes or goes. Returns `unsubscribe()`. */
  onEditors(listener: () => void): () => void {
    this.#editorListeners.add(listener)
    return () => this.#editorListeners.delete(listener)
  }

  editor(field: FieldId): Editor | null {
    return this.#editors.get(field) ?? null
  }

  /** Returns the fields with an editor on screen, in page order. */
  fields(): FieldId[] {
    return fieldsInPageOrder(figureIds(this.session.doc)).filter((field) => this.#editors.has(field))
  }

  /** Puts the caret into a field, or waits for the field if it is about to appear. */
  focus(field: FieldId, at: 'start' | 'end' | 'last-position' = 'last-position'): void {
    const editor = this.#editors.get(field)
    if (editor === undefined) {
      this.#awaited = field
      return
    }
    putCaret(editor, at === 'last-position' ? null : at)
  }

  /** Moves the caret out of a field. Returns false at the first or last field. */
  leave(field: FieldId, direction: LeaveDirection): boolean {
    const fields = this.fields()
    const forward = direction === 'next' || direction === 'down'
    const target = fields[fields.indexOf(field) + (forward ? 1 : -1)]
    const from = this.#editors.get(field)
    const to = target === undefined ? undefined : this.#editors.get(target)
    if (from === undefined || to === undefined) return false
    if (direction === 'up' || direction === 'down') putCaret(to, sameColumn(from, to, direction))
    else putCaret(to, forward ? 'start' : 'end')
    return true
  }

  /** Runs an edit of one or more fields as one undo step. */
  step(edit: () => void): void {
    this.session.doc.transact(edit, LOCAL_EDIT)
  }

  /** Opens the find bar, or focuses it. The search starts at the selection and takes its text. */
  openFind(find: 'find' | 'replace'): void {
    const { field } = this.state.getState()
    const selection = field === null ? undefined : this.editor(field)?.state.selection
    const from = field === null || selection === undefined ? null : { field, position: selection.from }
    const selected = this.hasCaret && selection !== undefined ? lineIn(selection) : ''
    this.state.setState((before) => ({ find, findCalls: before.findCalls + 1 }))
    this.find.look(selected === '' ? {} : { text: selected }, from)
  }

  /** Closes the find bar. The match that was shown is selected. */
  closeFind(): void {
    this.state.setState({ find: 'closed' })
    this.find.close()
  }

  /** Opens the system's dialog for adding pictures. */
  choosePictures(): void {
    this.#choosePictures?.()
  }

  /** Registers the function that opens that dialog. Returns `unregister()`. */
  onChoosePictures(open: () => void): () => void {
    this.#choosePictures = open
    return () => {
      if (this.#choosePictures === open) this.#choosePictures = null
    }
  }

  /** Shows a notice in place of the previous one. */
  notify(notice: PageNotice): void {
    this.#endOffer()
    this.state.setState({ notice })
  }

  /** Shows a short notice. With `undoable`, it offers undo while its edit is the last one. */
  say(text: Sentence, undoable = false): void {
    this.notify({ text, undoable })
    if (!undoable) return
    this.#endOffer = this.undo.subscribe(() => {
      this.#endOffer()
      this.state.setState(({ notice }) => ({ notice: notice && { ...notice, undoable: false } }))
    })
  }

  /** Publishes the caret's field as presence; null when the caret leaves the page. */
  caretIn(field: FieldId | null): void {
    this.hasCaret = field !== null
    if (field !== null) this.state.setState({ field })
    this.session.awareness.setLocalStateField('field', field)
  }

  #tellEditors(): void {
    this.find.changed()
    for (const listener of this.#editorListeners) listener()
  }
}

/** Returns the selected text if it is within one line. */
function lineIn({ $from, $to, from, to }: Selection): string {
  return $from.sameParent($to) ? $from.doc.textBetween(from, to) : ''
}

/** Returns the position on the target's nearest line directly under (or over) the caret, as in one continuous text. */
function sameColumn(from: Editor, to: Editor, direction: 'up' | 'down'): number | 'start' | 'end' {
  const { left } = from.view.coordsAtPos(from.state.selection.head)
  const edge = direction === 'down' ? 0 : to.state.doc.content.size
  const line = to.view.coordsAtPos(edge)
  const box = to.view.dom.getBoundingClientRect()
  const found = to.view.posAtCoords({
    left: Math.min(Math.max(left, box.left + 1), box.right - 1),
    top: (line.top + line.bottom) / 2,
  })
  return found?.pos ?? (direction === 'down' ? 'start' : 'end')
}
