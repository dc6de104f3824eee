/**
 * A history of people who type, cut, paste, move, undo and redo, go offline, and receive each other's edits in
 * different orders. Some close the story and reopen it as another Yjs client. The seed determines the whole history, so
 * it can be repeated.
 *
 * An edit never overtakes those that its writer had received, as in the relay's log.
 */
import * as Y from 'yjs'
import type { FieldId } from '#shared/article/fields.ts'
import { type Cut, lettersIn, REMOTE, Writer } from './copies-writers.ts'

const FIELDS = ['headline', 'body'] as const satisfies FieldId[]
const GESTURES = [
  'type',
  'type',
  'type',
  'split',
  'bold',
  'cut',
  'cut',
  'paste',
  'move',
  'move',
  'undo',
  'undo',
  'undo',
  'redo',
] as const
type Gesture = (typeof GESTURES)[number]
/** The gestures that may remove letters from the screen. */
const TAKING: readonly Gesture[] = ['cut', 'undo', 'redo']

/** The faults found at the end; empty lists if there are none. */
export interface Outcome {
  letters: number
  lost: string[]
  doubled: string[]
  differing: boolean
}

interface Message {
  from: number
  /** How many messages of each writer its sender had received or sent. */
  after: number[]
  update: Uint8Array
}

export class History {
  readonly writers: Writer[]
  readonly #random: (below: number) => number
  /** The messages on their way to each writer. */
  readonly #lines: Message[][]
  /** How many messages of each writer each writer has received or sent. */
  readonly #heard: number[][]
  readonly #offline: boolean[]
  readonly #clipboards: (Cut | null)[]
  /** The Yjs clients of each writer, past and present. */
  readonly #clients: Set<number>[]
  readonly #typed: string[] = []
  /** The writer and client that typed each letter. */
  readonly #author = new Map<string, number>()
  /** Letters that a gesture removed from the screen of the person who made it. */
  readonly #taken = new Set<string>()
  #nextLetter = 0x4e00
  #nextClient = 1000
  readonly log: string[] = []

