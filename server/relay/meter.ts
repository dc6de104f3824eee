import type { CloseReason } from '#shared/protocol/close-codes.ts'
import type { Message } from './messages.ts'
import type { Framed } from './wire.ts'

/** What the relay has done, in plain numbers that only grow. Counting a frame allocates nothing. */
export class RelayMeter {
  /** Frames with changes that clients sent. */
  updatesReceived = 0
  /** Changes that were committed. */
  updatesStored = 0
  /** Frames with changes that were sent, one for each receiver. Changes that go out together are one frame. */
  updatesForwarded = 0
  presenceReceived = 0
  /** Frames with presence that were sent, one for each receiver. */
  presenceSent = 0
  bytesReceived = 0
  bytesSent = 0
  /** How often changes of a story could not be committed. */
  appendFailures = 0
  /** How often a story could not be loaded for a connection. */
  loadFailures = 0
  compactions = 0
  compactionFailures = 0
  /** Connections that the relay closed, by reason. */
  readonly closed = new Map<CloseReason, number>()
  /** Called with each commit of the log: its number of changes, and how long it took in seconds. */
  onCommit: (updates: number, seconds: number) => void = () => {}

  received(message: Message, bytes: number): void {
    this.bytesReceived += bytes
    if (message.type === 'changes') this.updatesReceived++
    else if (message.type === 'presence') this.presenceReceived++
  }

  sent({ bytes, updates, presence }: Framed): void {
    this.bytesSent += bytes.byteLength
    this.updatesForwarded += updates
    this.presenceSent += presence
  }

  committed(updates: number, seconds: number): void {
    this.updatesStored += updates
    this.onCommit(updates, seconds)
  }

  closing(reason: CloseReason): void {
    this.closed.set(reason, (this.closed.get(reason) ?? 0) + 1)
  }
}
