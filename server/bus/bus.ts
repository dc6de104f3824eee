/**
 * The bus between the newsroom's processes ("nodes"). A message is a hint, never the truth: it may be lost, and code that
 * has to be sure reads the database. So publishing never waits, never fails and never queues without end, and a bus that
 * is down stops no one.
 */
export interface Listener {
  /** Takes another node's message. Messages of one node on one topic arrive in order. Must not throw. */
  message(body: Uint8Array, node: string): void
  /**
   * Messages arrive from now on; earlier ones may have been missed. Called once the subscription is active, and again
   * after each interruption of the bus, however short.
   */
  live(): void
}

export interface Bus {
  /** This node's name, new at each start. */
  readonly node: string
  /** True while messages get through. Also false on a node that is alone. */
  readonly connected: boolean
  /** Sends to all other nodes that listen to the topic. */
  publish(topic: string, body: Uint8Array): void
  /** Returns `unsubscribe()`. */
  subscribe(topic: string, listener: Listener): () => void
  /** Calls `gone` for each node that has said goodbye or has been silent for a while. Returns `unwatch()`. */
  watch(gone: (node: string) => void): () => void
  /** Says goodbye, if the bus can be reached, and ends. */
  close(): Promise<void>
}
