/**
 * One story while somebody is in it at this node.
 *
 * A change is forwarded to the others (see `outgoing.ts`), appended to the log, and acknowledged once it is committed.
 * The room holds no document: the story is read from the log for a sync answer, shared by all who wait for one (see
 * `openings.ts`), and let go. What is forwarded while the log is being read is added to that, and whoever has had their
 * answer gets live frames from then on, so that nothing falls in between.
 *
 * What is committed here the other nodes that have the story open are told over the bus, and they tell us. The log is
 * the truth: see `log-follower.ts`.
 */
import * as Y from 'yjs'
import type { CloseReason } from '#shared/protocol/close-codes.ts'
import { SYNC_STEP_1 } from '#shared/protocol/frames.ts'
import type { IdRange } from './id-range.ts'
import type { Person } from '#shared/story/story.ts'
import type { WriteRights } from '#shared/story/workflow.ts'
import type { Bus } from '../bus/bus.ts'
import { readHeads } from '../store/heads.ts'
import type { Appended, NewLogRow, Store } from '../store/store.ts'
import { isOwn, judge } from './authority.ts'
import { Claims, type ClaimWriter } from './claims.ts'
import { compact, type Compactor } from './compaction.ts'
import type { Connection, ConnectionListener } from './connection.ts'
import { FieldGuard } from './field-guard.ts'
import { type Opening, readable, readOpening, StoryDamaged } from './history.ts'
import { Known } from './known.ts'
import type { Limits } from './limits.ts'
import { LogFollower } from './log-follower.ts'
import type { LogWriter } from './log.ts'
import { encodeSync, type Message } from './messages.ts'
import type { RelayMeter } from './meter.ts'
import { encodeNodeMessage, type NodeMessage, readNodeMessage } from './node-messages.ts'
import { Openings } from './openings.ts'
import { Outgoing } from './outgoing.ts'
import { RoomPresence } from './presence.ts'
import type { RelayLog } from './relay-log.ts'
import { StoredNotice } from './stored-notice.ts'
import { hasKnownRoots, isEmpty, readUpdate } from './update.ts'

export interface RoomServices {
  store: Store
  writer: LogWriter
  claimWriter: ClaimWriter
  compactor: Compactor
  bus: Bus
  /** The bus may have lost something: the log is to be looked into. */
  lookAgain: () => void
  meter: RelayMeter
  limits: Limits
  log: RelayLog
  /** Changes of the story were committed; called some time after (see `storedMs`), and once more when the room ends. */
  stored: (storyId: string) => Promise<void>
  /** Somebody came or went. */
  peopleChanged: (room: Room) => void
  /** The last has left, and nothing is under way any more: the room is to be forgotten at once. */
  ended: (room: Room) => void
}

type Changes = Extract<Message, { type: 'changes' }>

export class Room implements ConnectionListener {
  readonly storyId: string
  readonly #services: RoomServices
  readonly #connections = new Set<Connection>()
  readonly #presence: RoomPresence
  readonly #claims: Claims
  /** Changes that wait until it is known whether their connection may bring them: in order, with what settles after them. */
  readonly #judging = new Map<Connection, { waiting: Changes[]; done: Promise<void> }>()
  #exists: Promise<boolean> | null = null
  readonly #openings: Openings
  /** Null until a document was built, and after a failed append. */
  #known: Known | null = null
  /** While somebody is here who may write some parts alone. */
  #guard: FieldGuard | null = null
  /** Settles with the newest append, and so after all appends. */
  #lastAppend: Promise<void> = Promise.resolve()
  readonly #outgoing: Outgoing
  /** Rows of the log that no snapshot covers. */
  #rows = 0
  #compaction: Promise<void> | null = null
  readonly #notice: StoredNotice
  readonly #follower: LogFollower
  readonly #unsubscribe: () => void
  #ending = false
  /** The relay is being stopped, and waits for this room. */
  #stopping = false
  readonly #gone: PromiseWithResolvers<void> = Promise.withResolvers()

