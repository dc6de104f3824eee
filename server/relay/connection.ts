import type { RawData, WebSocket } from 'ws'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import { encodeAcknowledge, encodeRights } from '#shared/protocol/frames.ts'
import type { Person } from '#shared/story/story.ts'
import { allows, STORY_PARTS, type StoryPart, type WriteRights } from '#shared/story/workflow.ts'
import { Acknowledgements } from './acknowledgements.ts'
import type { Limits } from './limits.ts'
import { encodePresence, readMessage, type Message } from './messages.ts'
import type { RelayMeter } from './meter.ts'
import { Pace } from './pace.ts'
import { framed, type Framed, type Wire } from './wire.ts'

/** Who joins a story, and with what. */
export interface Member {
  person: Person
  mayWrite: WriteRights
  /** Whether the app understands Galley's own messages: acknowledgements and rights. */
  galley: boolean
  /** Whether the app writes documents in an older format. Then it can only read, whatever its person may do. */
  isOutdated: boolean
}

/** The room, as a connection knows it. */
export interface ConnectionListener {
  received(connection: Connection, message: Message): void
  /** Called once, whichever side closes; `received` is not called afterwards. */
  left(connection: Connection): void
}

/** Where a connection stands, from its arrival to its end. A newer sync step 1 leads from `live` to `answering-again` and back. */
type State =
  /** The story is being looked up; nothing is read from the socket. */
  | 'joining'
  /** Frames are read; the client has not asked for the story yet. */
  | 'open'
  /** The first sync step 1 is being answered. */
  | 'answering'
  /** The client has the story and gets live frames. */
  | 'live'
  /** As `live`, while another sync step 1 is being answered. */
  | 'answering-again'
  | 'closed'

/** What the person may write, and when some of that was last lost, in milliseconds. An outdated app never may. */
type Rights = 'outdated' | { write: WriteRights; lostAt: number }

