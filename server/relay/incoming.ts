/**
 * What a room's people write. A change is checked, forwarded to the others (see `outgoing.ts`), appended to the log, and
 * acknowledged once it is committed. Most changes are their sender's own and are taken at once; the others wait for the
 * database first (see `authority.ts`).
 *
 * No document is kept here. Only what tells news from repetition is kept ({@link Known}), and a document for as long as
 * there are people who may write some parts alone ({@link FieldGuard}).
 */
import * as Y from 'yjs'
import { isOwn, judge } from './authority.ts'
import type { Claims } from './claims.ts'
import type { Connection } from './connection.ts'
import { FieldGuard } from './field-guard.ts'
import { StoryDamaged } from './history.ts'
import type { IdRange } from './id-range.ts'
import { Known } from './known.ts'
import type { LogWriter } from './log.ts'
import type { Message } from './messages.ts'
import type { Openings } from './openings.ts'
import type { Outgoing } from './outgoing.ts'
import type { RelayLog } from './relay-log.ts'
import { hasKnownRoots, isEmpty, type UpdateContents } from './update.ts'

type Changes = Extract<Message, { type: 'changes' }>

/** A change that another node has committed. */
export interface CommittedChange {
  update: Uint8Array
  contents: UpdateContents
}

export interface IncomingOptions {
  storyId: string
  writer: LogWriter
  claims: Claims
  openings: Openings
  outgoing: Outgoing
  log: RelayLog
  connections: ReadonlySet<Connection>
  /** A change is committed. */
  stored: () => void
  /** A change could not be committed. */
  notStored: (error: unknown) => void
  /** The story could not be read for this connection. */
  loadFailed: (connection: Connection, error: unknown) => void
  /** Asks a connection for everything that the relay lacks. */
  ask: (connection: Connection) => void
}

export class Incoming {
  readonly #options: IncomingOptions
  /** Changes that wait for the database, in order, and a promise of their end. */
  readonly #judging = new Map<Connection, { waiting: Changes[]; done: Promise<void> }>()
  /** Null until the story is first read, and after a failed append. */
  #known: Known | null = null
  #guard: FieldGuard | null = null
  /** Settles with the newest append, and so after all of them. */
  #newestAppend: Promise<void> = Promise.resolve()
  #appends = 0

  constructor(options: IncomingOptions) {
    this.#options = options
  }

  /** How many changes were appended so far. */
  get appends(): number {
    return this.#appends
  }

  /** Whether changes wait for the database. */
  get isJudging(): boolean {
    return this.#judging.size > 0
  }

