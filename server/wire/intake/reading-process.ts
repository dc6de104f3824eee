/** The process in which documents are read, and items become stories. */
import { answerParent } from '../../isolation/answer-parent.ts'
import { changesFor } from './item-changes.ts'
import { readArrival, type Reading } from './read-arrival.ts'

export type ReadingQuestion =
  | { ask: 'read'; bytes: Uint8Array; encoding: string | null }
  /** Asks for the Yjs update that turns a new story into the item, given as JSON. */
  | { ask: 'write'; item: string }
export type ReadingAnswer = { reading: Reading } | { changes: Uint8Array }

if (process.send !== undefined) {
  answerParent<ReadingAnswer>(async (question: ReadingQuestion) =>
    question.ask === 'read'
      ? { reading: await readArrival(question.bytes, question.encoding) }
      : { changes: changesFor(question.item) },
  )
}
