/**
 * Finds what words are copies of, by the records in the document (`shared/article/copies.ts`). A record counts only where
 * the original is there, deleted or not, and reads the same, so that people cannot put words in each other's mouths.
 */
import * as Y from 'yjs'
import { copiesShared, readCopies } from '#shared/article/copies.ts'
import { IdMap } from './id-map.ts'
import type { IdRange } from './id-range.ts'

/** Where the original of an id is: under this client, this many clocks on. */
interface Origin {
  client: number
  shift: number
}

/** How many moves are followed back. Records may lead in a circle. */
const MOST_MOVES = 100

export class Originals {
  readonly #doc: Y.Doc
  readonly #origins = new IdMap<Origin>((a, b) => a.client === b.client && a.shift === b.shift)

  /** `doc` keeps deleted text. */
  constructor(doc: Y.Doc) {
    this.#doc = doc
    for (const item of copiesShared(doc)._map.values()) {
      if (item.deleted) continue
      for (const { from, to } of readCopies(item.id.client, item.content.getContent().at(-1))) {
        this.#origins.add({ ...to, length: from.length }, { client: from.client, shift: from.clock - to.clock })
      }
    }
  }

  /** Returns the ids under which the characters of this range were first written, in order. */
  of(range: IdRange, moves = 0): IdRange[] {
    if (moves === MOST_MOVES) return [range]
    return this.#origins.pieces(range).flatMap(({ value, ...copy }) => {
      if (value === undefined) return [copy]
      const original = { client: value.client, clock: copy.clock + value.shift, length: copy.length }
      return this.#readsSame(copy, original) ? this.of(original, moves + 1) : [copy]
    })
  }

  #readsSame(copy: IdRange, original: IdRange): boolean {
    const text = this.#textOf(copy)
    return text !== null && text === this.#textOf(original)
  }

  /** Returns the characters with these ids; null where some are gone, or are not characters. */
  #textOf({ client, clock, length }: IdRange): string | null {
    const structs = this.#doc.store.clients.get(client)
    const end = clock + length
    if (structs === undefined || end > Y.getState(this.#doc.store, client)) return null
    let text = ''
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
      const struct = structs[index]
      if (struct === undefined || struct.id.clock >= end) break
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return null
      text += struct.content.str.slice(Math.max(0, clock - struct.id.clock), end - struct.id.clock)
    }
    return text
  }
}
