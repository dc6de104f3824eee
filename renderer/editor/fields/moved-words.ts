/**
 * Records moves of words in the document: a drag, a command that moves blocks, cut and paste. Moved words get new ids;
 * the record says which words they are copies of (see shared/article/copies.ts).
 */
import type * as Y from 'yjs'
import { type CopiedRun, type IdRun, recordCopies } from '#shared/article/copies.ts'
import { idsIn } from '#shared/article/text-ids.ts'
import type { EditWatcher } from './field-binding.ts'
import type { Gesture } from './sync-state.ts'
import { SEPARATOR_UNIT, type Span } from './flat-positions.ts'

/** A run of text with its ids. */
interface Words {
  units: Int32Array
  ids: IdRun[]
}

/** The words cut and pasted on a page. One instance for all fields, so that words may move between them. */
export class MovedWords {
  readonly #doc: Y.Doc
  readonly #mayRecord: () => boolean
  /** The last cut, until it is pasted. */
  #cut: Words[] = []

  /** `mayRecord` returns whether this person may change all of the story now. */
  constructor(doc: Y.Doc, { mayRecord = () => true }: { mayRecord?: () => boolean } = {}) {
    this.#doc = doc
    this.#mayRecord = mayRecord
  }

  watcher({ cut, pasted }: Gesture): EditWatcher {
    const deleted: Words[] = []
    const inserted: Words[] = []
    let collectsDeleted = false
    let collectsInserted = false
    return {
      begin: ({ deletes, inserts }) => {
        collectsDeleted = deletes && (cut || inserts)
        collectsInserted = inserts && (deletes || (pasted && this.#cut.length > 0))
      },
      deleting: (text, index, units) => {
        if (collectsDeleted) deleted.push({ units, ids: idsIn(text, index, units.length) })
      },
      inserted: (text, index, units) => {
        if (collectsInserted) inserted.push({ units, ids: idsIn(text, index, units.length) })
      },
      end: () => {
        const sources = pasted ? [...deleted, ...this.#cut] : deleted
        const moved = inserted.flatMap((words) => {
          const source = sources.find((each) => sameWords(each.units, words.units) !== null)
          const same = source === undefined ? null : sameWords(source.units, words.units)
          if (source === undefined || same === null) return []
          // A second paste is new copy.
          sources.splice(sources.indexOf(source), 1)
          this.#cut = this.#cut.filter((each) => each !== source)
          return pairs(part(source.ids, same.from, same.length), part(words.ids, same.to, same.length))
        })
        if (this.#mayRecord()) recordCopies(this.#doc, moved)
        if (cut) this.#cut = deleted
      },
    }
  }
}

/**
 * Returns where two runs of text have the same words: all of both, or all but separators at their ends, which a paste
 * adds or leaves out. Null if the words differ.
 */
function sameWords(a: Int32Array, b: Int32Array): { from: number; to: number; length: number } | null {
  const whole = { from: 0, to: 0, length: a.length }
  if (a.length > 0 && areEqual(a, b)) return whole
  const [inA, inB] = [withoutEnds(a), withoutEnds(b)]
  const length = inA.to - inA.from
  const isSame = length > 0 && areEqual(a.subarray(inA.from, inA.to), b.subarray(inB.from, inB.to))
  return isSame ? { from: inA.from, to: inB.from, length } : null
}

function withoutEnds(units: Int32Array): Span {
  let from = 0
  let to = units.length
  while (from < to && units[from] === SEPARATOR_UNIT) from++
  while (to > from && units[to - 1] === SEPARATOR_UNIT) to--
  return { from, to }
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((unit, index) => unit === b[index])
}

/** Returns `length` ids of runs, starting at an offset. */
function part(runs: readonly IdRun[], offset: number, length: number): IdRun[] {
  const found: IdRun[] = []
  let at = 0
  for (const run of runs) {
    const from = Math.max(0, offset - at)
    const to = Math.min(run.length, offset + length - at)
    if (from < to) found.push({ client: run.client, clock: run.clock + from, length: to - from })
    at += run.length
  }
  return found
}

/** Pairs up ids with their copies, for runs of the same total length. */
function pairs(from: readonly IdRun[], to: readonly IdRun[]): CopiedRun[] {
  const found: CopiedRun[] = []
  let offset = 0
  for (const source of from) {
    let at = 0
    for (const target of part(to, offset, source.length)) {
      found.push({
        from: { client: source.client, clock: source.clock + at, length: target.length },
        to: { client: target.client, clock: target.clock },
      })
      at += target.length
    }
    offset += source.length
  }
  return found
}
