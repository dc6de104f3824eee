/**
 * A story that several people write, step by step, and the properties that must hold at the end.
 *
 * Every typed character is unique, so the test can look for it. The deletions that a gesture meant are found by
 * comparing its person's screen before and after.
 */
import type {} from '@tiptap/starter-kit'
import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { addFigure, fieldText, figureIds, LOCAL_EDIT, moveFigure, removeFigure } from '#shared/article/document.ts'
import { type FieldId, fieldsInPageOrder, parseFieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import { FieldBinding } from '#renderer/editor/fields/field-binding.ts'
import { exchange, Line, ModelRelay, settle } from './network.ts'
import { REMOTE, Writer } from './newsroom.ts'

export const EDITS = [
  ...['type', 'type', 'type', 'type', 'type', 'type', 'type', 'type', 'type', 'type'],
  ...['enter', 'enter', 'enter', 'join', 'join', 'joinForward', 'cut', 'cut', 'cutBlock', 'break', 'paste'],
  ...['move', 'moveBlock', 'drag'],
  ...['bold', 'italic', 'subhead', 'bullets', 'numbers', 'quote', 'sink', 'lift', 'plain'],
  ...['addFigure', 'removeFigure', 'moveFigure', 'undo', 'undo', 'undo', 'redo', 'redo'],
] as const
export const TRAFFIC = [
  ...['deliver', 'deliver', 'deliver', 'post', 'post', 'everything', 'everything'],
  ...['connect', 'disconnect', 'disconnect', 'reopen'],
] as const
/** The gestures that remove letters from the screen of the person who makes them. */
const DELETING: readonly string[] = ['cut', 'cutBlock', 'removeFigure', 'undo', 'redo']

export interface Step {
  who: number
  what: (typeof EDITS)[number] | (typeof TRAFFIC)[number]
  a: number
  b: number
}

/** A person at a desk, who may close the story and reopen it. */
class Seat {
  readonly name: string
  readonly #relay: ModelRelay
  readonly #onAnswer: (origin: unknown) => void
  writer: Writer
  line: Line

  /** `onAnswer` gets the origin of each change that this person's app makes while it applies a remote one. */
  constructor(name: string, relay: ModelRelay, onAnswer: (origin: unknown) => void) {
    this.name = name
    this.#relay = relay
    this.#onAnswer = onAnswer
    this.writer = new Writer(name)
    this.line = this.#connected()
    this.line.connect()
  }

  reopen(): void {
    const kept = Y.encodeStateAsUpdate(this.writer.doc)
    this.close()
    this.writer = new Writer(this.name)
    Y.applyUpdate(this.writer.doc, kept, 'the disk')
    this.line = this.#connected()
  }

  close(): void {
    this.line.disconnect()
    this.writer.close()
  }

  /** Returns the fields on the page, each with an editor. */
  mount(): FieldId[] {
    const fields = fieldsInPageOrder(figureIds(this.writer.doc)).filter((field) =>
      ['headline', 'body', 'caption'].includes(parseFieldId(field).kind),
    )
    for (const [field] of [...this.writer.editors()]) if (!fields.includes(field)) this.writer.unmount(field)
    for (const field of fields) this.writer.editor(field)
    return fields
  }

  /** Returns the characters in the editors, with repetitions. */
  onScreen(): string[] {
    const texts = this.mount().map((field) => this.writer.editor(field).state.doc.textContent)
    return texts.join('').match(/[\u4e00-\u9fff]/g) ?? []
  }

  #connected(): Line {
    const { writer } = this
    let arriving = false
    const line = new Line(writer, this.#relay)
    writer.doc.on('beforeTransaction', ({ origin }: Y.Transaction) => (arriving ||= origin === REMOTE))
    writer.doc.on('afterAllTransactions', () => (arriving = false))
    writer.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (arriving && origin !== REMOTE) this.#onAnswer(origin)
    })
    this.mount()
    return line
  }
}

