/**
 * Who owns which Yjs client. A client belongs for good to the person who first used it in a story, so that the ids of
 * words say who wrote them: see R23 to R27 in PROTOCOL.md.
 *
 * A claim is committed before any change of its client is forwarded. So the table names the owner of every client that
 * anyone has seen, and no one can take over a client by being the first to bring back what a crash kept from the log.
 */
import { randomUUID } from 'node:crypto'
import { RESERVED_CLIENT_IDS } from '#shared/article/seed.ts'
import type { IdRange } from './id-range.ts'
import type { Store } from '../store/store.ts'
import { readUpdate } from './update.ts'

/** The owner of a client, and the room session that held it before. */
interface Claimed {
  personId: string
  heldBefore: string | null
}

interface Request {
  storyId: string
  personId: string
  session: string | null
  clients: readonly number[]
  answer: PromiseWithResolvers<Map<number, Claimed>>
}

/** The setting of a newsroom that was restored from a backup. */
export const RESTORED = 'relay.restored'

/** Marks the newsroom as restored: people's copies hold what was written after the backup, their own and others'. */
export async function markRestored(db: Store['db']): Promise<void> {
  await db.updateTable('clients').set({ held_by: 'restored' }).execute()
  await db
    .insertInto('settings')
    .values({ name: RESTORED, value: 'yes' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Returns whether no person can own this client. */
const isReserved = (client: number): boolean => RESERVED_CLIENT_IDS.includes(client)

/** Clients claimed by one statement. */
const CLIENTS_PER_STATEMENT = 1000

/** Writes claims in batches: those that arrive while one batch is being written go together in the next. */
export class ClaimWriter {
  readonly #store: Store
  #gathering: Request[] = []
  #writing = false

  constructor(store: Store) {
    this.#store = store
  }

  /** Claims the unowned clients for this person. Resolves, after the commit, to the owner of each. */
  claim(
    storyId: string,
    personId: string,
    session: string | null,
    clients: readonly number[],
  ): Promise<Map<number, Claimed>> {
    const answer = Promise.withResolvers<Map<number, Claimed>>()
    this.#gathering.push({ storyId, personId, session, clients, answer })
    if (!this.#writing) {
      this.#writing = true
      setImmediate(() => void this.#writeAll())
    }
    return answer.promise
  }

  async #writeAll(): Promise<void> {
    while (this.#gathering.length > 0) {
      const batch = this.#gathering
      this.#gathering = []
      await this.#write(batch)
    }
    this.#writing = false
  }

  /** Writes a batch; where the database refuses it, each request by itself, so that one cannot fail the others. */
  async #write(batch: readonly Request[]): Promise<void> {
    try {
      const answers = await this.#store.db.transaction().execute(async (trx) => {
        const answers: Map<number, Claimed>[] = []
        for (const request of batch) answers.push(await claim(trx, request))
        return answers
      })
      for (const [index, { answer }] of batch.entries()) answer.resolve(answers[index] ?? new Map())
    } catch (error) {
      if (batch.length === 1) for (const { answer } of batch) answer.reject(error)
      else for (const request of batch) await this.#write([request])
    }
  }
}

async function claim(
  trx: Store['db'],
  { storyId, personId, session, clients }: Request,
): Promise<Map<number, Claimed>> {
  const claimed = new Map<number, Claimed>()
  for (let at = 0; at < clients.length; at += CLIENTS_PER_STATEMENT) {
    const part = clients.slice(at, at + CLIENTS_PER_STATEMENT)
    const known = trx
      .selectFrom('clients')
      .select(['client', 'person_id', 'held_by'])
      .where('story_id', '=', storyId)
      .where('client', 'in', part)
    const before = new Map((await known.execute()).map(({ client, held_by }) => [client, held_by]))
    await trx
      .insertInto('clients')
      .values(part.map((client) => ({ story_id: storyId, client, person_id: personId, held_by: session })))
      .onConflict((conflict) =>
        conflict
          .columns(['story_id', 'client'])
          .doUpdateSet({ held_by: session })
          .where('clients.person_id', '=', personId),
      )
      .execute()
    for (const { client, person_id } of await known.execute()) {
      claimed.set(client, { personId: person_id, heldBefore: before.get(client) ?? null })
    }
  }
  return claimed
}