  constructor(seed: number) {
    this.#random = generator(seed)
    const count = 2 + this.#random(3)
    const who = Array.from({ length: count }, (_, index) => index)
    this.#clients = who.map(() => new Set<number>())
    this.#lines = who.map(() => [])
    this.#heard = who.map(() => who.map(() => 0))
    this.#offline = who.map(() => false)
    this.#clipboards = who.map(() => null)
    this.writers = who.map((index) => this.#open(index))
    for (let index = 0; index < count; index++) this.#edit(index, 'type')
    this.#settle()
  }

  run(steps: number): Outcome {
    for (let step = 0; step < steps; step++) this.#step()
    this.#settle()
    return this.#outcome()
  }

  close(): void {
    for (const writer of this.writers) writer.close()
  }

  #open(who: number, state?: Uint8Array): Writer {
    // Ids in random order, since the rule compares them.
    const client = this.#random(2) === 0 ? 100_000 - this.#nextClient : this.#nextClient
    this.#nextClient++
    const clients = this.#clients[who] ?? new Set()
    clients.add(client)
    const writer = new Writer(client, {
      isMine: (client) => clients.has(client),
      ...(state === undefined ? {} : { state }),
    })
    const post = (update: Uint8Array) => this.#post(who, update)
    // Deletions made on opening are sent too.
    if (state !== undefined) post(Y.encodeStateAsUpdate(writer.doc))
    writer.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE) post(update)
    })
    return writer
  }

  #reopen(who: number): void {
    const writer = this.#at(who)
    this.log.push(`${who} reopens`)
    const state = Y.encodeStateAsUpdate(writer.doc)
    writer.close()
    this.#clipboards[who] = null
    this.writers[who] = this.#open(who, state)
  }

  #at(who: number): Writer {
    const writer = this.writers[who]
    if (writer === undefined) throw new RangeError('There is no such writer')
    return writer
  }

  #step(): void {
    const who = this.#random(this.writers.length)
    const what = this.#random(20)
    if (what === 0) this.#reopen(who)
    else if (what <= 2) this.#offline[who] = this.#offline[who] !== true
    else if (what <= 7) {
      if (this.#offline[who] !== true) this.#deliver(who, 1 + this.#random(12))
    } else this.#edit(who, GESTURES[this.#random(GESTURES.length)] ?? 'type')
  }

  #post(from: number, update: Uint8Array): void {
    const heard = this.#heard[from] ?? []
    const after = [...heard]
    heard[from] = (heard[from] ?? 0) + 1
    for (const [index, line] of this.#lines.entries()) if (index !== from) line.push({ from, after, update })
  }

  #deliver(who: number, most: number): void {
    const heard = this.#heard[who] ?? []
    for (let count = 0; count < most; count++) {
      const line = this.#lines[who] ?? []
      const next = line.filter(({ after, from }) =>
        after.every((number, index) => (heard[index] ?? 0) >= number && (index !== from || heard[index] === number)),
      )
      const message = next[this.#random(Math.min(4, next.length))]
      if (message === undefined) return
      line.splice(line.indexOf(message), 1)
      heard[message.from] = (heard[message.from] ?? 0) + 1
      Y.applyUpdate(this.#at(who).doc, message.update, REMOTE)
      this.log.push(`${who} hears ${message.from}: ${show(this.#at(who))}`)
    }
  }

  /** Delivers everything to everyone. */
  #settle(): void {
    while (this.#lines.some((line) => line.length > 0)) {
      for (const who of this.writers.keys()) this.#deliver(who, Infinity)
    }
  }

  #edit(who: number, gesture: Gesture): void {
    const writer = this.#at(who)
    const before = lettersOf(writer)
    // About half of the edits join the previous undo step.
    if (this.#random(2) === 0) writer.pause()
    this.#perform(who, writer, gesture)
    const after = new Set(lettersOf(writer))
    this.log.push(`${who} ${gesture}: ${show(writer)}`)
    for (const letter of before) {
      if (after.has(letter)) continue
      const mayTake =
        TAKING.includes(gesture) &&
        (gesture === 'cut' || this.#taken.has(letter) || this.#author.get(letter) === writer.doc.clientID)
      if (!mayTake) throw new Error(`"${gesture}" took the letter ${letter} off the screen`)
      this.#taken.add(letter)
    }
  }

  #perform(who: number, writer: Writer, gesture: Gesture): void {
    const field = this.#field()
    const text = writer.text(field)
    // The first separator stays in place, as in the editors.
    const place = (length = text.length) => Math.min(length, 1 + this.#random(Math.max(1, length)))
    const index = place()
    const length = Math.min(text.length - index, 1 + this.#random(6))
    switch (gesture) {
      case 'type': {
        const formats = this.#random(4) === 0 ? { bold: true } : {}
        const letters = Array.from({ length: 1 + this.#random(4) }, () => this.#letter(writer)).join('')
        // In one insertion, like a paste of other text, or letter by letter.
        if (this.#random(3) === 0) writer.type(index, letters, { field, formats })
        else
          for (const [offset, letter] of lettersIn(letters).entries())
            writer.type(index + offset, letter, { field, formats })
        break
      }
      case 'split':
        writer.split(index, field)
        break
      case 'bold':
        if (length > 0) writer.edit(() => text.format(index, length, { bold: this.#random(2) === 0 ? true : null }))
        break
      case 'cut':
        if (length > 0) this.#clipboards[who] = writer.cut(index, length, field)
        break
      case 'paste': {
        const cut = this.#clipboards[who] ?? null
        this.#clipboards[who] = null
        // Words that are already back would be pasted as new copy: twice, and on purpose.
        const seen = new Set(lettersOf(writer))
        const letters = cut?.pieces.flatMap(({ insert }) => (typeof insert === 'string' ? lettersIn(insert) : [])) ?? []
        if (cut !== null && !letters.some((letter) => seen.has(letter))) writer.paste(cut, index, field)
        break
      }
      case 'move': {
        if (length <= 0) break
        const into = this.#field()
        writer.move(index, length, place(writer.text(into).length - (into === field ? length : 0)), {
          from: field,
          into,
        })
        break
      }
      case 'undo':
        writer.undo.undo()
        break
      case 'redo':
        writer.undo.redo()
        break
    }
  }

  #field(): FieldId {
    return this.#random(4) === 0 ? 'headline' : 'body'
  }

  #letter(writer: Writer): string {
    const letter = String.fromCharCode(this.#nextLetter++)
    this.#typed.push(letter)
    this.#author.set(letter, writer.doc.clientID)
    return letter
  }

  #outcome(): Outcome {
    const shown = this.writers.map(show)
    const states = this.writers.map(({ doc }) =>
      JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort()),
    )
    const counts = new Map<string, number>()
    for (const letter of lettersOf(this.#at(0))) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    return {
      letters: this.#typed.length,
      lost: this.#typed.filter((letter) => !counts.has(letter) && !this.#taken.has(letter)),
      doubled: this.#typed.filter((letter) => (counts.get(letter) ?? 0) > 1),
      differing: new Set(shown).size > 1 || new Set(states).size > 1,
    }
  }
}

function lettersOf(writer: Writer): string[] {
  return FIELDS.flatMap((field) => lettersIn(writer.letters(field)))
}

function show(writer: Writer): string {
  return JSON.stringify(FIELDS.map((field): unknown => writer.text(field).toDelta()))
}

/** Returns a small seeded generator (mulberry32) of whole numbers below a bound. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}