export class Story {
  /** Errors in an editor, which continues after them. */
  readonly #faults: unknown[] = []
  readonly #hear = (event: ErrorEvent) => {
    event.preventDefault()
    this.#faults.push(event.error)
  }
  readonly #relay = new ModelRelay()
  readonly seats: Seat[]
  readonly #typed: string[] = []
  /** Letters that a person's gesture removed from their own screen. */
  readonly #meantToGo = new Set<string>()
  /** The origins of changes made in response to remote ones. */
  readonly answers = new Set<unknown>()
  #figures = 0

  constructor(people: number) {
    window.addEventListener('error', this.#hear)
    const onAnswer = (origin: unknown) => this.answers.add(origin)
    this.seats = Array.from({ length: people }, (_, index) => new Seat(`writer ${index}`, this.#relay, onAnswer))
  }

  get letters(): number {
    return this.#typed.length
  }

  run({ who, what, a, b }: Step): void {
    const seat = this.seats[who % this.seats.length]
    if (seat === undefined) return
    switch (what) {
      case 'connect':
        seat.line.connect()
        break
      case 'disconnect':
        seat.line.disconnect()
        break
      case 'everything':
        exchange(this.seats.map(({ line }) => line).filter(({ online }) => online))
        break
      case 'reopen':
        seat.reopen()
        break
      case 'deliver':
        for (let count = a % 6; count >= 0; count--) seat.line.deliver(b % 3)
        break
      case 'post':
        for (let count = a % 6; count >= 0; count--) seat.line.post()
        break
      default:
        this.#edit(seat, what, a, b)
    }
  }

  #edit(seat: Seat, what: (typeof EDITS)[number], a: number, b: number): void {
    const before = seat.onScreen()
    const edit = () => this.#perform(seat, what, a, b)
    // The page wraps some of its edits into one step.
    if (b % 3 === 0 && what !== 'undo' && what !== 'redo') seat.writer.doc.transact(edit, LOCAL_EDIT)
    else edit()
    const after = new Set(seat.onScreen())
    for (const letter of before) {
      if (after.has(letter)) continue
      if (!DELETING.includes(what)) throw new Error(`"${what}" took ${letter} off the screen`)
      this.#meantToGo.add(letter)
    }
    this.#checkScreen(seat, `after "${what}"`)
  }

  /** Performs a step as a person would on the page. */
  #perform(seat: Seat, what: (typeof EDITS)[number], a: number, b: number): void {
    const { doc, undo } = seat.writer
    const figures = figureIds(doc)
    const figure = figures[a % Math.max(1, figures.length)] ?? ''
    const fields = seat.mount()
    const anywhere = ['type', 'cut', 'enter'].includes(what) && a % 3 === 0
    const field = anywhere ? (fields[b % fields.length] ?? 'body') : 'body'
    const editor = seat.writer.editor(field)
    const { size } = editor.state.doc.content
    const from = Math.min(a, b) % (size + 1)
    const to = Math.min(size, from + (Math.max(a, b) % 12))
    const ranged = ['bold', 'italic', 'subhead', 'bullets', 'numbers', 'quote', 'plain', 'cut', 'move', 'drag']
    select(editor, from, ranged.includes(what) ? to : from)
    const { commands, view } = editor
    switch (what) {
      case 'type':
        for (let count = b % 3; count >= 0; count--) view.dispatch(view.state.tr.insertText(this.#letter()))
        break
      case 'enter':
        press(editor, 'Enter')
        break
      case 'join':
        select(editor, editor.state.selection.$from.start())
        press(editor, 'Backspace')
        break
      case 'joinForward':
        select(editor, editor.state.selection.$from.end())
        press(editor, 'Delete')
        break
      case 'cut':
        view.dispatch(view.state.tr.deleteSelection())
        break
      case 'cutBlock':
        view.dispatch(view.state.tr.deleteRange(...blockAt(editor, from)))
        break
      case 'paste':
        view.pasteHTML(
          `<p>${this.#letter()}</p><ul><li><p>${this.#letter()}</p><p>${this.#letter()}</p></li></ul>` +
            `<h1>${this.#letter()}</h1><blockquote><p>${this.#letter()}<br><b>${this.#letter()}</b></p></blockquote>`,
        )
        break
      case 'move':
        this.#cutAndPaste(editor, b)
        break
      case 'moveBlock':
        select(editor, ...blockAt(editor, from))
        this.#cutAndPaste(editor, b)
        break
      case 'drag':
        drag(editor, b)
        break
      case 'break':
        commands.setHardBreak()
        break
      case 'bold':
        commands.toggleBold()
        break
      case 'italic':
        commands.toggleItalic()
        break
      case 'subhead':
        commands.toggleHeading({ level: b % 2 === 0 ? 2 : 3 })
        break
      case 'bullets':
        commands.toggleBulletList()
        break
      case 'numbers':
        commands.toggleOrderedList()
        break
      case 'quote':
        commands.toggleBlockquote()
        break
      case 'sink':
        commands.sinkListItem('listItem')
        break
      case 'lift':
        commands.liftListItem('listItem')
        break
      case 'plain':
        commands.clearNodes()
        break
      case 'addFigure':
        addFigure(doc, { id: `${seat.name} ${++this.#figures}`, picture: null }, a % 3)
        break
      case 'removeFigure':
        removeFigure(doc, figure)
        break
      case 'moveFigure':
        moveFigure(doc, figure, b % 3)
        break
      case 'undo':
        undo.undo()
        break
      case 'redo':
        undo.redo()
        break
    }
  }

  #letter(): string {
    const letter = String.fromCodePoint(0x4e00 + this.#typed.length)
    this.#typed.push(letter)
    return letter
  }

  /** Cuts the selection and pastes it elsewhere, through ProseMirror's own clipboard code, without the system's. */
  #cutAndPaste(editor: Editor, place: number): void {
    const { view } = editor
    if (view.state.selection.empty) return
    const { dom } = view.serializeForClipboard(view.state.selection.content())
    view.dispatch(view.state.tr.deleteSelection().setMeta('uiEvent', 'cut'))
    select(editor, place % (view.state.doc.content.size + 1))
    view.pasteHTML(dom.innerHTML)
  }

  end(): void {
    settle(this.seats.map(({ line }) => line))
    expect(this.#faults).toEqual([])
    const articles = this.seats.map(({ writer }) => readArticle(writer.doc))
    for (const article of articles) expect(article).toEqual(articles[0])
    for (const seat of this.seats) {
      seat.mount()
      this.#checkScreen(seat, 'in the end')
    }
    const count = new Map<string, number>()
    for (const letter of this.seats[0]?.onScreen() ?? []) count.set(letter, (count.get(letter) ?? 0) + 1)
    for (const letter of this.#typed) {
      const times = count.get(letter) ?? 0
      if (times > 1) throw new Error(`${letter} stands ${times} times`)
      if (times === 0 && !this.#isMeantToGo(letter)) throw new Error(`${letter} is lost`)
    }
  }

  /** Letters typed in a figure while it was removed went with it. */
  #isMeantToGo(letter: string): boolean {
    if (this.#meantToGo.has(letter)) return true
    return this.seats.some(({ writer: { doc } }) =>
      [...doc.share.keys()].some(
        (root) => root.startsWith('text:caption:') && doc.getText(root).toJSON().includes(letter),
      ),
    )
  }

  /** Checks that every editor shows what its field holds, and that all of it is valid. */
  #checkScreen({ writer, name }: Seat, when: string): void {
    for (const [field, editor] of writer.editors()) {
      const { doc } = editor.state
      doc.check()
      const held = new FieldBinding(fieldText(writer.doc, field), editor.schema).doc
      if (!doc.eq(held)) throw new Error(`${field} of ${name} ${when}: shows ${String(doc)}, holds ${String(held)}`)
    }
  }

  close(): void {
    for (const seat of this.seats) seat.close()
    window.removeEventListener('error', this.#hear)
  }
}

/** Selects like a click or a drag: from one place in text to another. */
function select({ state, view }: Editor, from: number, to = from): void {
  const selection = TextSelection.between(state.doc.resolve(from), state.doc.resolve(to))
  view.dispatch(state.tr.setSelection(selection))
}

/** Presses a key, as the page's keymaps see it. */
function press({ view }: Editor, key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  view.someProp('handleKeyDown', (handle) => handle(view, event))
}

/** Returns the start and end of the paragraph or subhead at a position, its boundaries included. */
function blockAt({ state }: Editor, position: number): [number, number] {
  const { $head } = TextSelection.near(state.doc.resolve(position))
  return [$head.before(), $head.after()]
}

/** Drags the selection to another place in the same field, in one transaction like ProseMirror's drop. */
function drag({ state, view }: Editor, place: number): void {
  if (state.selection.empty) return
  const slice = state.selection.content()
  const tr = state.tr.deleteSelection()
  const at = tr.mapping.map(place % (state.doc.content.size + 1))
  const $at = TextSelection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size))).$head
  view.dispatch(tr.replaceRange($at.pos, $at.pos, slice).setMeta('uiEvent', 'drop'))
}
