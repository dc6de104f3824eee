/** Reads documents of strangers in processes of its own, within limits. What exceeds them is a fault of the document. */
import { inEnglish } from '#shared/messages/english.ts'
import { message } from '#shared/messages/message.ts'
import { createIsolatedProcesses, IsolationFailed } from '../../isolation/isolated-processes.ts'
import { refuse } from '../../refusal.ts'
import { type Reading, refused, tooLarge } from './read-arrival.ts'
import { LARGEST_FILE } from './read-document.ts'
import type { ReadingAnswer, ReadingQuestion } from './reading-process.ts'

/** Far more than any story takes: the slowest of the samples takes a second. */
const SECONDS = 20
const HEAP_MB = 512
const LIMITS = { atOnce: 2, timeMs: SECONDS * 1000, heapMb: HEAP_MB, mostWaiting: 16, mostWaitingBytes: 128_000_000 }

/** What it means for a document that its process was ended. */
const FAULTS = {
  time: message('intake.fault.too-slow', { seconds: SECONDS }),
  memory: message('intake.fault.too-much-memory'),
  ended: message('intake.fault.reader-ended'),
}

export interface DocumentReader {
  /** `owner`: the person or source that sent it. Refuses with `files-busy` when too many documents wait. */
  read(document: { bytes: Uint8Array; encoding?: string | null | undefined }, owner: string): Promise<Reading>
  /** Resolves to the Yjs update that turns a new story into the item, given as JSON. */
  write(item: string, owner: string): Promise<Uint8Array>
  close(): Promise<void>
}

export function createDocumentReader(
  limits: Partial<typeof LIMITS> = {},
  script = new URL('./reading-process.ts', import.meta.url),
): DocumentReader {
  const processes = createIsolatedProcesses<ReadingQuestion, ReadingAnswer>({ ...LIMITS, ...limits, script })
  return {
    async read({ bytes, encoding = null }, owner) {
      if (bytes.byteLength > LARGEST_FILE) return tooLarge()
      try {
        const answer = await processes.ask({
          question: { ask: 'read', bytes, encoding },
          owner,
          bytes: bytes.byteLength,
        })
        if ('reading' in answer) return answer.reading
        throw new Error('The reading process gave another kind of answer')
      } catch (error) {
        if (!(error instanceof IsolationFailed)) throw error
        if (error.reason === 'closed') throw refuse('files-busy')
        return refused(inEnglish.say(FAULTS[error.reason]))
      }
    },

    async write(item, owner) {
      const answer = await processes
        .ask({ question: { ask: 'write', item }, owner, bytes: item.length })
        .catch((error: unknown) => {
          // The item stays taken, and the next request completes its story.
          throw error instanceof IsolationFailed ? refuse('files-busy') : error
        })
      if ('changes' in answer) return answer.changes
      throw new Error('The reading process gave another kind of answer')
    },

    close: () => processes.close(),
  }
}
