/**
 * The page as one thing: it knows the editor of each field, which one the caret is in, and how to go from one to the
 * next. The parts of the page and the commands talk to it; it holds no words of its own.
 */
import type { Editor } from '@tiptap/core'
import type { Selection } from '@tiptap/pm/state'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { figureIds, LOCAL_EDIT } from '#shared/article/document.ts'
import { type FieldId, fieldsInPageOrder } from '#shared/article/fields.ts'
import { mayWriteAll, type StorySession } from '../collaboration/story-session.ts'
import type { LeaveDirection } from './fields/field-keys.ts'
import { MovedWords } from './fields/moved-words.ts'
import type { StoryUndo } from './fields/story-undo.ts'
import { StoryFind } from './find/story-find.ts'
import { putCaret } from './put-caret.ts'

export interface StoryPageState {
  /** The field that has the caret, or had it last. */
  field: FieldId | null
  /** Whether the find bar is open, and with its replace row. */
  find: 'closed' | 'find' | 'replace'
  /** How often "find" was asked for: asking again brings the focus back to it. */
  findAsked: number
  /** Whether the form that edits the selection's link is open. */
  linkForm: boolean
  /** Something that just happened; null when there is nothing to say. */
  notice: PageNotice | null
}

export interface PageNotice {
  /** A sentence. */
  text: string
  /** Whether undo takes it back. */
  undoable?: boolean
  /** What the person may do about it. */
  actions?: readonly { label: string; run: () => void }[]
  /** Shown until it is closed, and not only for a while. */
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
    findAsked: 0,
    linkForm: false,
    notice: null,
  }))

  /** Whether the caret is in one of the fields now. */
  hasCaret = false

  #choosePictures: (() => void) | null = null
  #endOffer: () => void = () => undefined
  readonly #editors = new Map<FieldId, Editor>()
  readonly #editorListeners = new Set<() => void>()
  /** A field that is to be focused as soon as its editor is there, e.g. the caption of a figure just added. */
  #awaited: FieldId | null = null

  constructor(session: StorySession, undo: StoryUndo) {
    this.session = session
    this.undo = undo
    this.moved = new MovedWords(session.doc, { mayRecord: () => mayWriteAll(session) })
    // What may not be written any more may not be taken back either.
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

  /** Makes a field's editor known to the page. Returns the way to take it away again. */
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

  /** Calls back when a field's editor comes or goes. Returns the way to stop. */
  onEditors(listener: () => void): () => void {
    this.#editorListeners.add(listener)
    return () => this.#editorListeners.delete(listener)
  }

  editor(field: FieldId): Editor | null {
    return this.#editors.get(field) ?? null
  }

  /** The fields that have an editor on screen, in page order. */
  fields(): FieldId[] {
    return fieldsInPageOrder(figureIds(this.session.doc)).filter((field) => this.#editors.has(field))
  }

  /** Puts the caret into a field; into one that is about to appear, once it is there. */
  focus(field: FieldId, at: 'start' | 'end' | 'where-it-was' = 'where-it-was'): void {
    const editor = this.#editors.get(field)
    if (editor === undefined) {
      this.#awaited = field
      return
    }
    putCaret(editor, at === 'where-it-was' ? null : at)
  }

  /** The caret walks out of a field. Returns whether there was somewhere to go. */
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

  /** Runs an edit, over as many fields as it likes, as one step of the one undo stack. */
  step(edit: () => void): void {
    this.session.doc.transact(edit, LOCAL_EDIT)
  }

  /** Opens the find bar, or goes back to it. What is selected is what is looked for, from there on. */
  openFind(find: 'find' | 'replace'): void {
    const { field } = this.state.getState()
    const selection = field === null ? undefined : this.editor(field)?.state.selection
    const from = field === null || selection === undefined ? null : { field, position: selection.from }
    const selected = this.hasCaret && selection !== undefined ? lineIn(selection) : ''
    this.state.setState((before) => ({ find, findAsked: before.findAsked + 1 }))
    this.find.look(selected === '' ? {} : { text: selected }, from)
  }

  /** Closes the find bar; the place that was shown is selected. */
  closeFind(): void {
    this.state.setState({ find: 'closed' })
    this.find.close()
  }

  /** Opens the system's dialog to choose pictures to add. */
  choosePictures(): void {
    this.#choosePictures?.()
  }

  /** How the page on screen opens that dialog. Returns the way to take it away again. */
  onChoosePictures(open: () => void): () => void {
    this.#choosePictures = open
    return () => {
      if (this.#choosePictures === open) this.#choosePictures = null
    }
  }

  /** Shows a notice in place of the one before. */
  notify(notice: PageNotice): void {
    this.#endOffer()
    this.state.setState({ notice })
  }

  /** Says something that just happened; with `undoable`, offers to take it back for as long as it is the last edit. */
  say(text: string, undoable = false): void {
    this.notify({ text, undoable })
    if (!undoable) return
    this.#endOffer = this.undo.subscribe(() => {
      this.#endOffer()
      this.state.setState(({ notice }) => ({ notice: notice && { ...notice, undoable: false } }))
    })
  }

  /** The page's presence: called as the caret comes into a field, and with null as it leaves the page. */
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

/** What is selected, when it is within one line. */
function lineIn({ $from, $to, from, to }: Selection): string {
  return $from.sameParent($to) ? $from.doc.textBetween(from, to) : ''
}

/** The position on the target's nearest line that stands under (or over) the caret, as in one continuous text. */
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
