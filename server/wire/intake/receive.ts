/**
 * Receives documents: stores the original bytes, reads them, and shows the desk each item. An identical item is only
 * counted, a newer version names the item it updates, and an unreadable document is quarantined with the reason.
 * Nothing is dropped.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { IntakeItem, IntakeReceipt } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { isOlder } from '#shared/wire/intake/older.ts'
import type { ReadFault, ReadItem } from '#shared/wire/reading/read-item.ts'
import type { NewsroomEvent, Outcome } from '../../newsroom-event.ts'
import { lock } from '../../store/locks.ts'
import type { Database } from '../../store/schema.ts'
import { getIntakeRow, newestOf, readIntakeItems, toIntakeItem } from './intake-items.ts'
import { LARGEST_FILE, readDocument } from './read-document.ts'

/** A document that arrived. */
export interface Arrival {
  /** Null for a document that a person pasted or dragged in. */
  sourceId: string | null
  bytes: Uint8Array
  fileName?: string | null
  /** The encoding as the sender names it. */
  encoding?: string | null
}

export type Reading = { format: string; items: ReadItem[] } | { format: string | null; faults: ReadFault[] }

/** Reads untrusted bytes. Never rejects for their content. */
export async function readArrival(arrival: Pick<Arrival, 'bytes' | 'encoding'>): Promise<Reading> {
  const { bytes, encoding } = arrival
  if (tooLarge(arrival)) {
    return {
      format: null,
      faults: [{ line: 1, message: `It has more than ${LARGEST_FILE / 1_000_000} MB, which no story has.` }],
    }
  }
  try {
    const { format, outcome } = await readDocument(bytes, { claimed: encoding ?? undefined })
    if ('faults' in outcome) return { format: null, faults: outcome.faults }
    if (outcome.items.length === 0) return { format: null, faults: [{ line: 1, message: 'There is no item in it.' }] }
    return { format: format.name, items: outcome.items }
  } catch (error) {
    return { format: null, faults: [{ line: 1, message: error instanceof Error ? error.message : String(error) }] }
  }
}

/** True if the document is too large to store. Only its name then distinguishes it from others. */
const tooLarge = ({ bytes }: Pick<Arrival, 'bytes'>): boolean => bytes.byteLength > LARGEST_FILE

const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Stores and reads a document. */
export async function receive(db: Kysely<Database>, arrival: Arrival): Promise<Outcome<{ receipt: IntakeReceipt }>> {
  const reading = await readArrival(arrival)
  const now = Date.now()
  const kept = await db.transaction().execute(async (trx) => {
    await lock(trx, `intake ${arrival.sourceId ?? 'paste'}`)
    const documentId = randomUUID()
    const rows = []
    let duplicates = 0
    if ('faults' in reading) {
      const content = hash(tooLarge(arrival) ? `too large: ${arrival.fileName ?? documentId}` : arrival.bytes)
      if (await isThere(trx, arrival.sourceId, content)) return { ids: [], duplicates: 1 }
      rows.push({ ...quarantined(reading.faults), content_hash: content })
    } else {
      const seen = new Set<string>()
      for (const item of reading.items) {
        const content = hash(JSON.stringify(item))
        if (seen.has(content) || (await isThere(trx, arrival.sourceId, content))) duplicates++
        else rows.push({ ...(await read(trx, arrival.sourceId, item, reading.format)), content_hash: content })
        seen.add(content)
      }
    }
    if (rows.length === 0) return { ids: [], duplicates }
    await trx
      .insertInto('intake_documents')
      .values({
        id: documentId,
        file_name: arrival.fileName ?? null,
        encoding: arrival.encoding ?? null,
        bytes: tooLarge(arrival) ? new Uint8Array() : arrival.bytes,
        received_at: now,
      })
      .execute()
    const ids: string[] = []
    for (const row of rows) {
      const id = randomUUID()
      ids.push(id)
      await trx
        .insertInto('intake')
        .values({ ...row, id, source_id: arrival.sourceId, document_id: documentId, received_at: now })
        .execute()
    }
    return { ids, duplicates }
  })
  return {
    receipt: { items: await readIntakeItems(db, kept.ids), duplicates: kept.duplicates },
    events: received(kept.ids, null),
  }
}

