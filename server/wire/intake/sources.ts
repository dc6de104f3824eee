/** The sources of incoming copy, as the wire desk sets them up. */
import { randomBytes } from 'node:crypto'
import { isAbsolute } from 'node:path'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { type IntakeSource, intakeSourceSchema, type putIntakeSourceRequestSchema } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { sessionId as tokenHash } from '../../auth/sessions.ts'
import type { NewsroomEvent, Outcome } from '../../newsroom-event.ts'
import { refuse } from '../../refusal.ts'
import type { Database, Row } from '../../store/schema.ts'
import { record } from '../../story/audit.ts'
import { isoTime } from '../../time.ts'
import { refuseFolder, refuseOthers } from '../destination-settings.ts'
import { receiverOf, splitQuery } from '../receiver.ts'
import type { Folders } from '../folders.ts'
import type { Secrets } from '../secrets.ts'

export function toSource(row: Row<'intake_sources'>): IntakeSource {
  return intakeSourceSchema.parse({
    id: row.id,
    name: row.name,
    kind: row.kind,
    deskId: row.desk_id,
    paused: row.paused === 1,
    settings: JSON.parse(row.settings) as unknown,
    lastHeardAt: row.heard_at === null ? null : isoTime(row.heard_at),
    fault: row.fault,
  })
}

/** Returns the sources, by name. */
export async function listSources(db: Kysely<Database>): Promise<IntakeSource[]> {
  const rows = await db
    .selectFrom('intake_sources')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(toSource)
}

/** Returns the source, even if it was removed; null if there is none of this id. */
export async function findSource(db: Kysely<Database>, id: string): Promise<IntakeSource | null> {
  const row = await db.selectFrom('intake_sources').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toSource(row)
}

/** Returns the source. Refuses with `source-not-found`. */
export async function getSource(db: Kysely<Database>, id: string): Promise<Row<'intake_sources'>> {
  const row = await db
    .selectFrom('intake_sources')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw refuse('source-not-found')
  return row
}

/** What a source may use. */
interface Limits {
  secrets: Secrets
  folders: Folders
  allowPrivate: boolean
}

export async function putSource(
  db: Kysely<Database>,
  id: string,
  request: z.output<typeof putIntakeSourceRequestSchema>,
  person: Person,
  { secrets, folders, allowPrivate }: Limits,
): Promise<Outcome<{ source: IntakeSource; created: boolean }>> {
  refuseOthers(person)
  if (request.kind === 'folder' && !isAbsolute(request.settings.folder)) throw refuse('folder-not-absolute')
  if (request.kind === 'folder' && !folders.permits(request.settings.folder)) throw refuseFolder(folders)
  if (request.kind === 'feed' && request.settings.allowPrivate && !allowPrivate) throw refuse('private-addresses-off')
  const desk = await db.selectFrom('desks').select('id').where('id', '=', request.deskId).executeTakeFirst()
  if (desk === undefined) throw refuse('desk-not-found')
  const before = await db.selectFrom('intake_sources').selectAll().where('id', '=', id).executeTakeFirst()
  if (before !== undefined && before.removed_at !== null) throw refuse('source-removed')
  if (before !== undefined && before.kind !== request.kind) throw refuse('source-type-fixed')
  const { settings, sealed } = await sealQuery(id, request, before, secrets)
  const values = {
    name: request.name,
    kind: request.kind,
    desk_id: request.deskId,
    settings: JSON.stringify(settings),
    secrets: sealed,
    paused: request.paused ? 1 : 0,
    fault: null,
    etag: null,
    last_modified: null,
    next_poll_at: 0,
  }
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('intake_sources')
      .values({ ...values, id })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
    const detail = { source: id, name: request.name, kind: request.kind }
    await record(trx, { personId: person.id, action: 'intake-source-saved', detail })
  })
  return {
    source: toSource(await getSource(db, id)),
    created: before === undefined,
    events: [{ type: 'intake-source-changed', sourceId: id, by: person.id, at: Date.now() }],
  }
}

/** Returns the settings without the query of a feed's address, and the query sealed: it may hold a key. */
async function sealQuery(
  id: string,
  request: z.output<typeof putIntakeSourceRequestSchema>,
  before: Row<'intake_sources'> | undefined,
  secrets: Secrets,
): Promise<{ settings: object; sealed: string | null }> {
  if (request.kind !== 'feed') return { settings: request.settings, sealed: null }
  const { address, query } = splitQuery(request.settings.url)
  const settings = { ...request.settings, url: address }
  if (query !== null) return { settings, sealed: query === '' ? null : await secrets.seal(id, { query }) }
  const same = before !== undefined && receiverOf(JSON.parse(before.settings)) === receiverOf(settings)
  return { settings, sealed: same ? before.secrets : null }
}

/** Removes a source. Its items stay. */
export async function removeSource(db: Kysely<Database>, id: string, person: Person): Promise<Outcome<object>> {
  refuseOthers(person)
  const { name } = await getSource(db, id)
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('intake_sources')
      .set({ removed_at: Date.now(), token_hash: null, secrets: null })
      .where('id', '=', id)
      .execute()
    await record(trx, { personId: person.id, action: 'intake-source-removed', detail: { source: id, name } })
  })
  return { events: [{ type: 'intake-source-removed', sourceId: id, by: person.id, at: Date.now() }] }
}

/** Creates a new token for an HTTP endpoint, which is shown only once. */
export async function newToken(db: Kysely<Database>, id: string, person: Person): Promise<string> {
  refuseOthers(person)
  const { kind, name } = await getSource(db, id)
  if (kind !== 'http') throw refuse('source-without-token')
  const token = randomBytes(32).toString('base64url')
  await db
    .updateTable('intake_sources')
    .set({ token_hash: tokenHash(token) })
    .where('id', '=', id)
    .execute()
  await record(db, { personId: person.id, action: 'intake-source-saved', detail: { source: id, name, kind } })
  return token
}

/** Returns the endpoint if this token opens it now. The hash of a random token may be compared directly. */
export async function findEndpoint(
  db: Kysely<Database>,
  id: string,
  token: string,
): Promise<Row<'intake_sources'> | null> {
  const row = await db
    .selectFrom('intake_sources')
    .selectAll()
    .where('id', '=', id)
    .where('kind', '=', 'http')
    .where('token_hash', '=', tokenHash(token))
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Records that a source delivered something or cannot be read. Returns an event if that changed anything. */
export async function heardFrom(
  db: Kysely<Database>,
  id: string,
  { fault, changed }: { fault: string | null; changed: boolean },
): Promise<NewsroomEvent[]> {
  const before = await db.selectFrom('intake_sources').select('fault').where('id', '=', id).executeTakeFirst()
  if (before === undefined || (!changed && before.fault === fault)) return []
  await db
    .updateTable('intake_sources')
    .set({ fault, ...(fault === null ? { heard_at: Date.now() } : {}) })
    .where('id', '=', id)
    .execute()
  return [{ type: 'intake-source-changed', sourceId: id, by: null, at: Date.now() }]
}
