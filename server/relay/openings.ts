/**
 * A story that is read from its log for those who come. Whoever comes while it is being read, or soon after others, is
 * given what they are given, and with it what was forwarded meanwhile.
 */
import type { Opening } from './history.ts'
import { Opened } from './opened.ts'

interface Reading {
  opened: Promise<Opened>
  /** How many have waited for it. */
  asked: number
  /** What is forwarded meanwhile. */
  add: (update: Uint8Array) => void
  /** Set once it was read: whether there is nothing in the log that it lacks. */
  isCurrent: (() => Promise<boolean>) | null
  /** Set once it was read. */
  timer: NodeJS.Timeout | null
}

/** What openings need to know of their story. */
export interface Openable {
  /** Rejects where it cannot be read. */
  read: () => Promise<Opening>
  /** It was read, and whoever comes next is given it. */
  wasRead: (opening: Opening, opened: Opened) => void
  /** Whether everything that is in the log has been read, or forwarded since. */
  isAllHeard: () => Promise<boolean>
}

export class Openings {
  readonly #story: Openable
  readonly #keptMs: number
  #reading: Reading | null = null

  /** `keptMs`: how long what several have waited for is kept at hand. */
  constructor(story: Openable, keptMs: number) {
    this.#story = story
    this.#keptMs = keptMs
  }

  /** Whether a story is being read, or at hand: then what is forwarded is to be added. */
  get isOpen(): boolean {
    return this.#reading !== null
  }

  /** The story as it is. Once it is not the latest, what has been forwarded may be missing in it, or never get into the log. */
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

  /** Whoever comes next is given what is read then. */
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

/** Asks once for all who want to know at the same time. */
function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null
  return () => (asking ??= ask().finally(() => (asking = null)))
}