  /** Resolves once everything received so far is committed or refused. */
  async settled(): Promise<void> {
    await Promise.all([...this.#judging.values()].map(({ done }) => done))
    await this.appended()
  }

  /** Resolves once everything appended so far is committed or has failed. */
  async appended(): Promise<void> {
    await this.#newestAppend.catch(() => {})
  }

  receive(from: Connection, message: Changes): void {
    const judged = this.#judging.get(from)
    if (judged !== undefined) {
      from.hold(message.update.byteLength)
      judged.waiting.push(message)
    } else if (this.#isOwn(from, message)) {
      this.#take(from, message)
    } else {
      from.hold(message.update.byteLength)
      const waiting = [message]
      this.#judging.set(from, { waiting, done: this.#judge(from, waiting) })
    }
  }

  /** Forwards committed changes of other nodes that are news here. */
  passOn(changes: readonly CommittedChange[]): void {
    for (const { update, contents } of changes) {
      if (this.#known?.covers(contents) === true) continue
      this.#known?.add(contents)
      this.#forward(null, update)
    }
  }

  /** Forwards what a document has that is news here. */
  passOnAll(doc: Y.Doc): void {
    this.#forward(null, Y.encodeStateAsUpdate(doc, this.#known?.stateVector()))
  }

  /** A connection has left. */
  left(connection: Connection): void {
    this.#dropUnneededGuard()
    this.#releaseClaims(connection)
  }

  rightsChanged(): void {
    this.#dropUnneededGuard()
  }

  /** Forgets what was forwarded: some of it may not be in the log. */
  reset(): void {
    this.#known = null
    this.#guard = null
  }

  /** Returns whether a change can be taken at once. Of a connection that may not write it can: it is refused. */
  #isOwn(from: Connection, { contents, isAnswer }: Changes): boolean {
    if (from.parts !== null && this.#guard === null) return false
    // May be a repeat; `#known` can tell.
    if (this.#known === null && !isEmpty(contents)) return false
    return !from.mayWrite || isOwn({ personId: from.person.id, contents, isAnswer }, this.#options.claims)
  }

  async #judge(from: Connection, waiting: Changes[]): Promise<void> {
    for (let message = waiting[0]; message !== undefined; message = waiting[0]) {
      try {
        await this.#judgeOne(from, message)
      } catch (error) {
        // What follows builds on it.
        waiting.length = 0
        if (error instanceof StoryDamaged) this.#options.loadFailed(from, error)
        else this.#options.notStored(error)
      }
      from.release(message.update.byteLength)
      waiting.shift()
    }
    this.#judging.delete(from)
    this.#dropUnneededGuard()
    // The last change may have claimed something after the connection had left.
    if (from.closed) this.#releaseClaims(from)
  }

  async #judgeOne(from: Connection, message: Changes): Promise<void> {
    if (!isEmpty(message.contents)) await this.#readKnown()
    while (from.parts !== null && this.#guard === null) await this.#makeGuard()
    // An earlier change may have claimed its clients.
    if (!this.#isOwn(from, message)) {
      const bringing = { personId: from.person.id, contents: message.contents, isAnswer: message.isAnswer }
      const forged = await judge(bringing, this.#options.claims, () => this.#readKnown())
      if (forged.length > 0) {
        from.count()
        this.#refuseForgery(from, forged)
        return
      }
    }
    this.#take(from, message)
  }

  /** Checks a change, and forwards and stores it when it is news. */
  #take(from: Connection, { update, contents, isAnswer }: Changes): void {
    const { claims, outgoing } = this.#options
    const count = from.count()
    let isNews = !isEmpty(contents) && this.#known?.covers(contents) !== true
    if (isNews && from.parts !== null) {
      const reach = this.#guard?.reach(update, from.parts) ?? 'beyond'
      if (reach === 'beyond') {
        from.refuseChanges(isAnswer)
        return
      }
      // Formatting clean-up: acknowledge, don't store.
      if (reach === 'tidying') isNews = false
    } else if (isNews && !from.mayWrite) {
      from.refuseChanges(isAnswer)
      return
    }
    const ahead = isNews ? (this.#known?.deletesAhead(contents) ?? []) : []
    const ofOthers = ahead.filter(({ client }) => !claims.holds(from.person.id, client))
    if (ofOthers.length > 0) {
      this.#refuseForgery(from, ofOthers)
      return
    }
    if (isNews && !(hasKnownRoots(contents) && this.#known?.allows(contents) !== false)) {
      this.#refuseShape(from)
      return
    }
    if (isNews && this.#known?.lacks(contents) === true && !from.admitPending(update.byteLength)) return
    if (isAnswer) from.answered()
    if (isNews) {
      this.#known?.add(contents)
      if (isAnswer) claims.broughtBy(from.person.id, contents.inserted)
      this.#append(from, update)
    }
    // A repeat may be of something that is not committed yet.
    this.#newestAppend.then(
      () => {
        if (from.acknowledge(count)) outgoing.acknowledge(from)
      },
      () => {},
    )
  }

  #refuseForgery(from: Connection, forged: readonly IdRange[]): void {
    const { storyId, log, ask } = this.#options
    const details = { storyId, personId: from.person.id, clients: forged.map(({ client }) => client) }
    log.error(details, "Changes under other people's Yjs clients were refused")
    from.refuseForgery()
    // The answer brings the honest changes among those that are not acknowledged from here on.
    if (!from.closed) ask(from)
  }

  /** Refuses what no story has, or what is nested too deep. */
  #refuseShape(from: Connection): void {
    // What follows builds on it.
    this.#judging.get(from)?.waiting.splice(0)
    from.close('badMessage')
  }

  #append(from: Connection, update: Uint8Array): void {
    const { storyId, writer } = this.#options
    this.#appends++
    const appended = writer.append(storyId, from.person.id, update)
    from.hold(update.byteLength)
    const forwarded = writer.healthy
    if (forwarded) this.#forward(from, update)
    const settled = appended.then(
      () => {
        from.release(update.byteLength)
        if (!forwarded) this.#forward(from, update)
        this.#options.stored()
      },
      (error: unknown) => {
        this.#options.notStored(error)
        // Nothing that comes from now on builds on it.
        if (this.#newestAppend === settled) this.#newestAppend = Promise.resolve()
        throw error
      },
    )
    settled.catch(() => {})
    this.#newestAppend = settled
  }

  /** Forwards a change to everyone but `from`, which is null for a change from elsewhere. */
  #forward(from: Connection | null, update: Uint8Array): void {
    this.#options.openings.add(update)
    this.#guard?.apply(update)
    this.#options.outgoing.forward(from, update)
  }

  async #readKnown(): Promise<Known> {
    while (this.#known === null) {
      const { opened, isLatest } = await this.#options.openings.open()
      // Else an append failed meanwhile, and what was forwarded since may not be in the log.
      if (isLatest()) this.#known = new Known(opened.doc)
    }
    return this.#known
  }

  async #makeGuard(): Promise<void> {
    const { opened, isLatest } = await this.#options.openings.open()
    if (isLatest() && this.#needsGuard) this.#guard ??= new FieldGuard(opened.doc)
  }

  get #needsGuard(): boolean {
    return [...this.#options.connections, ...this.#judging.keys()].some(({ parts }) => parts !== null)
  }

  #dropUnneededGuard(): void {
    if (this.#guard !== null && !this.#needsGuard) this.#guard = null
  }

  /** Releases the person's claims when none of their connections is left. */
  #releaseClaims({ person }: Connection): void {
    const { connections, claims } = this.#options
    if (![...connections].some((other) => other.person.id === person.id)) claims.left(person.id)
  }
}