  constructor(storyId: string, services: RoomServices) {
    this.storyId = storyId
    this.#services = services
    this.#claims = new Claims(services.store, services.claimWriter, storyId)
    this.#presence = new RoomPresence(
      this.#claims,
      services.limits,
      (entries, all) => this.#tellNodes({ type: 'presence', all, entries }),
      () => this.#outgoing.soon(),
    )
    this.#outgoing = new Outgoing(this.#connections, this.#presence, services.limits)
    this.#openings = new Openings(
      {
        read: () => this.#readOpening(),
        wasRead: (opening, opened) => {
          this.#follower.read(opening, () => opened.doc)
          this.#rows = opening.rows.length
        },
        isAllHeard: async () => {
          const heads = await readHeads(services.store.db, [storyId])
          return (heads.get(storyId) ?? Infinity) <= (this.#follower.upTo ?? -1)
        },
      },
      services.limits.openedMs,
    )
    this.#follower = new LogFollower(services.store, storyId, services.limits.overtakenMs, {
      passOn: (rows) =>
        this.#passOn(
          rows.map(({ seq, bytes }) => ({
            update: bytes,
            contents: readable(`Row ${seq} of the log`, () => readUpdate(bytes)),
          })),
        ),
      passOnAll: (doc) => this.#forward(null, Y.encodeStateAsUpdate(doc, this.#known?.stateVector())),
      failed: (error) => {
        if (error instanceof StoryDamaged) this.#damaged(error)
        else services.log.error({ storyId, error }, 'What was missed of a story could not be read')
      },
    })
    const { storedMs, storedAgainMs } = services.limits
    this.#notice = new StoredNotice(() => this.#tellStored(), storedMs, storedAgainMs)
    this.#unsubscribe = services.bus.subscribe(this.#topic, {
      message: (body, node) => this.#hear(body, node),
      live: () => {
        this.#tellNodes({ type: 'hello', upTo: this.#follower.upTo ?? 0 })
        this.#presence.tellNodesAll()
        services.lookAgain()
      },
    })
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  /** Who is here, each person once. */
  people(): Person[] {
    return [...new Map([...this.#connections].map(({ person }) => [person.id, person])).values()]
  }

  /** Resolves once everything received so far is committed, or was refused. */
  async settled(): Promise<void> {
    await Promise.all([...this.#judging.values()].map(({ done }) => done))
    await this.#lastAppend.catch(() => {})
  }

  async join(connection: Connection): Promise<void> {
    this.#connections.add(connection)
    connection.pause()
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
        this.#receiveChanges(connection, message)
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
    this.#keepGuard()
    this.#presence.leave(connection)
    this.#letGoOfClaims(connection)
    this.#services.peopleChanged(this)
    if (this.#connections.size === 0) void this.#endOnceQuiet()
  }

  /** Decides anew who may write. Those who may again are asked for what they could not send. */
  setMayWrite(decide: (person: Person) => WriteRights): void {
    for (const connection of this.#connections) {
      if (connection.setMayWrite(decide(connection.person))) void this.#ask(connection)
    }
    this.#keepGuard()
  }

  /** The log goes up to this row. */
  headIs(seq: number): void {
    this.#follower.headIs(seq)
  }

  /** A batch of this node's own is committed. */
  committed(rows: readonly NewLogRow[], where: Appended): void {
    this.#follower.take(where)
    if (!this.#services.bus.connected) return
    const updates = rows.map(({ bytes }) => bytes)
    const size = updates.reduce((sum, { byteLength }) => sum + byteLength, 0)
    const fits = size <= this.#services.limits.nodeMessageBytes
    this.#tellNodes({ type: 'appended', ...where, updates: fits ? updates : [] })
  }

  nodeGone(node: string): void {
    this.#presence.leaveNode(node)
  }

  /** Resolves once all that was received is committed, or was refused, and the room has ended. */
  stop(): Promise<void> {
    this.#stopping = true
    this.#closeAll('stopping')
    return this.#gone.promise
  }

  #closeAll(reason: CloseReason): void {
    this.#outgoing.now()
    for (const connection of [...this.#connections]) connection.close(reason)
  }

  /** Most changes are their sender's own and are taken at once; the others wait for a look into the database. */
  #receiveChanges(from: Connection, message: Changes): void {
    const judged = this.#judging.get(from)
    if (judged !== undefined) {
      from.hold(message.update.byteLength)
      judged.waiting.push(message)
    } else if (this.#isOwn(from, message)) {
      this.#change(from, message)
    } else {
      from.hold(message.update.byteLength)
      const waiting = [message]
      this.#judging.set(from, { waiting, done: this.#judge(from, waiting) })
    }
  }

  /** Changes of a connection that may not write are refused as such, whoever's they are. */
  #isOwn(from: Connection, { contents, isAnswer }: Changes): boolean {
    if (from.parts !== null && this.#guard === null) return false
    // What it says may be known, and then is no news.
    if (this.#known === null && !isEmpty(contents)) return false
    return !from.mayWrite || isOwn({ personId: from.person.id, contents, isAnswer }, this.#claims)
  }

  async #judge(from: Connection, waiting: Changes[]): Promise<void> {
    for (let message = waiting[0]; message !== undefined; message = waiting[0]) {
      try {
        await this.#judgeOne(from, message)
      } catch (error) {
        // What follows builds on it.
        waiting.length = 0
        if (error instanceof StoryDamaged) this.#loadFailed(from, error)
        else this.#notStored(error)
      }
      from.release(message.update.byteLength)
      waiting.shift()
    }
    this.#judging.delete(from)
    this.#keepGuard()
    // What it said last may have claimed something after it had left.
    if (from.closed) this.#letGoOfClaims(from)
  }

  #letGoOfClaims({ person }: Connection): void {
    if (![...this.#connections].some((other) => other.person.id === person.id)) this.#claims.left(person.id)
  }

  async #judgeOne(from: Connection, message: Changes): Promise<void> {
    if (!isEmpty(message.contents)) await this.#whatIsKnown()
    while (from.parts !== null && this.#guard === null) await this.#makeGuard()
    // What came before it may have claimed its clients.
    if (!this.#isOwn(from, message)) {
      const bringing = { personId: from.person.id, contents: message.contents, isAnswer: message.isAnswer }
      const forged = await judge(bringing, this.#claims, () => this.#whatIsKnown())
      if (forged.length > 0) {
        from.received++
        this.#refuseForgery(from, forged)
        return
      }
    }
    this.#change(from, message)
  }

  #refuseForgery(from: Connection, forged: readonly IdRange[]): void {
    const { storyId } = this
    const details = { storyId, personId: from.person.id, clients: forged.map(({ client }) => client) }
    this.#services.log.error(details, "Changes under other people's Yjs clients were refused")
    from.refuseForgery()
    // Whatever was honest in what is not acknowledged from here on comes with the answer.
    if (!from.closed) void this.#ask(from)
  }

  async #whatIsKnown(): Promise<Known> {
    while (this.#known === null) {
      const { opened, isLatest } = await this.#openings.open()
      // Else an append failed meanwhile, and what was forwarded since may not be in the log.
      if (isLatest()) this.#known = new Known(opened.doc)
    }
    return this.#known
  }

  async #makeGuard(): Promise<void> {
    const { opened, isLatest } = await this.#openings.open()
    if (isLatest() && this.#needsGuard()) this.#guard ??= new FieldGuard(opened.doc)
  }

  #change(from: Connection, { update, contents, isAnswer }: Changes): void {
    const count = ++from.received
    let isNews = !isEmpty(contents) && this.#known?.covers(contents) !== true
    if (isNews && from.parts !== null) {
      const reach = this.#guard?.reach(update, from.parts) ?? 'beyond'
      if (reach === 'beyond') {
        from.refuseChanges(isAnswer)
        return
      }
      // Everybody tidies up for themselves.
      if (reach === 'tidying') isNews = false
    } else if (isNews && !from.mayWrite) {
      from.refuseChanges(isAnswer)
      return
    }
    const ahead = isNews ? (this.#known?.deletesAhead(contents) ?? []) : []
    const ofOthers = ahead.filter(({ client }) => !this.#claims.holds(from.person.id, client))
    if (ofOthers.length > 0) {
      this.#refuseForgery(from, ofOthers)
      return
    }
    if (isNews && !(hasKnownRoots(contents) && this.#known?.allows(contents) !== false)) {
      this.#refuseShape(from)
      return
    }
    if (isNews && this.#known?.lacks(contents) === true && !from.bringsPending(update.byteLength)) return
    if (isAnswer) from.sentEverything()
    if (isNews) {
      this.#known?.add(contents)
      if (isAnswer) this.#claims.broughtBy(from.person.id, contents.inserted)
      this.#append(from, update)
    }
    // What is no news may be a repetition of something that is not committed yet.
    this.#lastAppend.then(
      () => {
        if (from.acknowledge(count)) this.#outgoing.acknowledge(from)
      },
      () => {},
    )
  }

  /** What no story has, or what is nested too deep. */
  #refuseShape(from: Connection): void {
    // What follows builds on it.
    this.#judging.get(from)?.waiting.splice(0)
    from.close('badMessage')
  }

  #append(from: Connection, update: Uint8Array): void {
    const { writer } = this.#services
    const appended = writer.append(this.storyId, from.person.id, update)
    from.hold(update.byteLength)
    const forwarded = writer.healthy
    if (forwarded) this.#forward(from, update)
    const settled = appended.then(
      () => {
        from.release(update.byteLength)
        if (!forwarded) this.#forward(from, update)
        this.#stored()
      },
      (error: unknown) => {
        this.#notStored(error)
        // Nothing that comes from now on builds on it.
        if (this.#lastAppend === settled) this.#lastAppend = Promise.resolve()
        throw error
      },
    )
    settled.catch(() => {})
    this.#lastAppend = settled
  }

  /** `from` is who needs not be told; null where it came from elsewhere. */
  #forward(from: Connection | null, update: Uint8Array): void {
    this.#openings.add(update)
    this.#guard?.apply(update)
    this.#outgoing.forward(from, update)
  }

  #stored(): void {
    this.#rows++
    if (this.#rows > this.#services.limits.compactRows) void this.#compact()
    this.#notice.changed()
  }

  /**
   * Everybody here may have seen what is not stored, and changed it since. All start anew: what the log lacks, each of
   * them sends again.
   */
  #notStored(error: unknown): void {
    this.#services.log.error({ storyId: this.storyId, error }, 'A change could not be stored')
    this.#known = null
    this.#guard = null
    this.#follower.forget()
    this.#openings.forget()
    this.#claims.lost()
    this.#outgoing.drop()
    this.#closeAll('notStored')
  }

  /** Answers a sync step 1. The relay's own question goes first: see PROTOCOL.md. */
  async #answer(connection: Connection, stateVector: Uint8Array): Promise<void> {
    // The answer that is being prepared is an answer to this question too.
    if (connection.answering) return
    connection.answering = true
    connection.countAnswer()
    try {
      const { opened } = await this.#openings.open()
      if (connection.closed) return
      const { question, reply } = opened.answer(stateVector)
      // A client whose answer were made after it had applied the relay's would name as its own deletions what it never saw.
      if (connection.synced) connection.write(reply)
      else connection.write(question, reply)
      connection.synced = true
    } catch (error) {
      this.#loadFailed(connection, error)
    } finally {
      connection.answering = false
    }
  }

  async #ask(connection: Connection): Promise<void> {
    try {
      const { opened } = await this.#openings.open()
      connection.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(opened.doc)))
    } catch (error) {
      this.#loadFailed(connection, error)
    }
  }

  #loadFailed(connection: Connection, error: unknown): void {
    if (error instanceof StoryDamaged) {
      this.#damaged(error)
      return
    }
    this.#noteLoadFailure(error)
    connection.close('loadFailed')
  }

  /** Nobody goes on writing behind what cannot be read again. */
  #damaged(error: StoryDamaged): void {
    this.#noteLoadFailure(error)
    this.#closeAll('loadFailed')
  }

  #noteLoadFailure(error: unknown): void {
    this.#services.meter.loadFailures++
    this.#services.log.error({ storyId: this.storyId, error }, 'A story could not be loaded')
  }

  async #readOpening(): Promise<Opening> {
    await this.#lastAppend.catch(() => {})
    const opening = await this.#services.store.read((trx) => readOpening(trx, this.storyId))
    if (opening === null) throw new Error('The story is gone')
    return opening
  }

  #needsGuard(): boolean {
    return [...this.#connections, ...this.#judging.keys()].some(({ parts }) => parts !== null)
  }

  #keepGuard(): void {
    if (this.#guard !== null && !this.#needsGuard()) this.#guard = null
  }

  get #topic(): string {
    return `story/${this.storyId}`
  }

  #tellNodes(message: NodeMessage): void {
    if (this.#services.bus.connected) this.#services.bus.publish(this.#topic, encodeNodeMessage(message))
  }

  #hear(body: Uint8Array, node: string): void {
    try {
      const message = readNodeMessage(body)
      switch (message.type) {
        case 'hello':
          this.#presence.tellNodesAll()
          this.headIs(message.upTo)
          break
        case 'presence':
          this.#presence.receiveFrom(node, message.entries, message.all)
          break
        case 'appended':
          if (message.updates.length === 0) this.headIs(message.seq)
          else {
            this.#passOn(message.updates.map((update) => ({ update, contents: readUpdate(update) })))
            this.#follower.take(message)
          }
          break
      }
    } catch (error) {
      this.#services.log.error({ storyId: this.storyId, node, error }, 'A message of another node cannot be read')
    }
  }

  /** Committed changes that came from elsewhere, for those who have not seen them. */
  #passOn(updates: readonly Pick<Changes, 'update' | 'contents'>[]): void {
    this.#rows += updates.length
    if (this.#follower.upTo === null && !this.#openings.isOpen) return
    for (const { update, contents } of updates) {
      if (this.#known?.covers(contents) === true) continue
      this.#known?.add(contents)
      this.#forward(null, update)
    }
  }

  async #lookUp(): Promise<boolean> {
    const { db } = this.#services.store
    const story = await db.selectFrom('stories').select('id').where('id', '=', this.storyId).executeTakeFirst()
    if (story === undefined) return false
    await this.#claims.load()
    return true
  }

  #compact(): Promise<void> {
    this.#compaction ??= this.#runCompaction().finally(() => (this.#compaction = null))
    return this.#compaction
  }

  async #runCompaction(): Promise<void> {
    const { store, compactor, log, meter } = this.#services
    const rows = this.#rows
    // Whatever comes of it, it is not tried again before as many rows have come again.
    this.#rows = 0
    try {
      await compact(store, this.storyId, compactor)
      meter.compactions++
    } catch (error) {
      meter.compactionFailures++
      log.error({ storyId: this.storyId, rows, error }, 'A story could not be compacted; its log is kept as it is')
    }
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
   * Waits for all that is under way, and ends the room unless somebody came meanwhile. The last look and the end are
   * one step, so that nobody can join a room that is gone.
   */
  async #endOnceQuiet(): Promise<void> {
    if (this.#ending) return
    this.#ending = true
    let append
    do {
      append = this.#lastAppend
      await this.settled()
      await this.#openings.settled()
      await this.#follower.settled()
      // Whoever stops the server waits for what has to be done, and that can be done another time.
      if (this.#rows > this.#services.limits.compactRowsAtUnload && !this.#stopping) await this.#compact()
      await this.#compaction
      await this.#notice.flush()
      await this.#releaseClaims()
      // Somebody may have come, written and left meanwhile.
    } while (this.#connections.size === 0 && (this.#lastAppend !== append || this.#judging.size > 0))
    this.#ending = false
    if (this.#connections.size > 0) return
    this.#follower.stop()
    this.#presence.stop()
    this.#outgoing.stop()
    this.#openings.forget()
    this.#unsubscribe()
    this.#services.ended(this)
    this.#gone.resolve()
  }
}
