/**
 * One story while people of this node have it open: who they are, what they are sent when they join, and its end. What
 * they write goes through `incoming.ts` and `outgoing.ts`, what the other nodes say through `other-nodes.ts`.
 *
 * The room holds no document. The story is read from the log for a sync answer, shared by all who wait for one (see
 * `openings.ts`), and let go. What is forwarded while the log is being read is added to that answer, and a connection
 * gets live frames from its answer on, so nothing falls in between.
 */
import * as Y from 'yjs'
import type { CloseReason } from '#shared/protocol/close-codes.ts'
import { SYNC_STEP_1 } from '#shared/protocol/frames.ts'
import type { Person } from '#shared/story/story.ts'
import type { WriteRights } from '#shared/story/workflow.ts'
import type { Bus } from '../bus/bus.ts'
import type { Appended, NewLogRow, Store } from '../store/store.ts'
import { Claims, type ClaimWriter } from './claims.ts'
import type { Compactor } from './compaction.ts'
import type { Connection, ConnectionListener } from './connection.ts'
import { type Opening, readOpening, StoryDamaged } from './history.ts'
import { Incoming } from './incoming.ts'
import type { Limits } from './limits.ts'
import { LogGrowth } from './log-growth.ts'
import type { LogWriter } from './log.ts'
import { encodeSync, type Message } from './messages.ts'
import type { RelayMeter } from './meter.ts'
import { Openings } from './openings.ts'
import { OtherNodes } from './other-nodes.ts'
import { Outgoing } from './outgoing.ts'
import { RoomPresence } from './presence.ts'
import type { RelayLog } from './relay-log.ts'
import { StoredNotice } from './stored-notice.ts'

export interface RoomServices {
  store: Store
  writer: LogWriter
  claimWriter: ClaimWriter
  compactor: Compactor
  bus: Bus
  /** Asks for a look into the log: the bus may have lost messages. */
  checkLog: () => void
  meter: RelayMeter
  limits: Limits
  log: RelayLog
  /** Called some time after changes were committed (see `storedMs`), and once more when the room ends. */
  stored: (storyId: string) => Promise<void>
  /** Someone came or went. */
  peopleChanged: (room: Room) => void
  /** The room is empty and nothing is under way any more: forget it at once. */
  ended: (room: Room) => void
}

export class Room implements ConnectionListener {
  readonly storyId: string
  readonly #services: RoomServices
  readonly #connections = new Set<Connection>()
  readonly #claims: Claims
  readonly #presence: RoomPresence
  readonly #outgoing: Outgoing
  readonly #openings: Openings
  readonly #incoming: Incoming
  readonly #nodes: OtherNodes
  readonly #growth: LogGrowth
  readonly #notice: StoredNotice
  #exists: Promise<boolean> | null = null
  #ending = false
  /** The relay is stopping, and waits for this room. */
  #stopping = false
  readonly #gone: PromiseWithResolvers<void> = Promise.withResolvers()

