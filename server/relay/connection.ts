import type { RawData, WebSocket } from 'ws'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import { encodeAcknowledge, encodeRights } from '#shared/protocol/frames.ts'
import type { Person } from '#shared/story/story.ts'
import { allows, STORY_PARTS, type StoryPart, type WriteRights } from '#shared/story/workflow.ts'
import type { Limits } from './limits.ts'
import { encodePresence, readMessage, type Message } from './messages.ts'
import { TokenBucket } from './rate.ts'
import type { RelayMeter } from './meter.ts'
import { framed, type Framed, type Wire } from './wire.ts'

/** How many questions of one connection may be answered at once; each counts for its part of the bytes that may come at once. */
const ANSWERS_AT_ONCE = 32

/** Who joins a story, and as what. */
export interface Member {
  person: Person
  mayWrite: WriteRights
  /** Whether it understands Galley's own messages: acknowledgements and rights. */
  galley: boolean
  /** Whether it writes documents in an older format: then it may only read, whatever its person may. */
  isOutdated: boolean
}

/** What a connection tells its room. */
export interface ConnectionListener {
  received(connection: Connection, message: Message): void
  /** Once, whoever ended it; nothing is received afterwards. */
  left(connection: Connection): void
}

/** One socket in one story: reads and checks what comes, and bounds what waits to go out. */
export class Connection {
  readonly person: Person
  /** Whether it has had its first sync answer, and so gets live frames. */
  synced = false
  /** Whether a sync step 1 of its is being answered. */
  answering = false
  /** Change-carrying frames that were received. */
  received = 0
  readonly #socket: WebSocket
  readonly #wire: Wire
  readonly #galley: boolean
  readonly #listener: ConnectionListener
  readonly #limits: Limits
  readonly #meter: RelayMeter
  readonly #isOutdated: boolean
  #rights: WriteRights
  /** When it lost a right to write, in milliseconds; a connection that never had it never lost it. */
  #mayNotWriteSince = -Infinity
  /**
   * The count of the first frame whose changes were let pass because it may not write. An acknowledgement of a later one
   * would cover it.
   */
  #withheldFrom = Infinity
  #forgeries = 0
  #pendingBytes = 0
  readonly #frameRate: TokenBucket
  readonly #byteRate: TokenBucket
  /** Since when it has been sending faster than it may, in milliseconds of the process; null while it has not. */
  #tooFastSince: number | null = null
  #rateTimer: NodeJS.Timeout | null = null
  /** Why nothing is read from it at the moment. */
  readonly #waitsFor = new Set<'story' | 'disk' | 'pace'>()
  #durable = 0
  #unstoredBytes = 0
  #answered = true
  #closed = false

