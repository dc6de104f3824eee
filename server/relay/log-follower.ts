/**
 * Keeps up with what the other nodes commit to a story's log. Their messages say where in the log it stands: what is
 * missing in between is waited for, since messages overtake each other, and then read from the log.
 */
import type { Doc } from 'yjs'
import type { Store } from '../store/store.ts'
import { Heard, type Range } from './heard.ts'
import { buildDoc, headOf, type History, type LoggedUpdate, readHistory, readSince } from './history.ts'

/** What becomes of changes that nobody has told of. */
export interface Follows {
  /** One by one. */
  passOn: (rows: readonly LoggedUpdate[]) => void
  /** All that there is, where some of them are compacted away. */
  passOnAll: (doc: Doc) => void
  failed: (error: unknown) => void
}

export class LogFollower {
  readonly #store: Store
  readonly #storyId: string
  readonly #patienceMs: number
  readonly #follows: Follows
  /** How much of the log those who are synced here have been sent. */
  readonly #heard = new Heard()
  /** A message that others have overtaken is waited for. */
  #waiting: NodeJS.Timeout | null = null
  #catchingUp: Promise<void> | null = null
  #isBehind = false

  /** `patienceMs`: how long a message is waited for that others have overtaken. */
  constructor(store: Store, storyId: string, patienceMs: number, follows: Follows) {
    this.#store = store
    this.#storyId = storyId
    this.#patienceMs = patienceMs
    this.#follows = follows
  }

  /** Everything up to this row was heard; null until the log has been read. */
  get upTo(): number | null {
    return this.#heard.upTo
  }

  /** Changes were committed here, or told of by another node. */
  take(range: Range): void {
    this.#heard.take(range)
    if (!this.#heard.misses) return
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null
      if (this.#heard.misses) this.#catchUp()
    }, this.#patienceMs)
  }

  /** The log was read; `doc` gives what it says as a whole. */
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

  /** Nobody here is to be told of anything any more: the log is read anew for who comes next. */
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
      // It is tried again when the log is next looked into.
      this.#follows.failed(error)
    }
  }
}