  constructor(storyId: string, services: RoomServices) {
    this.storyId = storyId
    this.#services = services
    const { store, claimWriter, writer, bus, limits, log } = services
    const connections = this.#connections
    this.#claims = new Claims(store, claimWriter, storyId)
    this.#presence = new RoomPresence(
      this.#claims,
      limits,
      (entries, all) => this.#nodes.tellPresence(entries, all),
      () => this.#outgoing.soon(),
    )
    this.#outgoing = new Outgoing(connections, this.#presence, limits)
    this.#growth = new LogGrowth(storyId, services)
    this.#openings = new Openings(
      {
        read: () => this.#readOpening(),
        wasRead: (opening, opened) => {
          this.#nodes.read(opening, () => opened.doc)
          this.#growth.read(opening.rows.length)
        },
        isAllHeard: () => this.#nodes.isAllHeard(),
      },
      limits.openedMs,
    )
    this.#incoming = new Incoming({
      storyId,
      writer,
      claims: this.#claims,
      openings: this.#openings,
      outgoing: this.#outgoing,
      log,
      connections,
      stored: () => {
        this.#growth.stored()
        this.#notice.changed()
      },
      notStored: (error) => this.#notStored(error),
      loadFailed: (connection, error) => this.#loadFailed(connection, error),
      ask: (connection) => void this.#ask(connection),
    })
    this.#nodes = new OtherNodes({
      storyId,
      store,
      bus,
      limits,
      log,
      committed: (changes) => {
        this.#growth.storedElsewhere(changes.length)
        // If the log was not read yet, they will be in it then.
        if (this.#nodes.isFollowing || this.#openings.isOpen) this.#incoming.passOn(changes)
      },
      committedAll: (doc) => this.#incoming.passOnAll(doc),
      failed: (error) => {
        if (error instanceof StoryDamaged) this.#damaged(error)
        else log.error({ storyId, error }, 'Missed changes of a story could not be read')
      },
      presence: (node, entries, all) => this.#presence.receiveFrom(node, entries, all),
      askPresence: () => this.#presence.tellNodesAll(),
      live: services.checkLog,
    })
    this.#notice = new StoredNotice(() => this.#tellStored(), limits.storedMs, limits.storedAgainMs)
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  /** Returns who is here, each person once. */
  people(): Person[] {
    return [...new Map([...this.#connections].map(({ person }) => [person.id, person])).values()]
  }

  /** Resolves once everything received so far is committed or refused. */
  settled(): Promise<void> {
    return this.#incoming.settled()
  }

  async join(connection: Connection): Promise<void> {
    this.#connections.add(connection)
    this.#services.peopleChanged(this)
    try {
      const exists = await (this.#exists ??= this.#lookUp())
      if (connection.closed) return
      if (!exists) {
        connection.close('noSuchStory')
        return
      }
      connection.open()
      this.#presence.sendAllTo(connection)
    } catch (error) {
      this.#exists = null
      this.#loadFailed(connection, error)
    }
  }

  received(connection: Connection, message: Message): void {
    switch (message.type) {
      case 'step-1':
        void this.#answer(connection, message.stateVector)
        break
      case 'changes':
        this.#incoming.receive(connection, message)
        break
      case 'presence':
        this.#presence.receive(connection, message.entries)
        break
      case 'query-presence':
        this.#presence.sendAllTo(connection)
        break
    }
  }

  left(connection: Connection): void {
    if (!this.#connections.delete(connection)) return
    this.#presence.leave(connection)
    this.#incoming.left(connection)
    this.#services.peopleChanged(this)
    if (this.#connections.size === 0) void this.#endOnceQuiet()
  }

  /** Decides again who may write. Asks those who regain a right for what they could not send. */
  setMayWrite(decide: (person: Person) => WriteRights): void {
    for (const connection of this.#connections) {
      if (connection.setMayWrite(decide(connection.person))) void this.#ask(connection)
    }
    this.#incoming.rightsChanged()
  }

  /** The log goes up to this row. */
  headIs(seq: number): void {
    this.#nodes.headIs(seq)
  }

  /** This node has committed a batch. */
  committed(rows: readonly NewLogRow[], where: Appended): void {
    this.#nodes.tellCommitted(rows, where)
  }

  nodeGone(node: string): void {
    this.#presence.leaveNode(node)
  }

  /** Closes all connections. Resolves once all that was received is committed or refused, and the room has ended. */
  stop(): Promise<void> {
    this.#stopping = true
    this.#closeAll('stopping')
    return this.#gone.promise
  }

  #closeAll(reason: CloseReason): void {
    this.#outgoing.now()
    for (const connection of [...this.#connections]) connection.close(reason)
  }

  async #lookUp(): Promise<boolean> {
    const { db } = this.#services.store
    const story = await db.selectFrom('stories').select('id').where('id', '=', this.storyId).executeTakeFirst()
    if (story === undefined) return false
    await this.#claims.load()
    return true
  }

  /** Answers a sync step 1. The relay's own question goes first: see R3 in PROTOCOL.md. */
  async #answer(connection: Connection, stateVector: Uint8Array): Promise<void> {
    if (!connection.beginAnswer()) return
    try {
      const { opened } = await this.#openings.open()
      if (connection.closed) return
      const { question, reply } = opened.answer(stateVector)
      // A client that answered after it had applied the relay's changes would name as its own deletions what it never saw.
      if (connection.synced) connection.write(reply)
      else connection.write(question, reply)
      connection.endAnswer()
    } catch (error) {
      this.#loadFailed(connection, error)
    }
  }

  /** Asks a connection for everything that the relay lacks. */
  async #ask(connection: Connection): Promise<void> {
    try {
      const { opened } = await this.#openings.open()
      connection.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(opened.doc)))
    } catch (error) {
      this.#loadFailed(connection, error)
    }
  }

  async #readOpening(): Promise<Opening> {
    await this.#incoming.appended()
    const opening = await this.#services.store.read((trx) => readOpening(trx, this.storyId))
    if (opening === null) throw new Error('The story is gone')
    return opening
  }

  /**
   * Closes all connections: their clients may have seen what is not stored, and changed it since. They join again, and
   * send what the log lacks.
   */
  #notStored(error: unknown): void {
    this.#services.log.error({ storyId: this.storyId, error }, 'A change could not be stored')
    this.#incoming.reset()
    this.#nodes.forget()
    this.#openings.forget()
    this.#claims.startSession()
    this.#outgoing.drop()
    this.#closeAll('notStored')
  }

  #loadFailed(connection: Connection, error: unknown): void {
    if (error instanceof StoryDamaged) {
      this.#damaged(error)
      return
    }
    this.#noteLoadFailure(error)
    connection.close('loadFailed')
  }

  /** Closes all connections: people must not go on writing behind what cannot be read again. */
  #damaged(error: StoryDamaged): void {
    this.#noteLoadFailure(error)
    this.#closeAll('loadFailed')
  }

  #noteLoadFailure(error: unknown): void {
    this.#services.meter.loadFailures++
    this.#services.log.error({ storyId: this.storyId, error }, 'A story could not be loaded')
  }

  async #tellStored(): Promise<void> {
    try {
      await this.#services.stored(this.storyId)
    } catch (error) {
      this.#services.log.error({ storyId: this.storyId, error }, 'What follows from stored changes failed')
    }
  }

  async #releaseClaims(): Promise<void> {
    if (this.#connections.size > 0) return
    try {
      await this.#claims.release()
    } catch (error) {
      this.#services.log.error({ storyId: this.storyId, error }, "A story's claims could not be released")
    }
  }

  /**
   * Waits for all that is under way, and ends the room unless someone has joined meanwhile. The last look and the end are
   * one step, so that no one can join a room that is gone.
   */
  async #endOnceQuiet(): Promise<void> {
    if (this.#ending) return
    this.#ending = true
    let appends
    do {
      appends = this.#incoming.appends
      await this.#incoming.settled()
      await this.#openings.settled()
      await this.#nodes.settled()
      // A stop waits only for what has to be done, and compaction can be done another time.
      if (this.#stopping) await this.#growth.settled()
      else await this.#growth.compactAtUnload()
      await this.#notice.flush()
      await this.#releaseClaims()
      // Someone may have joined, written and left meanwhile.
    } while (this.#connections.size === 0 && (this.#incoming.appends !== appends || this.#incoming.isJudging))
    this.#ending = false
    if (this.#connections.size > 0) return
    this.#nodes.stop()
    this.#presence.stop()
    this.#outgoing.stop()
    this.#openings.forget()
    this.#services.ended(this)
    this.#gone.resolve()
  }
}
