/**
 * The log's writer. Whatever arrives while one batch is on its way to the disk goes there together in the next: one
 * commit for all rooms, so that the disk's pace bounds how often the log is written and not how much.
 */
import type { Store } from '../store/store.ts'
import { LIMITS } from './limits.ts'
import type { RelayMeter } from './meter.ts'

interface NewRow {
  story_id: string
  person_id: string
  bytes: Uint8Array
  at: number
}

/** The rows of one story in a batch, and the promise of their commit. */
interface Entry {
  rows: NewRow[]
  stored: PromiseWithResolvers<void>
}
type Batch = Map<string, Entry>

export class LogWriter {
  readonly #store: Store
  readonly #meter: RelayMeter | null
  #gathering: Batch = new Map()
  #writing = false
  #healthy = true

  constructor(store: Store, meter: RelayMeter | null = null) {
    this.#store = store
    this.#meter = meter
  }

  /** False from a write that failed until one that succeeds. */
  get healthy(): boolean {
    return this.#healthy
  }

  /**
   * Appends a Yjs V1 update to a story's log. Resolves once it is committed, and rejects when it was not. The promises
   * of one story settle in the order of the appends.
   */
  append(storyId: string, personId: string, bytes: Uint8Array): Promise<void> {
    let entry = this.#gathering.get(storyId)
    if (entry === undefined) this.#gathering.set(storyId, (entry = { rows: [], stored: Promise.withResolvers() }))
    entry.rows.push({ story_id: storyId, person_id: personId, bytes, at: Date.now() })
    if (!this.#writing) {
      this.#writing = true
      // After all that this tick brings.
      setImmediate(() => void this.#writeAll())
    }
    return entry.stored.promise
  }

  async #writeAll(): Promise<void> {
    while (this.#gathering.size > 0) {
      const batch = this.#gathering
      this.#gathering = new Map()
      this.#healthy = await this.#write(batch)
    }
    this.#writing = false
  }

  /** Whether all of it was stored. A story whose rows are refused keeps no other story from being stored. */
  async #write(batch: Batch): Promise<boolean> {
    try {
      const rows = [...batch.values()].flatMap((entry) => entry.rows)
      const began = performance.now()
      await this.#insert(rows)
      this.#meter?.committed(rows.length, (performance.now() - began) / 1000)
      for (const { stored } of batch.values()) stored.resolve()
      return true
    } catch (error) {
      if (batch.size === 1) {
        if (this.#meter !== null) this.#meter.appendFailures++
        for (const { stored } of batch.values()) stored.reject(error)
      } else for (const [storyId, entry] of batch) await this.#write(new Map([[storyId, entry]]))
      return false
    }
  }

  async #insert(rows: readonly NewRow[]): Promise<void> {
    const { db } = this.#store
    if (rows.length <= LIMITS.insertRows) {
      await db.insertInto('log').values(rows).execute()
      return
    }
    await db.transaction().execute(async (trx) => {
      for (let at = 0; at < rows.length; at += LIMITS.insertRows) {
        await trx
          .insertInto('log')
          .values(rows.slice(at, at + LIMITS.insertRows))
          .execute()
      }
    })
  }
}
