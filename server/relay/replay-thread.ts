/**
 * Replays logs in a thread of its own, so that long work keeps no socket waiting. The thread starts when it is first
 * needed, and again after it failed.
 */
import { Worker } from 'node:worker_threads'
import type { Article } from '#shared/article/article.ts'
import type { Compacted } from './compact-history.ts'
import type { History } from './history.ts'
import type { PackedHistory, ReplayAnswer, ReplayQuestion, ReplayRequest } from './replay-worker.ts'

type Answer = Exclude<ReplayAnswer, { error: string }>

/** The thread ended with requests unanswered: it ran out of memory, or was stopped. */
export class ReplayThreadFailed extends Error {
  override readonly name = 'ReplayThreadFailed'
}

export class ReplayThread {
  readonly #script: URL
  readonly #asked = new Map<number, PromiseWithResolvers<Answer>>()
  #worker: Worker | null = null
  #lastId = 0

  constructor(script = new URL('./replay-worker.ts', import.meta.url)) {
    this.#script = script
  }

  /** See `compactHistory`. Rejects with a {@link ReplayThreadFailed} when the thread ends before it is done. */
  compact = async (history: History): Promise<Compacted> => {
    const answer = await this.#ask({ ask: 'compact', history: pack(history) })
    if ('compacted' in answer) return answer.compacted
    throw new Error('The replay thread gave another kind of answer')
  }

  /** Resolves to what a story says. The thread keeps its document for {@link readOn}, until `forget`. */
  read(storyId: string, history: History): Promise<Article> {
    return this.#read({ ask: 'read', storyId, history: pack(history) })
  }

  /** Resolves to what the story says with these newer rows. Rejects when the thread has no document of it. */
  readOn(storyId: string, rows: History['rows']): Promise<Article> {
    return this.#read({ ask: 'read-on', storyId, history: pack({ snapshot: null, rows }) })
  }

  forget(storyId: string): void {
    this.#worker?.postMessage({ ask: 'forget', storyId } satisfies ReplayRequest)
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  async #read(question: ReplayQuestion): Promise<Article> {
    const answer = await this.#ask(question)
    if ('article' in answer) return answer.article
    throw new Error('The replay thread gave another kind of answer')
  }

  #ask(question: ReplayQuestion): Promise<Answer> {
    const worker = (this.#worker ??= this.#start())
    const id = ++this.#lastId
    const asked = Promise.withResolvers<Answer>()
    this.#asked.set(id, asked)
    const request: ReplayRequest = { id, ...question }
    worker.postMessage(request, [question.history.bytes.buffer as ArrayBuffer])
    return asked.promise
  }

  #start(): Worker {
    const worker = new Worker(this.#script, {
      // Without the flags of the process, some of which are not for threads.
      execArgv: [],
      // Documents are short-lived: the default young generation would let 100 MB of them pile up.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    })
    worker.unref()
    worker.on('message', (answer: ReplayAnswer) => {
      const asked = this.#asked.get(answer.id)
      this.#asked.delete(answer.id)
      if ('error' in answer) asked?.reject(new Error(answer.error))
      else asked?.resolve(answer)
    })
    worker.on('error', (error) => this.#end(worker, error))
    worker.on('exit', () => this.#end(worker, null))
    return worker
  }

  #end(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const asked = [...this.#asked.values()]
    this.#asked.clear()
    const failure = new ReplayThreadFailed('The replay thread ended before it was done', { cause })
    for (const { reject } of asked) reject(failure)
  }
}

function pack({ snapshot, rows }: History): PackedHistory {
  let length = 0
  const ends = rows.map(({ bytes }) => (length += bytes.byteLength))
  const bytes = new Uint8Array(length)
  for (const [index, row] of rows.entries()) bytes.set(row.bytes, ends[index - 1] ?? 0)
  return {
    // A view would be cloned with its whole buffer.
    snapshot: snapshot === null ? null : { seq: snapshot.seq, bytes: new Uint8Array(snapshot.bytes) },
    seqs: rows.map(({ seq }) => seq),
    people: rows.map(({ person_id }) => person_id),
    times: rows.map(({ at }) => at),
    bytes,
    ends,
  }
}
