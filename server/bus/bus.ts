/**
 * The bus: what the newsroom's processes ("nodes") tell each other while it is news. It is a hint and never the truth:
 * a message may be lost, and whoever needs to know looks into the database. So publishing never waits, never fails and
 * never queues without end, and a bus that is down stops nobody.
 */
export interface Listener {
  /** Another node's message. What one node publishes under a topic comes in its order. May not throw. */
  message(body: Uint8Array, node: string): void
  /**
   * From now on messages come; those published before may have been missed. Called once the subscription stands, and
   * again after each interruption of the bus, however short.
   */
  live(): void
}

export interface Bus {
  /** This node's name: a new one at each start. */
  readonly node: string
  /** Whether messages go through at this moment; false too where there is nobody who could hear them. */
  readonly connected: boolean
  /** Sends to all other nodes that listen to the topic, or to none. */
  publish(topic: string, body: Uint8Array): void
  /** Returns what ends it. */
  subscribe(topic: string, listener: Listener): () => void
  /** Calls `gone` for each node that has said goodbye or has not been heard of for a while. Returns what ends it. */
  watch(gone: (node: string) => void): () => void
  /** Says goodbye, as far as the bus can be reached, and ends. */
  close(): Promise<void>
}
