/**
 * Tells the document when an edit moves words: a drag, a command that moves blocks, cut and paste. The words get new ids
 * where they are put; the record says which words they are copies of (see shared/article/copies.ts).
 */
import type * as Y from 'yjs'
import { type CopiedRun, type IdRun, recordCopies } from '#shared/article/copies.ts'
import { idsIn } from '#shared/article/text-ids.ts'
import type { EditWatcher } from './field-binding.ts'
import type { Gesture } from './sync-state.ts'
import { SEPARATOR_UNIT } from './flat-positions.ts'

/** Words with their ids, without separators at their ends. */
interface Words {
  units: Int32Array
  ids: IdRun[]
}

/** What was cut and pasted on a page. One for all its fields, so that words may move between them. */
export class MovedWords {
  readonly #doc: Y.Doc
  readonly #mayRecord: () => boolean
  /** What was cut last, until it is pasted. */
  #cut: Words[] = []

  /** `mayRecord` returns whether this person may change all of the story now. */
  constructor(doc: Y.Doc, { mayRecord = () => true }: { mayRecord?: () => boolean } = {}) {
    this.#doc = doc
    this.#mayRecord = mayRecord
  }

  watcher({ cut, pasted }: Gesture): EditWatcher {
    const deleted: Words[] = []
    const inserted: Words[] = []
    let looksAtDeleted = false
    let looksAtInserted = false
    return {
      begin: ({ deletes, inserts }) => {
        looksAtDeleted = deletes && (cut || inserts)
        looksAtInserted = inserts && (deletes || (pasted && this.#cut.length > 0))
      },
      deleting: (text, index, units) => {
        if (looksAtDeleted) deleted.push(...wordsIn(text, index, units))
      },
      inserted: (text, index, units) => {
        if (looksAtInserted) inserted.push(...wordsIn(text, index, units))
      },
      end: () => {
        const sources = pasted ? [...deleted, ...this.#cut] : deleted
        const moved = inserted.flatMap((words) => {
          const at = sources.findIndex((source) => areEqual(source.units, words.units))
          // What is pasted a second time is new copy.
          const [source] = at === -1 ? [] : sources.splice(at, 1)
          if (source !== undefined) this.#cut = this.#cut.filter((words) => words !== source)
          return source === undefined ? [] : paired(source.ids, words.ids)
        })
        if (this.#mayRecord()) recordCopies(this.#doc, moved)
        if (cut) this.#cut = deleted
      },
    }
  }
}

function wordsIn(text: Y.Text, index: number, units: Int32Array): Words[] {
  let from = 0
  let to = units.length
  while (from < to && units[from] === SEPARATOR_UNIT) from++
  while (to > from && units[to - 1] === SEPARATOR_UNIT) to--
  return from === to ? [] : [{ units: units.slice(from, to), ids: idsIn(text, index + from, to - from) }]
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((unit, index) => unit === b[index])
}

/** Returns which ids are copies of which, for runs of the same length in all. */
function paired(from: readonly IdRun[], to: readonly IdRun[]): CopiedRun[] {
  const pairs: CopiedRun[] = []
  let index = 0
  let used = 0
  for (const source of from) {
    let at = 0
    for (let target = to[index]; at < source.length && target !== undefined; target = to[index]) {
      const length = Math.min(source.length - at, target.length - used)
      pairs.push({
        from: { client: source.client, clock: source.clock + at, length },
        to: { client: target.client, clock: target.clock + used },
      })
      at += length
      used += length
      if (used < target.length) continue
      index++
      used = 0
    }
  }
  return pairs
}
