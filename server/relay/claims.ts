/**
 * Whose Yjs clients are whose. A client belongs to the person who first used it in a story, for good, so that who wrote
 * what can be read from the ids of the words: see R23 to R27 in PROTOCOL.md.
 *
 * A claim is committed before anything of its client is forwarded. So whatever anybody holds of a client, the table says
 * whose it is, and nobody can take a client by being the first to bring back what a crash kept from the log.
 */
import { randomUUID } from 'node:crypto'
import { RESERVED_CLIENT_IDS } from '#shared/article/seed.ts'
import type { IdRange } from './id-range.ts'
import type { Store } from '../store/store.ts'
import { readUpdate } from './update.ts'

/** Whose a client is, and the session of a room that held it before. */
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

/** The setting that a newsroom has which was made anew from a backup. */
export const RESTORED = 'relay.restored'

/** Notes that the newsroom was made anew: people's own copies have what came after the backup, of each other too. */
export async function markRestored(db: Store['db']): Promise<void> {
  await db.updateTable('clients').set({ held_by: 'restored' }).execute()
  await db
    .insertInto('settings')
    .values({ name: RESTORED, value: 'yes' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether no person can have this client. */
const isReserved = (client: number): boolean => RESERVED_CLIENT_IDS.includes(client)

/** How many clients are claimed by one statement. */
const CLIENTS_PER_STATEMENT = 1000

/** Writes claims. What arrives while one batch is on its way to the disk goes there together in the next. */
export class ClaimWriter {
  readonly #store: Store
  #gathering: Request[] = []
  #writing = false

  constructor(store: Store) {
    this.#store = store
  }

  /** Gives those of the clients to the person that are nobody's yet. Resolves, once committed, with whose they all are. */
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

  /** A request that is refused by the database keeps no other from being answered. */
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

/** Gives the clients of an update that the server itself writes, in a person's name, to that person. */
export async function claimFor(store: Store, storyId: string, personId: string, update: Uint8Array): Promise<void> {
  const clients = new Set(readUpdate(update).inserted.map(({ client }) => client))
  await new ClaimWriter(store).claim(storyId, personId, null, [...clients])
}

/** The claims of one room. */
export class Claims {
  readonly #store: Store
  readonly #writer: ClaimWriter
  readonly #storyId: string
  /** Whose a client is, as far as this room has heard. */
  readonly #owners = new Map<number, string>()
  /** Clients with which their people write in this session. */
  readonly #held = new Map<number, string>()
  /** Whether the table may say that somebody holds something in this session. */
  #holds = false
  /** Clients of which something may have been forwarded that never reached the log. */
  readonly #mayHaveLost = new Set<number>()
  #restored = false
  /** Names the time from the room's beginning, or from the last change that could not be stored. */
  #session: string = randomUUID()

  constructor(store: Store, writer: ClaimWriter, storyId: string) {
    this.#store = store
    this.#writer = writer
    this.#storyId = storyId
  }

  /** Reads whose the story's clients are. To be called before anybody is heard. */
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

  /** Whether the client is known to be somebody else's. */
  isOwnedByOther(client: number, personId: string): boolean {
    const owner = this.#owners.get(client)
    return owner !== undefined && owner !== personId
  }

  /** Whether the person is known to write with this client in this session. */
  holds(personId: string, client: number): boolean {
    return this.#held.get(client) === personId
  }

  /** Whether it may be anybody's: its person may have used it after the backup that the newsroom was made anew from. */
  isUnownedAfterRestore(client: number): boolean {
    return this.#restored && !isReserved(client) && !this.#owners.has(client)
  }

  /** Whether others than its person may bring what the log lacks of it. */
  mayHaveLostUpdates(client: number): boolean {
    return this.#mayHaveLost.has(client)
  }

  /** Gives the person those that are nobody's. Resolves, once that is committed, with those that are others'. */
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

  /** The person has brought all that the log may have lacked of these. */
  broughtBy(personId: string, ranges: readonly IdRange[]): void {
    if (this.#mayHaveLost.size === 0) return
    for (const { client } of ranges) if (this.holds(personId, client)) this.#mayHaveLost.delete(client)
  }

  /** Writes down who brings what is under others' clients. */
  async carry(personId: string, ranges: readonly IdRange[]): Promise<void> {
    await this.#store.db
      .insertInto('carried')
      .values(ranges.map((range) => ({ story_id: this.#storyId, ...range, person_id: personId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** Nobody of this name is here any more. Who comes back holds anew, since it may have been elsewhere meanwhile. */
  left(personId: string): void {
    for (const [client, holder] of this.#held) if (holder === personId) this.#held.delete(client)
  }

  /** Something that was forwarded could not be stored: what is held now may lack it, until its person writes again. */
  startSession(): void {
    this.#session = randomUUID()
    this.#held.clear()
  }

  /** All that was forwarded is stored, and nobody is here any more. */
  async release(): Promise<void> {
    if (!this.#holds) return
    this.#holds = false
    const session = this.#session
    // Whoever comes meanwhile holds anew.
    this.startSession()
    await this.#store.db
      .updateTable('clients')
      .set({ held_by: null })
      .where('story_id', '=', this.#storyId)
      .where('held_by', '=', session)
      .execute()
  }
}
