/**
 * The log's writer. Changes that arrive while one batch is being written, and for a moment after it, go together in the
 * next: one commit for all rooms, so the disk limits how often the log is written, not how much. A lone change is
 * committed at once.
 */
import type { Appended, NewLogRow, Store } from '../store/store.ts'
import type { RelayMeter } from './meter.ts'

/** The rows of one story in a batch, and the promise of their commit. */
interface Entry {
  rows: NewLogRow[]
  stored: PromiseWithResolvers<void>
}
type Batch = Map<string, Entry>

/** Called with each story's part of a commit, before the promises of its appends resolve. */
export type OnCommitted = (storyId: string, rows: readonly NewLogRow[], where: Appended) => void

export class LogWriter {
  readonly #store: Store
  readonly #intervalMs: number
  readonly #committed: OnCommitted
  readonly #meter: RelayMeter | null
  #gathering: Batch = new Map()
  #writing = false
  /** When the newest commit began, in milliseconds of the process. */
  #began = -Infinity
  #healthy = true

  /** `intervalMs`: the least time between the starts of two commits. */
  constructor(store: Store, committed: OnCommitted = () => {}, meter: RelayMeter | null = null, intervalMs = 0) {
    this.#store = store
    this.#intervalMs = intervalMs
    this.#committed = committed
    this.#meter = meter
  }

  /** False from a failed write until one succeeds. */
  get healthy(): boolean {
    return this.#healthy
  }

  /**
   * Appends a Yjs V1 update to a story's log. Resolves once it is committed, and rejects when that fails. The promises of
   * one story settle in the order of the appends.
   */
  append(storyId: string, personId: string, bytes: Uint8Array): Promise<void> {
    let entry = this.#gathering.get(storyId)
    if (entry === undefined) this.#gathering.set(storyId, (entry = { rows: [], stored: Promise.withResolvers() }))
    entry.rows.push({ story_id: storyId, person_id: personId, bytes, at: Date.now() })
    if (!this.#writing) {
      this.#writing = true
      // After everything that this tick brings.
      setImmediate(() => void this.#writeAll())
    }
    return entry.stored.promise
  }

  async #writeAll(): Promise<void> {
    while (this.#gathering.size > 0) {
      const wait = this.#began + this.#intervalMs - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      this.#began = performance.now()
      const batch = this.#gathering
      this.#gathering = new Map()
      this.#healthy = await this.#write(batch)
    }
    this.#writing = false
  }

  /** Resolves to whether all of it was stored. Where the store refuses a batch, each story is written by itself. */
  async #write(batch: Batch): Promise<boolean> {
    try {
      const rows = [...batch.values()].flatMap((entry) => entry.rows)
      const began = performance.now()
      const appended = await this.#store.append(rows)
      this.#meter?.committed(rows.length, (performance.now() - began) / 1000)
      for (const [storyId, { rows, stored }] of batch) {
        const where = appended.get(storyId)
        if (where !== undefined) this.#committed(storyId, rows, where)
        stored.resolve()
      }
      return true
    } catch (error) {
      if (batch.size === 1) {
        if (this.#meter !== null) this.#meter.appendFailures++
        for (const { stored } of batch.values()) stored.reject(error)
      } else for (const [storyId, entry] of batch) await this.#write(new Map([[storyId, entry]]))
      return false
    }
  }
}
