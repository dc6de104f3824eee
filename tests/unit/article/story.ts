/**
 * A story that several people write, step by step, and what must be true of it in the end.
 *
 * Every character typed is one of its own, so that a word's fate can be told by looking for it. What somebody meant to
 * delete is told from what stood on their screen before and after the edit; nothing here knows how the rescue works.
 */
import type {} from '@tiptap/starter-kit'
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { LOCAL_EDIT, addFigure, fieldFragment, figureIds, moveFigure, removeFigure } from '#shared/article/document.ts'
import { fieldsInPageOrder, parseFieldId } from '#shared/article/fields.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import { Line, ModelRelay, exchange, settle } from './network.ts'
import { Writer } from './newsroom.ts'

export const EDITS = [
  ...['type', 'type', 'type', 'type', 'type', 'type', 'type', 'type'],
  ...['split', 'split', 'join', 'cut', 'cut', 'break'],
  ...['bold', 'subhead', 'bullets', 'numbers', 'quote', 'sink', 'lift'],
  ...['addFigure', 'removeFigure', 'moveFigure', 'undo', 'undo', 'redo'],
] as const
export const TRAFFIC = [
  ...['deliver', 'deliver', 'post', 'post', 'everything', 'everything'],
  ...['connect', 'disconnect', 'disconnect', 'reopen'],
] as const

export interface Step {
  who: number
  what: (typeof EDITS)[number] | (typeof TRAFFIC)[number]
  a: number
  b: number
}

/** A person at a desk, who may close the story and open it again. */
class Seat {
  readonly name: string
  readonly #relay: ModelRelay
  writer: Writer
  line: Line
  /** What the rescue tray held in earlier sessions. */
  #tray = ''
  readonly #clients: number[] = []

  constructor(name: string, relay: ModelRelay) {
    this.name = name
    this.#relay = relay
    this.writer = new Writer(name)
    this.line = new Line(this.writer, relay, { clients: [], waiting: [] })
    this.line.connect()
    this.mount()
  }

  get tray(): string {
    return this.#tray + this.line.rescued.map(({ text }) => text).join('\n')
  }

  reopen(): void {
    const kept = Y.encodeStateAsUpdate(this.writer.doc)
    const { waiting } = this.line
    this.#clients.push(this.writer.doc.clientID)
    this.close()
    this.#tray = this.tray
    this.writer = new Writer(this.name)
    Y.applyUpdate(this.writer.doc, kept, 'the disk')
    this.line = new Line(this.writer, this.#relay, { clients: this.#clients, waiting })
    this.mount()
  }

  close(): void {
    this.line.close()
    this.writer.close()
  }

  /** The fields that are on the page, with an editor each. */
  mount(): FieldId[] {
    const fields = fieldsInPageOrder(figureIds(this.writer.doc)).filter((field) =>
      ['headline', 'body', 'caption'].includes(parseFieldId(field).kind),
    )
    for (const [field] of [...this.writer.editors()]) if (!fields.includes(field)) this.writer.unmount(field)
    for (const field of fields) this.writer.editor(field)
    return fields
  }

  /** Every character that stands in an editor. */
  onScreen(): Set<string> {
    return charactersOf(
      this.mount()
        .map((field) => this.writer.editor(field).state.doc.textContent)
        .join(''),
    )
  }
}

/** The characters that were typed in a text. */
function charactersOf(text: string): Set<string> {
  return new Set(text.match(/[\u4e00-\u9fff]/g))
}

export class Story {
  /** What went wrong in an editor, which goes on without it. */
  readonly #faults: unknown[] = []
  readonly #hear = (event: ErrorEvent) => {
    event.preventDefault()
    this.#faults.push(event.error)
  }
  readonly #relay = new ModelRelay()
  readonly seats: Seat[]
  readonly #writerOf = new Map<string, Seat>()
  readonly #meantToGo = new Set<string>()
  #typed = 0
  #figures = 0

