/**
 * Reads a story from its log for those who join. People who join while it is being read, or soon after others, share that
 * read, with everything forwarded since.
 */
import type { Opening } from './history.ts'
import { Opened } from './opened.ts'

interface Reading {
  opened: Promise<Opened>
  /** How many have asked for it. */
  asked: number
  /** Adds what is forwarded meanwhile. */
  add: (update: Uint8Array) => void
  /** Resolves to whether the read lacks nothing that is in the log; null until it is done. */
  isCurrent: (() => Promise<boolean>) | null
  /** Runs while the read stays cached. */
  timer: NodeJS.Timeout | null
}

/** The story, as openings need it. */
export interface Openable {
  /** Reads the story. Rejects when that fails. */
  read: () => Promise<Opening>
  /** Called once the story was read, before anyone is answered from it. */
  wasRead: (opening: Opening, opened: Opened) => void
  /** Resolves to whether everything in the log has been read, or forwarded since. */
  isAllHeard: () => Promise<boolean>
}

export class Openings {
  readonly #story: Openable
  readonly #keptMs: number
  #reading: Reading | null = null

  /** `keptMs`: how long a shared read stays cached. */
  constructor(story: Openable, keptMs: number) {
    this.#story = story
    this.#keptMs = keptMs
  }

  /** Whether the story is being read or cached, so that what is forwarded has to be added. */
  get isOpen(): boolean {
    return this.#reading !== null
  }

  /** Resolves to the story. Once that is not the latest read, it may lack what was forwarded, or have what never got into the log. */
  async open(): Promise<{ opened: Opened; isLatest: () => boolean }> {
    for (;;) {
      const reading = (this.#reading ??= this.#read())
      reading.asked++
      const { isCurrent } = reading
      if (isCurrent === null || (await isCurrent())) {
        return { opened: await reading.opened, isLatest: () => this.#reading === reading }
      }
      this.#drop(reading)
    }
  }

  add(update: Uint8Array): void {
    this.#reading?.add(update)
  }

  /** Drops the read: those who join next read the story again. */
  forget(): void {
    if (this.#reading !== null) this.#drop(this.#reading)
  }

  /** Resolves once nothing is being read. */
  async settled(): Promise<void> {
    await this.#reading?.opened.catch(() => {})
  }

  #read(): Reading {
    const since: Uint8Array[] = []
    const reading: Reading = {
      opened: new Promise(() => {}),
      asked: 0,
      add: (update) => since.push(update),
      isCurrent: null,
      timer: null,
    }
    reading.opened = this.#readFor(reading, since).catch((error: unknown) => {
      this.#drop(reading)
      throw error
    })
    return reading
  }

  async #readFor(reading: Reading, since: Uint8Array[]): Promise<Opened> {
    const opening = await this.#story.read()
    const opened = new Opened(opening, since)
    reading.add = (update) => opened.add(update)
    if (this.#reading !== reading) return opened
    this.#story.wasRead(opening, opened)
    reading.isCurrent = sharing(async () => (await this.#story.isAllHeard()) && this.#reading === reading)
    reading.timer = setTimeout(() => this.#drop(reading), reading.asked > 1 ? this.#keptMs : 0)
    return opened
  }

  #drop(reading: Reading): void {
    if (reading.timer !== null) clearTimeout(reading.timer)
    if (this.#reading === reading) this.#reading = null
  }
}

/** Shares one call among all who ask at the same time. */
function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null
  return () => (asking ??= ask().finally(() => (asking = null)))
}
