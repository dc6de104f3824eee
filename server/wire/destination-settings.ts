/** The destinations as the wire desk sets them up. Their secrets can be written but never read. */
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { message, type MessageOrText, storeMessage } from '#shared/messages/message.ts'
import { sendMessage } from '#shared/messages/sent-message.ts'
import {
  type Destination,
  DESTINATION_KINDS,
  DESTINATION_SETTINGS,
  type DestinationKindName,
  destinationFilterSchema,
  destinationRulesSchema,
  type DestinationSettings,
  destinationSettingsSchema,
  type DestinationTest,
  destinationTestSchema,
  type putDestinationRequestSchema,
} from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { mayRunWire } from '#shared/story/workflow.ts'
import { findFormat } from '#shared/wire/formats/index.ts'
import { messageOf, redactMessage } from '../message-error.ts'
import type { Outcome } from '../newsroom-event.ts'
import { refuse, type Refusal } from '../refusal.ts'
import type { Database, Row } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { KILL, ORDINARY } from './claim.ts'
import { DeliveryError, type DestinationKind } from './destinations/destination.ts'
import type { Folders } from './folders.ts'
import { KILL_UNREACHABLE } from './kill.ts'
import { limitedSettings, receiverOf, splitQuery } from './receiver.ts'
import type { Secrets } from './secrets.ts'

const TEST_MS = 20_000

/** Refuses a person who may not run the wire. */
export function refuseOthers(person: Person): void {
  if (!mayRunWire(person.role)) throw refuse('wire-desk-only')
}

/** Returns the refusal of a folder that an operator has not allowed. */
export function refuseFolder({ roots }: Folders): Refusal {
  return refuse('folder-not-allowed', { folders: roots.join(', ') })
}

/** Returns the destinations that a publication can go to now, by name. */
export async function listDestinations(db: Kysely<Database>): Promise<Destination[]> {
  return db
    .selectFrom('destinations')
    .select(['id', 'name', 'format'])
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute()
}

export interface DestinationDesk {
  list(person: Person): Promise<DestinationSettings[]>
  put(
    id: string,
    request: z.output<typeof putDestinationRequestSchema>,
    person: Person,
  ): Promise<Outcome<{ destination: DestinationSettings; created: boolean }>>
  /**
   * Removes a destination. Its waiting deliveries are skipped, kills marked dead until a person deals with them. Past
   * deliveries stay.
   */
  remove(id: string, person: Person): Promise<Outcome<object>>
  test(id: string, person: Person): Promise<DestinationTest>
}

interface Context {
  db: Kysely<Database>
  secrets: Secrets
  kinds: readonly DestinationKind[]
  /** The folders that file drops may use. */
  folders: Folders
  /** Whether a receiver may be in a private network, if its settings allow it, too. */
  allowPrivate: boolean
}