  constructor(people: number) {
    window.addEventListener('error', this.#hear)
    this.seats = Array.from({ length: people }, (_, index) => new Seat(`writer ${index}`, this.#relay))
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
        for (let count = a % 6; count >= 0; count--) seat.line.deliver()
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
    let meant: Set<string> = new Set()
    const edit = () => (meant = charactersOf(this.#perform(seat, what, a, b)))
    // The page wraps some of its edits into a step of their own.
    if (b % 3 === 0 && what !== 'undo' && what !== 'redo') seat.writer.doc.transact(edit, LOCAL_EDIT)
    else edit()
    const after = seat.onScreen()
    for (const character of before) {
      if (after.has(character)) continue
      const mayGoBack = this.#writerOf.get(character) === seat || this.#meantToGo.has(character)
      if ((what === 'undo' || what === 'redo') && mayGoBack) meant.add(character)
      if (!meant.has(character)) throw new Error(`"${what}" took ${character} off the screen`)
      this.#meantToGo.add(character)
    }
  }

  /** Does it as the page would, and answers with the characters that it means to delete. */
  #perform(seat: Seat, what: (typeof EDITS)[number], a: number, b: number): string {
    const { doc, undo } = seat.writer
    const figures = figureIds(doc)
    const figure = figures[a % Math.max(1, figures.length)] ?? ''
    const fields = seat.mount()
    const field =
      what === 'type' || what === 'cut' ? (a % 3 === 0 ? (fields[b % fields.length] ?? 'body') : 'body') : 'body'
    const editor = seat.writer.editor(field)
    const { size } = editor.state.doc.content
    const from = Math.min(a, b) % (size + 1)
    const to = Math.min(size, from + (Math.max(a, b) % 12))
    const ranged = ['bold', 'subhead', 'bullets', 'numbers', 'quote'].includes(what)
    select(editor, from, ranged ? to : from)
    const { commands, view, state } = editor
    switch (what) {
      case 'type':
        for (let count = b % 3; count >= 0; count--) this.#type(seat, field)
        return ''
      case 'split':
        commands.first(({ commands }) => [() => commands.splitListItem('listItem'), () => commands.splitBlock()])
        return ''
      case 'join':
        select(editor, state.selection.$from.start())
        commands.joinBackward()
        return ''
      case 'cut': {
        const gone = state.doc.textBetween(from, to)
        select(editor, from, to)
        if (b % 2 === 0) view.dispatch(state.tr.deleteRange(from, to))
        else commands.deleteSelection()
        return gone
      }
      case 'break':
        commands.setHardBreak()
        return ''
      case 'bold':
        commands.toggleBold()
        return ''
      case 'subhead':
        commands.toggleHeading({ level: 2 })
        return ''
      case 'bullets':
        commands.toggleBulletList()
        return ''
      case 'numbers':
        commands.toggleOrderedList()
        return ''
      case 'quote':
        commands.toggleBlockquote()
        return ''
      case 'sink':
        commands.sinkListItem('listItem')
        return ''
      case 'lift':
        commands.liftListItem('listItem')
        return ''
      case 'addFigure':
        addFigure(doc, { id: `${seat.name} ${++this.#figures}`, picture: null }, a % 3)
        return ''
      case 'removeFigure': {
        const caption = readArticle(doc).figures.find(({ id }) => id === figure)?.caption ?? []
        removeFigure(doc, figure)
        return plainText(caption)
      }
      case 'moveFigure':
        moveFigure(doc, figure, b % 3)
        return ''
      case 'undo':
        undo.undo()
        return ''
      case 'redo':
        undo.redo()
        return ''
    }
  }

  #type(seat: Seat, field: FieldId): void {
    const character = String.fromCodePoint(0x4e00 + this.#typed++)
    this.#writerOf.set(character, seat)
    const { view } = seat.writer.editor(field)
    view.dispatch(view.state.tr.insertText(character))
  }

  async end(): Promise<void> {
    settle(this.seats.map(({ line }) => line))
    // The newsroom's answers about who cut what are promises.
    for (const seat of this.seats) await seat.line.answered()
    settle(this.seats.map(({ line }) => line))
    expect(this.#faults).toEqual([])
    const articles = this.seats.map(({ writer }) => readArticle(writer.doc))
    for (const article of articles) expect(article).toEqual(articles[0])
    this.seats.forEach(checkEditors)
    const visible = this.seats[0]?.onScreen() ?? new Set()
    for (const [character, seat] of this.#writerOf) {
      if (visible.has(character) || this.#meantToGo.has(character) || seat.tray.includes(character)) continue
      throw new Error(`${character} of ${seat.name} is lost`)
    }
  }

  close(): void {
    for (const seat of this.seats) seat.close()
    window.removeEventListener('error', this.#hear)
  }
}

/** Selects as a click or a drag would: from one place in text to another. */
function select({ state, view }: Editor, from: number, to = from): void {
  const selection = TextSelection.between(state.doc.resolve(from), state.doc.resolve(to))
  view.dispatch(state.tr.setSelection(selection))
}

/** Every editor shows what its field holds, and all of it is valid. */
function checkEditors({ writer }: Seat): void {
  for (const [field, editor] of writer.editors()) {
    const { doc } = editor.state
    doc.check()
    const fragment = fieldFragment(writer.doc, field)
    // An emptied field shows the paragraph that will be made when somebody types.
    const shown = fragment.length === 0 ? doc.type.create(null, doc.type.schema.node('paragraph')) : null
    const held = shown ?? yXmlFragmentToProseMirrorRootNode(fragment, editor.schema)
    expect(comparable(doc), `${field} of ${writer.name}`).toEqual(comparable(held))
  }
}

/** ProseMirror puts marks on line breaks too, where nobody sees them; Yjs has no place for those. */
function comparable(doc: Node): unknown {
  return JSON.parse(JSON.stringify(doc), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'hardBreak'
      ? { type: 'hardBreak' }
      : value,
  )
}
