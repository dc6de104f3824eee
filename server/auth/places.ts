/** The passwords that are checked at once. Each costs 19 MiB and a processor for some 20 ms. */
const MOST_AT_ONCE = 32
/** Places that only people from networks they have signed in from before can take. */
const KEPT = 8
/** Places that one other network can take. */
const MOST_PER_NETWORK = 16

export class Places {
  #taken = 0
  readonly #byNetwork = new Map<string, number>()

  /** Takes a place. Returns `leave()`; null when there is none. */
  take(network: string, known: boolean): (() => void) | null {
    const here = this.#byNetwork.get(network) ?? 0
    if (known ? this.#taken >= MOST_AT_ONCE : this.#taken >= MOST_AT_ONCE - KEPT || here >= MOST_PER_NETWORK)
      return null
    this.#count(network, 1)
    return () => this.#count(network, -1)
  }

  #count(network: string, by: 1 | -1): void {
    this.#taken += by
    const here = (this.#byNetwork.get(network) ?? 0) + by
    if (here === 0) this.#byNetwork.delete(network)
    else this.#byNetwork.set(network, here)
  }
}