/** Claims, for a person, the clients of an update that the server writes in their name. */
export async function claimFor(store: Store, storyId: string, personId: string, update: Uint8Array): Promise<void> {
  const clients = new Set(readUpdate(update).inserted.map(({ client }) => client))
  await new ClaimWriter(store).claim(storyId, personId, null, [...clients])
}

/** The claims of one room. */
export class Claims {
  readonly #store: Store
  readonly #writer: ClaimWriter
  readonly #storyId: string
  /** The owner of each client that this room knows of. */
  readonly #owners = new Map<number, string>()
  /** Clients that their owners write with in this session. */
  readonly #held = new Map<number, string>()
  /** Whether the table may say that a client is held in this session. */
  #holds = false
  /** Clients whose changes may have been forwarded without reaching the log. */
  readonly #mayHaveLost = new Set<number>()
  #restored = false
  /** Runs from the room's start, or from the last change that could not be stored. */
  #session: string = randomUUID()

  constructor(store: Store, writer: ClaimWriter, storyId: string) {
    this.#store = store
    this.#writer = writer
    this.#storyId = storyId
  }

  /** Reads the owners of the story's clients. Call it before any frame is read. */
  async load(): Promise<void> {
    const rows = await this.#store.db
      .selectFrom('clients')
      .select(['client', 'person_id'])
      .where('story_id', '=', this.#storyId)
      .execute()
    for (const { client, person_id } of rows) this.#owners.set(client, person_id)
    const restored = await this.#store.db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', RESTORED)
      .executeTakeFirst()
    this.#restored = restored !== undefined
  }

  /** Returns whether the client is known to be someone else's. */
  isOwnedByOther(client: number, personId: string): boolean {
    const owner = this.#owners.get(client)
    return owner !== undefined && owner !== personId
  }

  /** Returns whether the person is known to write with this client in this session. */
  holds(personId: string, client: number): boolean {
    return this.#held.get(client) === personId
  }

  /** Returns whether the client has no known owner because it may have been first used after the backup. */
  isUnownedAfterRestore(client: number): boolean {
    return this.#restored && !isReserved(client) && !this.#owners.has(client)
  }

  /** Returns whether the log may lack changes of this client, so that others may bring them. */
  mayHaveLostUpdates(client: number): boolean {
    return this.#mayHaveLost.has(client)
  }

  /** Claims the unowned clients for this person. Resolves, after the commit, to those that are others'. */
  async claim(personId: string, clients: readonly number[]): Promise<Set<number>> {
    const session = this.#session
    this.#holds = true
    const free = clients.filter((client) => !isReserved(client))
    const others = new Set<number>(clients.filter(isReserved))
    const claimed = await this.#writer.claim(this.#storyId, personId, session, free)
    for (const [client, { personId: owner, heldBefore }] of claimed) {
      this.#owners.set(client, owner)
      if (heldBefore !== null && heldBefore !== session) this.#mayHaveLost.add(client)
      if (owner !== personId) others.add(client)
      else if (session === this.#session) this.#held.set(client, personId)
    }
    return others
  }

  /** The person has sent everything that the log may have lacked of these. */
  broughtBy(personId: string, ranges: readonly IdRange[]): void {
    if (this.#mayHaveLost.size === 0) return
    for (const { client } of ranges) if (this.holds(personId, client)) this.#mayHaveLost.delete(client)
  }

  /** Records who brings these ids of other people's clients. */
  async carry(personId: string, ranges: readonly IdRange[]): Promise<void> {
    await this.#store.db
      .insertInto('carried')
      .values(ranges.map((range) => ({ story_id: this.#storyId, ...range, person_id: personId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** The person's last connection has left. Their next one claims again, since it may have been elsewhere meanwhile. */
  left(personId: string): void {
    for (const [client, holder] of this.#held) if (holder === personId) this.#held.delete(client)
  }

  /** Ends the session: changes of the clients held in it may be missing from the log until their owners write again. */
  startSession(): void {
    this.#session = randomUUID()
    this.#held.clear()
  }

  /** Releases all clients: the room is empty, and everything forwarded is stored. */
  async release(): Promise<void> {
    if (!this.#holds) return
    this.#holds = false
    const session = this.#session
    // Those who join meanwhile claim again.
    this.startSession()
    await this.#store.db
      .updateTable('clients')
      .set({ held_by: null })
      .where('story_id', '=', this.#storyId)
      .where('held_by', '=', session)
      .execute()
  }
}
