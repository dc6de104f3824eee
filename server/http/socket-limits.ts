/** Limits the open sockets: of one person, the stories a person has open, and from one network address. */
import type { CloseReason } from '#shared/protocol/close-codes.ts'

export const SOCKET_LIMITS = {
  /** Enough for a person with several windows on several computers. */
  perPerson: 100,
  /** Stories that a person has open at once. */
  storiesPerPerson: 50,
  /** A whole newsroom may share one address. */
  perAddress: 10_000,
  /** Refused sockets that are not closed yet, from one address. */
  refusedPerAddress: 200,
}
export type SocketLimitValues = typeof SOCKET_LIMITS

export interface SocketOwner {
  personId: string
  /** As `networkOf` has it. */
  address: string
  /** Null for the live socket. */
  storyId: string | null
}

/** Counts by name. A name with a count of 0 is removed. */
class Counts {
  readonly #counts = new Map<string, number>()

  get size(): number {
    return this.#counts.size
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  add(name: string, by: 1 | -1): void {
    const count = this.of(name) + by
    if (count === 0) this.#counts.delete(name)
    else this.#counts.set(name, count)
  }
}

export class SocketLimits {
  readonly #limits: SocketLimitValues
  readonly #perAddress = new Counts()
  readonly #refused = new Counts()
  readonly #perPerson = new Counts()
  /** By person: how often each story is open. */
  readonly #stories = new Map<string, Counts>()

  constructor(limits: Partial<SocketLimitValues> = {}) {
    this.#limits = { ...SOCKET_LIMITS, ...limits }
  }

  /** Counts in a socket that is only told why it is refused. Returns `leave()`; null when there are too many. */
  enterRefused(address: string): (() => void) | null {
    if (this.#refused.of(address) >= this.#limits.refusedPerAddress) return null
    this.#refused.add(address, 1)
    return () => this.#refused.add(address, -1)
  }

  /** Counts a socket in. Returns `leave()`, or the reason why it may not be opened. */
  enter({ personId, address, storyId }: SocketOwner): (() => void) | CloseReason {
    const stories = this.#stories.get(personId) ?? new Counts()
    if (this.#perAddress.of(address) >= this.#limits.perAddress) return 'tooManyFromAddress'
    if (this.#perPerson.of(personId) >= this.#limits.perPerson) return 'tooManyConnections'
    if (storyId !== null && stories.of(storyId) === 0 && stories.size >= this.#limits.storiesPerPerson) {
      return 'tooManyStories'
    }
    const count = (by: 1 | -1) => {
      this.#perAddress.add(address, by)
      this.#perPerson.add(personId, by)
      if (storyId !== null) stories.add(storyId, by)
      if (stories.size > 0) this.#stories.set(personId, stories)
      else if (this.#stories.get(personId) === stories) this.#stories.delete(personId)
    }
    count(1)
    return () => count(-1)
  }
}