/** `by`: the person who had the items read again; null for what came in by itself. */
function received(itemIds: readonly string[], by: string | null): NewsroomEvent[] {
  return itemIds.map((itemId) => ({ type: 'intake-received', itemId, by, at: Date.now() }))
}

async function isThere(trx: Kysely<Database>, sourceId: string | null, content: string): Promise<boolean> {
  const row = await trx
    .selectFrom('intake')
    .select('id')
    .where('content_hash', '=', content)
    .where('source_id', sourceId === null ? 'is' : '=', sourceId)
    // A discarded item may be pasted again.
    .$if(sourceId === null, (query) => query.where('status', '!=', 'discarded'))
    .executeTakeFirst()
  return row !== undefined
}

function quarantined(faults: readonly ReadFault[]) {
  return {
    status: 'quarantined',
    format: null,
    uri: null,
    version: null,
    item: null,
    faults: JSON.stringify(faults),
    reason: faults[0]?.message ?? 'It could not be read.',
    updates: null,
  }
}

/**
 * Returns the values of an item's row, with the item it updates. A version older than the known one is discarded, with
 * the reason.
 */
async function read(trx: Kysely<Database>, sourceId: string | null, item: ReadItem, format: string) {
  const before = item.uri === undefined ? undefined : await newestOf(trx, sourceId, item.uri)
  const older = before !== undefined && isOlder(before.item, item)
  return {
    status: older ? 'discarded' : 'new',
    format,
    uri: item.uri ?? null,
    version: item.version ?? null,
    item: JSON.stringify(item),
    faults: null,
    reason: older ? reasonFor(before.item) : null,
    updates: before?.id ?? null,
  }
}

function reasonFor({ kind, version }: ReadItem): string {
  if (kind === 'kill') return 'Its sender has killed it: it must not be used.'
  return version === undefined ? 'A later one of it is here already.' : `Version ${version} of it is here already.`
}

/** Reads a quarantined document again, after an update of Galley. Its first item replaces the quarantined row. */
export async function readAgain(
  db: Kysely<Database>,
  id: string,
  person: Person,
): Promise<Outcome<{ items: IntakeItem[] }>> {
  const row = await getIntakeRow(db, id)
  if (row.status !== 'quarantined') return { items: [toIntakeItem(row)], events: [] }
  const document = await db
    .selectFrom('intake_documents')
    .selectAll()
    .where('id', '=', row.document_id)
    .executeTakeFirstOrThrow()
  const reading = await readArrival(document)
  const ids = [id]
  await db.transaction().execute(async (trx) => {
    await lock(trx, `intake ${row.source_id ?? 'paste'}`)
    if ('faults' in reading) {
      const { faults, reason } = quarantined(reading.faults)
      await trx.updateTable('intake').set({ faults, reason }).where('id', '=', id).execute()
      return
    }
    const [first, ...others] = reading.items
    if (first === undefined) return
    const values = await read(trx, row.source_id, first, reading.format)
    await trx
      .updateTable('intake')
      .set({ ...values, content_hash: hash(JSON.stringify(first)) })
      .where('id', '=', id)
      .where('status', '=', 'quarantined')
      .execute()
    for (const item of others) {
      const other = randomUUID()
      ids.push(other)
      await trx
        .insertInto('intake')
        .values({
          ...(await read(trx, row.source_id, item, reading.format)),
          id: other,
          source_id: row.source_id,
          document_id: row.document_id,
          received_at: row.received_at,
          content_hash: hash(JSON.stringify(item)),
        })
        .execute()
    }
  })
  return { items: await readIntakeItems(db, ids), events: received(ids, person.id) }
}
