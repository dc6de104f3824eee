import type { Store } from '../store/store.ts'
import { compact, type Compactor } from './compaction.ts'
import type { Limits } from './limits.ts'
import type { RelayMeter } from './meter.ts'
import type { RelayLog } from './relay-log.ts'

export interface LogGrowthOptions {
  store: Store
  compactor: Compactor
  limits: Limits
  log: RelayLog
  meter: RelayMeter
}

/** Counts the rows of a story's log that no snapshot covers, and compacts them once they are many. */
export class LogGrowth {
  readonly #storyId: string
  readonly #options: LogGrowthOptions
  #rows = 0
  #compaction: Promise<void> | null = null

  constructor(storyId: string, options: LogGrowthOptions) {
    this.#storyId = storyId
    this.#options = options
  }

  /** The log was read and has so many rows. */
  read(rows: number): void {
    this.#rows = rows
  }

  /** A row of this node's was committed. */
  stored(): void {
    this.#rows++
    this.#compactBeyond(this.#options.limits.compactRows)
  }

  /** Other nodes committed so many rows. They see to their compaction. */
  storedElsewhere(rows: number): void {
    this.#rows += rows
  }

  /** Compacts what is worth it now that the room is empty. Resolves once no compaction is under way. */
  async compactAtUnload(): Promise<void> {
    this.#compactBeyond(this.#options.limits.compactRowsAtUnload)
    await this.settled()
  }

  /** Resolves once no compaction is under way. */
  async settled(): Promise<void> {
    await this.#compaction
  }

  #compactBeyond(rows: number): void {
    if (this.#rows > rows) this.#compaction ??= this.#compact().finally(() => (this.#compaction = null))
  }

  async #compact(): Promise<void> {
    const { store, compactor, log, meter } = this.#options
    const rows = this.#rows
    // Whether or not it succeeds, the next attempt waits for as many rows again.
    this.#rows = 0
    try {
      await compact(store, this.#storyId, compactor)
      meter.compactions++
    } catch (error) {
      meter.compactionFailures++
      log.error({ storyId: this.#storyId, rows, error }, 'A story could not be compacted; its log is kept as it is')
    }
  }
}