export function createDestinationDesk({ db, secrets, kinds, folders, allowPrivate }: Context): DestinationDesk {
  async function find(id: string): Promise<Row<'destinations'> | undefined> {
    return db.selectFrom('destinations').selectAll().where('id', '=', id).executeTakeFirst()
  }

  async function get(id: string): Promise<Row<'destinations'>> {
    const row = await find(id)
    if (row === undefined || row.removed_at !== null) throw refuse('destination-not-found')
    return row
  }

  async function openSecrets(row: Row<'destinations'>): Promise<Record<string, string>> {
    return row.secrets === null ? {} : secrets.open(row.id, row.secrets)
  }

  /** Returns the secrets after these changes, encrypted; null if there are none. */
  async function sealed(id: string, before: Row<'destinations'> | undefined, changes: Changes): Promise<string | null> {
    // Unchanged secrets are not decrypted: if their key is missing, they can be read again when it is back.
    if (Object.values(changes).every((value) => value === undefined)) return before?.secrets ?? null
    const earlier = before === undefined ? {} : await openSecrets(before).catch(() => ({}))
    const kept = changeSecrets(earlier, changes)
    return Object.keys(kept).length === 0 ? null : secrets.seal(id, kept)
  }

  async function toSettings(row: Row<'destinations'>): Promise<DestinationSettings> {
    // A lost key costs the secrets, but not the page for entering them again.
    const kept = await openSecrets(row).catch(() => ({}))
    return destinationSettingsSchema.parse({
      id: row.id,
      name: row.name,
      format: row.format,
      kind: row.kind,
      paused: row.paused === 1,
      filter: destinationFilterSchema.parse(JSON.parse(row.filter)),
      rules: destinationRulesSchema.parse(JSON.parse(row.rules)),
      settings: JSON.parse(row.settings) as unknown,
      secrets: Object.keys(kept).sort(),
    })
  }

  return {
    async list(person) {
      refuseOthers(person)
      const rows = await db
        .selectFrom('destinations')
        .selectAll()
        .where('removed_at', 'is', null)
        .where('kind', 'in', DESTINATION_KINDS)
        .orderBy('name')
        .execute()
      return Promise.all(rows.map(toSettings))
    },

    async put(id, request, person) {
      refuseOthers(person)
      if (findFormat(request.format) === undefined) throw refuse('format-unknown', { format: request.format })
      if (request.kind === 'file-drop') {
        if (!folders.permits(request.settings.folder)) throw refuseFolder(folders)
      } else if (request.settings.allowPrivate && !allowPrivate) throw refuse('private-addresses-off')
      const before = await find(id)
      if (before !== undefined && before.removed_at !== null) throw refuse('destination-removed')
      if (before !== undefined && before.kind !== request.kind) throw refuse('destination-type-fixed')
      const { settings, secrets: changes } = withSealedQuery(request)
      // Secrets belong to the receiver that they were entered for.
      const moved = before !== undefined && hasMoved(before, settings, request.kind)
      const values = {
        name: request.name,
        kind: request.kind,
        format: request.format,
        settings: JSON.stringify(settings),
        paused: request.paused ? 1 : 0,
        filter: JSON.stringify(request.filter),
        rules: JSON.stringify(request.rules),
        secrets: await sealed(id, moved ? undefined : before, changes),
      }
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('destinations')
          .values({ ...values, id })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute()
        const detail = { destination: id, name: request.name, kind: request.kind }
        await record(trx, { personId: person.id, action: 'destination-saved', detail })
      })
      return {
        destination: await toSettings(await get(id)),
        created: before === undefined,
        events: [{ type: 'destination-saved', destinationId: id, by: person.id, at: Date.now() }],
      }
    },

    async remove(id, person) {
      refuseOthers(person)
      const { name } = await get(id)
      const now = Date.now()
      const ended = await db.transaction().execute(async (trx) => {
        await trx.updateTable('destinations').set({ removed_at: now, secrets: null }).where('id', '=', id).execute()
        const waiting = trx
          .updateTable('deliveries')
          .set({ waiting: 0, finished_at: now })
          .where('destination_id', '=', id)
          .returning(['id', 'publication_id'])
        const skipped = await waiting
          .set({ status: 'skipped', detail: storeMessage(message('server.delivery.destination-removed')) })
          .where('waiting', '=', ORDINARY)
          .execute()
        const kills = await waiting
          .set({ status: 'dead', detail: KILL_UNREACHABLE })
          .where('waiting', '=', KILL)
          .execute()
        await record(trx, { personId: person.id, action: 'destination-removed', detail: { destination: id, name } })
        return [...skipped, ...kills]
      })
      const deliveries = ended.map((row) => ({ id: row.id, publicationId: row.publication_id }))
      return {
        events: [{ type: 'destination-removed', destinationId: id, ended: deliveries, by: person.id, at: now }],
      }
    },

    async test(id, person) {
      refuseOthers(person)
      const row = await get(id)
      const kind = kinds.find(({ name }) => name === row.kind)
      if (kind === undefined) throw refuse('destination-type-unknown', { type: row.kind })
      await record(db, { personId: person.id, action: 'destination-tested', detail: { destination: id } })
      const began = performance.now()
      const milliseconds = (): number => Math.round(performance.now() - began)
      const signal = AbortSignal.timeout(TEST_MS)
      try {
        const settings = limitedSettings(row.settings, allowPrivate)
        const access = { settings, secrets: await openSecrets(row), signal }
        const { detail, response } = await Promise.race([kind.test(access), rejectedBy(signal)])
        return testOf(true, detail, response ?? null, milliseconds())
      } catch (error) {
        const response = error instanceof DeliveryError ? error.response : null
        return testOf(false, redactMessage(messageOf(error)), response, milliseconds())
      }
    },
  }
}

function testOf(ok: boolean, detail: MessageOrText, response: string | null, milliseconds: number): DestinationTest {
  return destinationTestSchema.parse({ ok, detail: sendMessage(detail), response, milliseconds })
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const seconds = TEST_MS / 1000
    const late = new DeliveryError(message('server.delivery.timeout', { seconds }))
    signal.addEventListener('abort', () => reject(late), { once: true })
  })
}

/** Returns whether the settings lead to another receiver. Settings of an older version get what was added since. */
function hasMoved(before: Row<'destinations'>, settings: object, kind: DestinationKindName): boolean {
  const earlier = DESTINATION_SETTINGS[kind].settings.safeParse(JSON.parse(before.settings))
  return !earlier.success || receiverOf(earlier.data) !== receiverOf(settings)
}

/** Returns the settings without the query of an address, which is kept among the secrets: it may hold a key. */
function withSealedQuery(request: z.output<typeof putDestinationRequestSchema>): {
  settings: Readonly<Record<string, unknown>>
  secrets: Changes
} {
  if (request.kind !== 'http') return request
  const { address, query } = splitQuery(request.settings.url)
  const secrets = query === null ? request.secrets : { ...request.secrets, query: query === '' ? null : query }
  return { settings: { ...request.settings, url: address }, secrets }
}

/** Absent: unchanged. Null: removed. */
type Changes = Readonly<Record<string, string | null | undefined>>

function changeSecrets(kept: Readonly<Record<string, string>>, changes: Changes): Record<string, string> {
  const changed = new Map(Object.entries(kept))
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) changed.delete(name)
    else if (value !== undefined) changed.set(name, value)
  }
  return Object.fromEntries(changed)
}