  constructor(
    socket: WebSocket,
    wire: Wire,
    { person, mayWrite, galley, isOutdated }: Member,
    listener: ConnectionListener,
    limits: Limits,
    meter: RelayMeter,
  ) {
    this.person = person
    this.#socket = socket
    this.#wire = wire
    this.#isOutdated = isOutdated
    this.#rights = mayWrite && !isOutdated ? mayWrite : false
    this.#galley = galley
    this.#listener = listener
    this.#limits = limits
    this.#frameRate = new TokenBucket(limits.framesPerSecond, limits.framesAtOnce)
    this.#byteRate = new TokenBucket(limits.bytesPerSecond, limits.bytesAtOnce)
    this.#meter = meter
    socket.on('message', (data, isBinary) => this.#onMessage(data, isBinary))
    socket.on('pong', () => (this.#answered = true))
    socket.on('close', () => this.#leave())
    // A socket's error is followed by its close.
    socket.on('error', () => {})
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Whether it may write anything at all. */
  get mayWrite(): boolean {
    return this.#rights !== false
  }

  /** The parts that it may write, where those are not all or none. */
  get parts(): readonly StoryPart[] | null {
    return typeof this.#rights === 'boolean' ? null : this.#rights
  }

  /** Stops reading until the story is known to exist. */
  pause(): void {
    this.#wait('story')
  }

  /** The story exists: the connection is told what it may do, and heard. */
  open(): void {
    if (this.#galley) this.send(encodeRights(this.#rights))
    this.#goOn('story')
  }

  send(message: Uint8Array): void {
    this.write(framed(message))
  }

  /** Writes both at once. Whether there was anything to write, and somebody to write it to. */
  write(first: Framed | null, second: Framed | null = null): boolean {
    const { OPEN, readyState, bufferedAmount } = this.#socket
    if (this.#closed || readyState !== OPEN || (first === null && second === null)) return false
    if (bufferedAmount > this.#limits.bufferedBytes) {
      this.close('tooSlow')
      return false
    }
    const isBoth = first !== null && second !== null
    if (isBoth) this.#wire.cork()
    if (first !== null) this.#put(first)
    if (second !== null) this.#put(second)
    if (isBoth) this.#wire.uncork()
    return true
  }

  #put(part: Framed): void {
    this.#meter.sent(part)
    this.#wire.write(part.bytes)
  }

  /**
   * The connection's changes up to this count are durable, and so its client may forget them. Whether it is to be told:
   * see {@link takeAcknowledgement}.
   */
  acknowledge(count: number): boolean {
    if (!this.#galley || this.#closed || count >= this.#withheldFrom) return false
    this.#durable = count
    return true
  }

  /** What the client is to be told of what is durable; null when it knows. */
  takeAcknowledgement(): Framed | null {
    if (this.#durable === 0) return null
    const message = encodeAcknowledge(this.#durable)
    this.#durable = 0
    return framed(message)
  }

  /** Changes of so many bytes wait for their commit. Where that is too much, nothing more is read before some are. */
  hold(bytes: number): void {
    this.#unstoredBytes += bytes
    if (this.#unstoredBytes > this.#limits.unstoredBytes) this.#wait('disk')
  }

  release(bytes: number): void {
    this.#unstoredBytes -= bytes
    if (this.#unstoredBytes <= this.#limits.unstoredBytes) this.#goOn('disk')
  }

  /** A question of its is answered, which takes a story to be read: what comes next is read so much later. */
  countAnswer(): void {
    this.#byteRate.take(this.#limits.bytesAtOnce / ANSWERS_AT_ONCE)
  }

  /** Changes the right to write; the client is told. Whether it may write something that it could not write before. */
  setMayWrite(rights: WriteRights): boolean {
    if (this.#isOutdated) return false
    const before = this.#rights
    if (String(rights) === String(before)) return false
    this.#rights = rights
    if (rights !== true) this.#mayNotWriteSince = Date.now()
    if (this.#galley) this.send(encodeRights(rights))
    return STORY_PARTS.some((part) => allows(rights, part) && !allows(before, part))
  }

  /**
   * Changes came from a connection that may not write, or not there. An answer to the relay's step 1, and what was on its way when
   * the right was lost, are let pass, neither stored nor acknowledged: the client keeps them, and is asked for them when
   * it may write again. Anything else is refused.
   */
  refuseChanges(isAnswer: boolean): void {
    const wereOnTheirWay = Date.now() - this.#mayNotWriteSince < this.#limits.rightsGraceMs
    if (isAnswer || wereOnTheirWay) this.#withheldFrom = Math.min(this.#withheldFrom, this.received)
    else this.close('readOnly')
  }

  /** Changes under other people's Yjs clients came: they are let pass neither stored nor acknowledged, the first few times. */
  refuseForgery(): void {
    this.#withheldFrom = Math.min(this.#withheldFrom, this.received)
    if (++this.#forgeries >= this.#limits.forgeries) this.close('forged')
  }

  /** Changes came that build on what nobody has. They are kept, as long as they are few. Whether they are. */
  bringsPending(bytes: number): boolean {
    this.#pendingBytes += bytes
    if (this.#pendingBytes <= this.#limits.pendingBytes) return true
    this.close('incomplete')
    return false
  }

  /** All that the relay lacks was sent: whatever was withheld is in it. */
  sentEverything(): void {
    this.#withheldFrom = Infinity
  }

  /** Ends a client that did not answer the last heartbeat, and sends the next. */
  heartbeat(): void {
    if (!this.#answered) {
      this.#socket.terminate()
      return
    }
    this.#answered = false
    this.#socket.ping()
    // A browser's script sees no pings, and y-websocket gives up a relay that says nothing.
    this.send(encodePresence([]))
  }

  close(reason: CloseReason): void {
    if (this.#closed) return
    this.#meter.closing(reason)
    const { code, reason: text } = CLOSE_CODES[reason]
    this.#socket.resume()
    this.#socket.close(code, text)
    const timer = setTimeout(() => this.#socket.terminate(), this.#limits.closeMs)
    this.#socket.once('close', () => clearTimeout(timer))
    this.#leave()
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    if (this.#closed) return
    this.#answered = true
    // ws hands over a Buffer unless told otherwise.
    if (!isBinary || !(data instanceof Uint8Array)) {
      this.close('badMessage')
    } else if (data.byteLength > this.#limits.frameBytes) {
      this.close('tooLarge')
    } else {
      const message = tryRead(data)
      if (message === null) {
        this.close('badMessage')
      } else {
        this.#meter.received(message, data.byteLength)
        if (this.#keepsPace(data.byteLength)) this.#listener.received(this, message)
      }
    }
  }

  /** Reads no faster than the limits say, and gives up who never pauses: false then. */
  #keepsPace(bytes: number): boolean {
    const wait = Math.max(this.#frameRate.take(1), this.#byteRate.take(bytes))
    if (wait === 0) {
      this.#tooFastSince = null
      return true
    }
    const now = performance.now()
    this.#tooFastSince ??= now
    if (now - this.#tooFastSince > this.#limits.tooFastMs) {
      this.close('tooFast')
      return false
    }
    this.#wait('pace')
    if (this.#rateTimer !== null) clearTimeout(this.#rateTimer)
    this.#rateTimer = setTimeout(() => this.#goOn('pace'), wait)
    return true
  }

  #wait(reason: 'story' | 'disk' | 'pace'): void {
    this.#waitsFor.add(reason)
    this.#socket.pause()
  }

  #goOn(reason: 'story' | 'disk' | 'pace'): void {
    if (this.#waitsFor.delete(reason) && this.#waitsFor.size === 0) this.#socket.resume()
  }

  #leave(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#rateTimer !== null) clearTimeout(this.#rateTimer)
    this.#listener.left(this)
  }
}

function tryRead(frame: Uint8Array): Message | null {
  try {
    return readMessage(frame)
  } catch {
    return null
  }
}
