/** What the relay puts up with, and how often it does what it does in the background. All of it in one place. */
export const LIMITS = {
  /** The largest frame a client may send, in bytes. The socket server's `maxPayload` is to be above it. */
  frameBytes: 8 * 1024 * 1024,
  /** What may wait in a socket for its reader, in bytes; past it the reader is told to synchronise anew. */
  bufferedBytes: 16 * 1024 * 1024,
  /** Frames of one connection, of any kind: in the long run, per second, and at once. Past it, it is read more slowly. */
  framesPerSecond: 1000,
  framesAtOnce: 5000,
  /** Bytes of one connection in the same way. */
  bytesPerSecond: 4 * 1024 * 1024,
  bytesAtOnce: 32 * 1024 * 1024,
  /** How long a connection may keep the relay from reading it at its own pace; then it is closed. */
  tooFastMs: 60_000,
  /** What a connection may send that builds on changes which nobody has, in bytes: it is kept, and waits for them. */
  pendingBytes: 1024 * 1024,
  /** What of one connection may wait for its commit, in bytes; past it the relay stops reading from it for a while. */
  unstoredBytes: 4 * 1024 * 1024,
  /** How long a client may take over the closing handshake. */
  closeMs: 2000,
  /** A client that answers no ping between two of these is taken to be dead. Below the 30 s after which y-websocket gives up a silent relay. */
  heartbeatMs: 15_000,
  /** How long changes that were on their way when their sender lost the right to write are let pass unanswered. */
  rightsGraceMs: 5000,
  /** Presence is sent at most this often in a room. */
  presenceMs: 30,
  /** As {@link LIMITS.presenceMs}, to the other nodes. */
  presenceToNodesMs: 100,
  /** The longest state that a client may show of itself, in characters of JSON. */
  presenceLength: 16_384,
  /** How many Yjs clients that are gone a room keeps the clocks of. */
  presenceGone: 1000,
  /** How many Yjs clients one connection may ever speak for: itself, and those it was before. */
  presenceClients: 8,
  /** Changes under another person's Yjs client that a connection may send before it is closed. The last one closes it. */
  forgeries: 3,
  /**
   * From one round of writes to a room's people to the next it is so long for each of them that was written to, and at
   * most so long. A write takes some hundredth of a millisecond, so that one room's writes take a twentieth of the
   * relay's time while its people are not too many.
   */
  gatherMsPerReader: 0.25,
  gatherMs: 11,
  /**
   * The least time from the beginning of one commit of the log to that of the next. A commit takes half a millisecond of
   * processor and three pages of disk however little is in it, and nobody sees whether "saved" comes so much sooner.
   */
  commitMs: 50,
  /** Updates that go out together and are merged into one frame; more make several frames, since merging many is slow. */
  mergedUpdates: 64,
  /** How long a story is kept at hand as it was read, where several come at once. */
  openedMs: 1000,
  /** Rows of a story after which it is compacted: so many take some 4 ms of whoever opens it. */
  compactRows: 2000,
  /** Rows that are worth compacting once the last has left. */
  compactRowsAtUnload: 50,
  /** The largest message to the other nodes, in bytes of updates; of larger ones they are told to read the log. */
  nodeMessageBytes: 512 * 1024,
  /** How long to wait for a message that others have overtaken, before the log is read. */
  overtakenMs: 200,
  /** How often the log is looked into for what the bus may have lost; and how often while the bus is interrupted. */
  lookAgainMs: 10_000,
  lookAgainAloneMs: 1000,
  /** How long changes are gathered before `onStored` is called, and the least time between two calls for one story. */
  storedMs: 1000,
  storedAgainMs: 3000,
}

export type Limits = typeof LIMITS
