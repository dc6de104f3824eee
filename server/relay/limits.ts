/** The relay's limits, and the intervals of its background work. */
export const LIMITS = {
  /** The largest frame a client may send, in bytes. The socket server's `maxPayload` has to be above it. */
  frameBytes: 8 * 1024 * 1024,
  /** What may wait in a socket for its reader, in bytes. Beyond it the connection is closed, to synchronise again. */
  bufferedBytes: 16 * 1024 * 1024,
  /** Frames of any kind from one connection: per second in the long run, and at once. Beyond it, it is read more slowly. */
  framesPerSecond: 1000,
  framesAtOnce: 5000,
  /** The same in bytes. */
  bytesPerSecond: 4 * 1024 * 1024,
  bytesAtOnce: 32 * 1024 * 1024,
  /** How long a connection may send too fast without a pause before it is closed. */
  tooFastMs: 60_000,
  /** What a connection may send that builds on changes which the relay lacks, in bytes. It is kept until they arrive. */
  pendingBytes: 1024 * 1024,
  /** What of one connection may wait for its commit, in bytes. Beyond it the relay stops reading from it for a while. */
  unstoredBytes: 4 * 1024 * 1024,
  /** How long a client may take over the closing handshake. */
  closeMs: 2000,
  /** A client that answers no ping between two of these is taken for dead. Below the 30 s after which y-websocket gives up a silent relay. */
  heartbeatMs: 15_000,
  /** How long after losing the right to write a client's changes count as having been on their way. */
  rightsGraceMs: 5000,
  /** Presence is sent at most this often in a room. */
  presenceMs: 30,
  /** As {@link LIMITS.presenceMs}, to the other nodes. */
  presenceToNodesMs: 100,
  /** The longest presence state of a client, in characters of JSON. */
  presenceLength: 16_384,
  /** How many absent Yjs clients a room keeps the clocks of. */
  presenceGone: 1000,
  /** How many Yjs clients one connection may ever show: itself, and those it was before. */
  presenceClients: 8,
  /** Changes under another person's Yjs client that a connection may send before it is closed. The last one closes it. */
  forgeries: 3,
  /**
   * The time between two rounds of writes to a room's people: this much for each person written to, up to `gatherMs`. A
   * write takes some hundredth of a millisecond, so a room's writes take a twentieth of the relay's time unless it is
   * very full.
   */
  gatherMsPerReader: 0.25,
  gatherMs: 11,
  /**
   * The least time between the starts of two commits of the log. Even a small commit takes half a millisecond of
   * processor and three pages of disk, and people do not notice whether "saved" comes that much sooner.
   */
  commitMs: 50,
  /** Updates merged into one frame. More make several frames, since merging many is slow. */
  mergedUpdates: 64,
  /** How long a shared read stays cached. */
  openedMs: 1000,
  /** Rows after which a story is compacted: reading them adds some 4 ms to opening it. */
  compactRows: 2000,
  /** Rows worth compacting once the room is empty. */
  compactRowsAtUnload: 50,
  /** The largest message to the other nodes, in bytes of updates. Instead of a larger one they are told to read the log. */
  nodeMessageBytes: 512 * 1024,
  /** How long to wait for a message that others have overtaken before reading the log. */
  overtakenMs: 200,
  /** How often the log is checked for what the bus may have lost; and how often while the bus is down. */
  logCheckMs: 10_000,
  logCheckAloneMs: 1000,
  /** How long changes are gathered before `onStored` is called, and the least time between two calls for a story. */
  storedMs: 1000,
  storedAgainMs: 3000,
}

export type Limits = typeof LIMITS