/** One socket in one story. Reads and checks frames, and bounds what waits to go out. */
export class Connection {
  readonly person: Person
  readonly #socket: WebSocket
  readonly #wire: Wire
  readonly #galley: boolean
  readonly #listener: ConnectionListener
  readonly #limits: Limits
  readonly #meter: RelayMeter
  #state: State = 'joining'
  #rights: Rights
  readonly #acknowledgements = new Acknowledgements()
  readonly #pace: Pace
  /** Runs while nothing is read because frames came too fast. */
  #paceTimer: NodeJS.Timeout | null = null
  /** Bytes of changes that wait for their commit. While there are too many, nothing is read. */
  #unstoredBytes = 0
  /** Bytes of changes that build on changes which the relay lacks. */
  #pendingBytes = 0
  #forgeries = 0
  #awaitsPong = false

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
    this.#rights = isOutdated ? 'outdated' : { write: mayWrite, lostAt: -Infinity }
    this.#galley = galley
    this.#listener = listener
    this.#limits = limits
    this.#pace = new Pace(limits)
    this.#meter = meter
    socket.on('message', (data, isBinary) => this.#onMessage(data, isBinary))
    socket.on('pong', () => (this.#awaitsPong = false))
    socket.on('close', () => this.#leave())
    // A socket's error is followed by its close.
    socket.on('error', () => {})
    socket.pause()
  }

  get closed(): boolean {
    return this.#state === 'closed'
  }

  /** Whether the client has had its first sync answer, and so gets live frames. */
  get synced(): boolean {
    return this.#state === 'live' || this.#state === 'answering-again'
  }

  /** Whether the client may write anything at all. */
  get mayWrite(): boolean {
    return this.#write !== false
  }

  /** The parts that the client may write; null where those are all or none. */
  get parts(): readonly StoryPart[] | null {
    return typeof this.#write === 'boolean' ? null : this.#write
  }

  get #write(): WriteRights {
    return this.#rights === 'outdated' ? false : this.#rights.write
  }

  /** Tells the client its rights and begins to read: the story exists. */
  open(): void {
    if (this.#state !== 'joining') return
    this.#state = 'open'
    if (this.#galley) this.send(encodeRights(this.#write))
    this.#readOrPause()
  }

  /** Returns false where a sync step 1 is being answered already: that answer will do for this one too. */
  beginAnswer(): boolean {
    if (this.#state === 'open') this.#state = 'answering'
    else if (this.#state === 'live') this.#state = 'answering-again'
    else return false
    this.#pace.chargeSyncAnswer()
    return true
  }

  /** Gives the client live frames from here on: its sync step 1 is answered. */
  endAnswer(): void {
    if (this.#state === 'answering' || this.#state === 'answering-again') this.#state = 'live'
  }

  send(message: Uint8Array): void {
    this.write(framed(message))
  }

  /** Writes both at once. Returns whether anything was written. */
  write(first: Framed | null, second: Framed | null = null): boolean {
    const { OPEN, readyState, bufferedAmount } = this.#socket
    if (this.closed || readyState !== OPEN || (first === null && second === null)) return false
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

  /** Counts a frame that carries changes. Returns its number. */
  count(): number {
    return this.#acknowledgements.count()
  }

  /** Notes that the frames up to this one are durable. Returns whether the client is to be told: see {@link takeAcknowledgement}. */
  acknowledge(count: number): boolean {
    return this.#galley && !this.closed && this.#acknowledgements.durable(count)
  }

  /** Returns the acknowledgement that the client has not been sent yet; null when there is none. */
  takeAcknowledgement(): Framed | null {
    const count = this.#acknowledgements.take()
    return count === null ? null : framed(encodeAcknowledge(count))
  }

  /** Notes that so many bytes of changes wait for their commit. Stops reading while that is too much. */
  hold(bytes: number): void {
    this.#unstoredBytes += bytes
    if (this.#isAheadOfDisk) this.#readOrPause()
  }

  release(bytes: number): void {
    const wasAhead = this.#isAheadOfDisk
    this.#unstoredBytes -= bytes
    if (wasAhead) this.#readOrPause()
  }

  /** Changes the right to write and tells the client. Returns whether it may write something that it could not write before. */
  setMayWrite(write: WriteRights): boolean {
    if (this.#rights === 'outdated') return false
    const { write: before, lostAt } = this.#rights
    if (String(write) === String(before)) return false
    this.#rights = { write, lostAt: write === true ? lostAt : Date.now() }
    if (this.#galley) this.send(encodeRights(write))
    return STORY_PARTS.some((part) => allows(write, part) && !allows(before, part))
  }

  /**
   * Refuses the newest changes: the client may not write them. An answer to the relay's step 1, and changes that were on
   * their way when the right was lost, are neither stored nor acknowledged: the client keeps them, and is asked for them
   * when it may write again. Any other change closes the connection.
   */
  refuseChanges(isAnswer: boolean): void {
    const lostAt = this.#rights === 'outdated' ? -Infinity : this.#rights.lostAt
    const wereOnTheirWay = Date.now() - lostAt < this.#limits.rightsGraceMs
    if (isAnswer || wereOnTheirWay) this.#acknowledgements.withhold()
    else this.close('readOnly')
  }

  /** Refuses the newest changes: they are under other people's Yjs clients. Closes the connection after a few of these. */
  refuseForgery(): void {
    this.#acknowledgements.withhold()
    if (++this.#forgeries >= this.#limits.forgeries) this.close('forged')
  }

  /** Admits changes that build on what the relay lacks. Returns false, and closes the connection, once they exceed the limit. */
  admitPending(bytes: number): boolean {
    this.#pendingBytes += bytes
    if (this.#pendingBytes <= this.#limits.pendingBytes) return true
    this.close('incomplete')
    return false
  }

  /** Notes that the newest changes answer the relay's step 1: whatever was refused before is in them. */
  answered(): void {
    this.#acknowledgements.answered()
  }

  /** Ends a client that did not answer the last heartbeat, and sends the next one. */
  heartbeat(): void {
    if (this.#awaitsPong) {
      this.#socket.terminate()
      return
    }
    this.#awaitsPong = true
    this.#socket.ping()
    // Scripts in a browser see no pings, and y-websocket gives up a silent relay.
    this.send(encodePresence([]))
  }

  close(reason: CloseReason): void {
    if (this.closed) return
    this.#meter.closing(reason)
    const { code, reason: text } = CLOSE_CODES[reason]
    this.#socket.resume()
    this.#socket.close(code, text)
    const timer = setTimeout(() => this.#socket.terminate(), this.#limits.closeMs)
    this.#socket.once('close', () => clearTimeout(timer))
    this.#leave()
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    if (this.closed) return
    this.#awaitsPong = false
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

  /** Slows a client down that sends too fast. Returns false, and closes the connection, when it never pauses. */
  #keepsPace(bytes: number): boolean {
    const wait = this.#pace.charge(bytes)
    if (wait === 0) return true
    if (wait === null) {
      this.close('tooFast')
      return false
    }
    if (this.#paceTimer !== null) clearTimeout(this.#paceTimer)
    this.#paceTimer = setTimeout(() => {
      this.#paceTimer = null
      this.#readOrPause()
    }, wait)
    this.#readOrPause()
    return true
  }

  get #isAheadOfDisk(): boolean {
    return this.#unstoredBytes > this.#limits.unstoredBytes
  }

  #readOrPause(): void {
    // A closed socket is read to its end, for the closing handshake.
    if (this.closed) return
    if (this.#state === 'joining' || this.#isAheadOfDisk || this.#paceTimer !== null) this.#socket.pause()
    else this.#socket.resume()
  }

  #leave(): void {
    if (this.closed) return
    this.#state = 'closed'
    if (this.#paceTimer !== null) clearTimeout(this.#paceTimer)
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
