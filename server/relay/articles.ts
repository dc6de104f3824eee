/**
 * Reads what stories say while they are being written, for the queue and other places outside the story. Building a
 * document for each read would cost more than all the rest of the relay's work, so the replay thread keeps documents and
 * is sent only the rows that were added since.
 */
import type { Article } from '#shared/article/article.ts'
import type { Store } from '../store/store.ts'
import { headOf, readHistory, readSince } from './history.ts'
import type { ReplayThread } from './replay-thread.ts'

/** Documents kept at a time: about half a megabyte each for a long story. */
const MOST_KEPT = 128

export class Articles {
  readonly #store: Store
  readonly #thread: Pick<ReplayThread, 'read' | 'readOn' | 'forget'>
  readonly #mostKept: number
  /** The newest row in each story's kept document. The story read last is last. */
  readonly #heads = new Map<string, number>()

  /** `mostKept`: how many documents the thread keeps at a time. */
  constructor(store: Store, thread: Pick<ReplayThread, 'read' | 'readOn' | 'forget'>, mostKept = MOST_KEPT) {
    this.#store = store
    this.#thread = thread
    this.#mostKept = mostKept
  }

  /** Resolves to what is committed of a story. Rejects when there is no such story or it cannot be read. */
  async read(storyId: string): Promise<Article> {
    return (await this.#readOn(storyId)) ?? (await this.#readWhole(storyId))
  }

  /** Drops a story's document: it is no longer being written. */
  forget(storyId: string): void {
    if (this.#heads.delete(storyId)) this.#thread.forget(storyId)
  }

  /** Resolves to null where the story has to be read from the start. */
  async #readOn(storyId: string): Promise<Article | null> {
    const head = this.#heads.get(storyId)
    if (head === undefined) return null
    const rows = await readSince(this.#store.db, storyId, head)
    if (rows === null) return null
    try {
      const article = await this.#thread.readOn(storyId, rows)
      this.#keep(storyId, rows.at(-1)?.seq ?? head)
      return article
    } catch {
      // The thread was restarted, or cannot read a row. Reading the whole story tells which.
      return null
    }
  }

  async #readWhole(storyId: string): Promise<Article> {
    const history = await this.#store.read((trx) => readHistory(trx, storyId))
    if (history === null) throw new Error(`There is no story ${storyId}`)
    try {
      const article = await this.#thread.read(storyId, history)
      this.#keep(storyId, headOf(history))
      return article
    } catch (error) {
      this.#heads.delete(storyId)
      throw error
    }
  }

  #keep(storyId: string, head: number): void {
    this.#heads.delete(storyId)
    this.#heads.set(storyId, head)
    const [oldest] = this.#heads.keys()
    if (this.#heads.size > this.#mostKept && oldest !== undefined) this.forget(oldest)
  }
}
