/**
 * People who write one story at the level of its shared texts, without editors. Each typed letter is unique, so that a
 * test can tell whether one is doubled or missing.
 */
import * as Y from 'yjs'
import { recordCopies } from '#shared/article/copies.ts'
import { fieldText } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { createSeparator, PLAIN } from '#shared/article/flat-text.ts'
import type { IdRun } from '#shared/article/id-runs.ts'
import { seedStory } from '#shared/article/seed.ts'
import { idsIn } from '#shared/article/text-ids.ts'
import { type CopyWatch, type DroppedCopies, watchCopies } from '#renderer/editor/fields/copied-twice.ts'
import { FieldBinding } from '#renderer/editor/fields/field-binding.ts'
import { createStoryUndo, type StoryUndo } from '#renderer/editor/fields/story-undo.ts'

/** The origin of remote changes. */
export const REMOTE = 'the relay'

/** The delta of a range of text, to be inserted elsewhere. */
type Pieces = { insert: string | object; attributes?: Record<string, unknown> }[]

/** Words that were cut, and their old place. */
export interface Cut {
  pieces: Pieces
  ids: IdRun[]
}

interface WriterOptions {
  state?: Uint8Array
  isMine?: (client: number) => boolean
  mayRecord?: () => boolean
}

export class Writer {
  readonly doc = new Y.Doc()
  readonly undo: StoryUndo
  readonly watch: CopyWatch
  readonly told: DroppedCopies[] = []
  mayWrite = true
  /** A stand-in for an editor's binding, which the undo stack knows by its class. */
  readonly #typing = Object.create(FieldBinding.prototype) as FieldBinding
  #strokes = 0

  constructor(client: number, { state, isMine, ...undo }: WriterOptions = {}) {
    this.doc.clientID = client
    seedStory(this.doc)
    if (state !== undefined) Y.applyUpdate(this.doc, state, REMOTE)
    this.undo = createStoryUndo(this.doc, undo)
    // The test decides what one undo step is, not the speed of the machine.
    this.undo.asOneStep()
    this.watch = watchCopies(this.doc, {
      mayWrite: () => this.mayWrite,
      onDropped: (dropped) => this.told.push(dropped),
      ...(isMine === undefined ? {} : { isMine }),
    })
    this.watch.checkAll()
  }

  text(field: FieldId = 'body'): Y.Text {
    return fieldText(this.doc, field)
  }

  /** Returns the letters of a field, without its separators. */
  letters(field: FieldId = 'body'): string {
    return this.text(field).toJSON()
  }

  /** Starts a new undo step. */
  pause(): void {
    const field = this.#strokes++ % 2 === 0 ? 'headline' : 'byline'
    const place = Y.createRelativePositionFromTypeIndex(this.text(field), 0)
    this.undo.beforeEdit({ field, anchor: place, head: place })
  }

  edit(change: () => void): void {
    this.doc.transact(change, this.#typing)
  }

  type(
    index: number,
    letters: string,
    { field = 'body', formats = {} }: { field?: FieldId; formats?: object } = {},
  ): void {
    this.edit(() => this.text(field).insert(index, letters, formats))
  }

  split(index: number, field: FieldId = 'body'): void {
    this.edit(() => this.text(field).insertEmbed(index, createSeparator(PLAIN)))
  }

  cut(index: number, length: number, field: FieldId = 'body'): Cut {
    const text = this.text(field)
    const cut = { pieces: piecesOf(text, index, length), ids: idsIn(text, index, length) }
    this.edit(() => text.delete(index, length))
    return cut
  }

  paste(cut: Cut, index: number, field: FieldId = 'body'): void {
    this.edit(() => this.#put(cut, index, field))
  }

  /** Moves words in one transaction, like a drag. `to` is an index in the remaining text. */
  move(
    index: number,
    length: number,
    to: number,
    { from = 'body', into = from }: { from?: FieldId; into?: FieldId } = {},
  ): void {
    const text = this.text(from)
    const cut = { pieces: piecesOf(text, index, length), ids: idsIn(text, index, length) }
    this.edit(() => {
      text.delete(index, length)
      this.#put(cut, to, into)
    })
  }

  #put({ pieces, ids }: Cut, index: number, field: FieldId): void {
    const text = this.text(field)
    let at = index
    for (const { insert, attributes } of pieces) {
      if (typeof insert === 'string') text.insert(at, insert, attributes ?? {})
      else text.insertEmbed(at, insert instanceof Y.Map ? createSeparator(PLAIN) : insert, attributes ?? {})
      at += typeof insert === 'string' ? insert.length : 1
    }
    const put = idsIn(text, index, at - index)
    recordCopies(this.doc, pair(ids, put))
  }

  close(): void {
    this.watch.stop()
    this.undo.destroy()
    this.doc.destroy()
  }
}

/** Pairs each id of one list with the id of the other at the same place. */
function pair(from: readonly IdRun[], to: readonly IdRun[]) {
  const each = (runs: readonly IdRun[]) =>
    runs.flatMap(({ client, clock, length }) =>
      Array.from({ length }, (_, offset) => ({ client, clock: clock + offset, length: 1 })),
    )
  const targets = each(to)
  return each(from).flatMap((id, index) => {
    const target = targets[index]
    return target === undefined ? [] : [{ from: id, to: target }]
  })
}

function piecesOf(text: Y.Text, index: number, length: number): Pieces {
  const pieces: Pieces = []
  let at = 0
  for (const { insert, attributes } of text.toDelta() as Pieces) {
    const size = typeof insert === 'string' ? insert.length : 1
    const from = Math.max(0, index - at)
    const to = Math.min(size, index + length - at)
    if (from < to) {
      const part = typeof insert === 'string' ? insert.slice(from, to) : insert
      pieces.push(attributes === undefined ? { insert: part } : { insert: part, attributes })
    }
    at += size
  }
  return pieces
}

/** Returns the letters of a writer's body in alphabetical order, for tests in which their place does not matter. */
export function sorted(writer: Writer): string {
  return lettersIn(writer.letters()).sort().join('')
}

export function lettersIn(text: string): string[] {
  return Array.from(text)
}

/** Sends everything that one writer has to another. */
export function send(from: Writer, to: Writer): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), REMOTE)
}

/** Sends everything to all writers, including their reactions. */
export function syncAll(writers: readonly Writer[]): void {
  for (let round = 0; round < 3; round++) {
    for (const from of writers) for (const to of writers) if (from !== to) send(from, to)
  }
}
