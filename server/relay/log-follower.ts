/**
 * Keeps up with what the other nodes commit to a story's log. Their messages name the place in the log. A gap is given a
 * moment to fill, since messages overtake each other, and is then read from the log.
 */
import type { Doc } from 'yjs'
import type { Store } from '../store/store.ts'
import { Heard, type Range } from './heard.ts'
import { buildDoc, headOf, type History, type LoggedUpdate, readHistory, readSince } from './history.ts'

/** Where changes go that no message told of. */
export interface Follows {
  /** Takes them one by one. */
  passOn: (rows: readonly LoggedUpdate[]) => void
  /** Takes the whole story, where some of them have been compacted. */
  passOnAll: (doc: Doc) => void
  failed: (error: unknown) => void
}

export class LogFollower {
  readonly #store: Store
  readonly #storyId: string
  readonly #patienceMs: number
  readonly #follows: Follows
  /** How much of the log the synced connections here have been sent. */
  readonly #heard = new Heard()
  /** Runs while a gap may still be filled by a message. */
  #waiting: NodeJS.Timeout | null = null
  #catchingUp: Promise<void> | null = null
  #isBehind = false

  /** `patienceMs`: how long to wait for a message that others have overtaken. */
  constructor(store: Store, storyId: string, patienceMs: number, follows: Follows) {
    this.#store = store
    this.#storyId = storyId
    this.#patienceMs = patienceMs
    this.#follows = follows
  }

  /** The row up to which everything was heard; null until the log has been read. */
  get upTo(): number | null {
    return this.#heard.upTo
  }

  /** This node, or another that sent a message, has committed these rows. */
  take(range: Range): void {
    this.#heard.take(range)
    if (!this.#heard.misses) return
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null
      if (this.#heard.misses) this.#catchUp()
    }, this.#patienceMs)
  }

  /** The log was read; `doc` builds the document of it. */
  read(history: Pick<History, 'rows'> & { snapshot: { seq: number } | null }, doc: () => Doc): void {
    const { upTo } = this.#heard
    if (upTo !== null) {
      if (history.snapshot !== null && history.snapshot.seq > upTo) this.#follows.passOnAll(doc())
      else this.#follows.passOn(history.rows.filter(({ seq }) => seq > upTo))
    }
    this.#heard.read(headOf(history))
  }

  /** The log goes up to this row. */
  headIs(seq: number): void {
    if (this.#heard.upTo !== null && seq > this.#heard.upTo) this.#catchUp()
  }

  /** Forgets the position; the next joiner reads the log from the start. */
  forget(): void {
    this.#heard.forget()
  }

  /** Resolves once nothing is being read. */
  async settled(): Promise<void> {
    await this.#catchingUp
  }

  stop(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting)
  }

  /** Reads what was missed, until there is no more. */
  #catchUp(): void {
    this.#isBehind = true
    this.#catchingUp ??= this.#readMissed().finally(() => (this.#catchingUp = null))
  }

  async #readMissed(): Promise<void> {
    const [store, storyId] = [this.#store, this.#storyId]
    try {
      while (this.#isBehind) {
        this.#isBehind = false
        const { upTo } = this.#heard
        if (upTo === null) return
        const rows = await readSince(store.db, storyId, upTo)
        if (rows === null) {
          const history = await store.read((trx) => readHistory(trx, storyId))
          if (history !== null) this.read(history, () => buildDoc(history))
        } else {
          this.#follows.passOn(rows)
          this.#heard.read(rows.at(-1)?.seq ?? upTo)
        }
      }
    } catch (error) {
      // The next check of the log tries again.
      this.#follows.failed(error)
    }
  }
}
