/**
 * What stories say while they are written, for those who show it elsewhere than in the story. To build a document each
 * time would take longer than all that the relay does for whoever writes: so the thread that plays logs keeps it, and is
 * given the rows that came since.
 */
import type { Article } from '#shared/article/article.ts'
import type { Store } from '../store/store.ts'
import { headOf, readHistory, readSince } from './history.ts'
import type { ReplayThread } from './replay-thread.ts'

/** Documents kept at a time: some half a megabyte each for a long story. */
const MOST_KEPT = 128

export class Articles {
  readonly #store: Store
  readonly #thread: Pick<ReplayThread, 'read' | 'readOn' | 'forget'>
  readonly #mostKept: number
  /** By story whose document is kept: the row up to which it goes. Whoever was read last is last. */
  readonly #heads = new Map<string, number>()

  /** `mostKept`: how many documents are kept at a time. */
  constructor(store: Store, thread: Pick<ReplayThread, 'read' | 'readOn' | 'forget'>, mostKept = MOST_KEPT) {
    this.#store = store
    this.#thread = thread
    this.#mostKept = mostKept
  }

  /** What is committed of a story. Rejects when there is no such story, or when it cannot be read. */
  async read(storyId: string): Promise<Article> {
    return (await this.#readOn(storyId)) ?? (await this.#readWhole(storyId))
  }

  /** It is not written in any more. */
  forget(storyId: string): void {
    if (this.#heads.delete(storyId)) this.#thread.forget(storyId)
  }

  /** Null where it has to be read from the beginning. */
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
      // The thread was started anew meanwhile, or cannot read a row: then the whole says which.
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
