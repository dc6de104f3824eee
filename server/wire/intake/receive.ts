/**
 * Receives documents: stores the original bytes, and shows the desk each item. An identical item is only counted, a newer
 * version names the item it updates, and an unreadable document is quarantined with the reason. Nothing is dropped.
 */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { IntakeItem, IntakeReceipt } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { isOlder } from '#shared/wire/intake/older.ts'
import type { ReadFault } from '#shared/wire/reading/read-item.ts'
import type { NewsroomEvent, Outcome } from '../../newsroom-event.ts'
import { lock } from '../../store/locks.ts'
import type { Database } from '../../store/schema.ts'
import type { DocumentReader } from './document-reader.ts'
import { getIntakeRow, newestOf, readIntakeItems, toIntakeItem } from './intake-items.ts'
import type { ItemSummary } from './item-summary.ts'
import { hash, type ItemRow } from './read-arrival.ts'
import { LARGEST_FILE } from './read-document.ts'

/** A document that arrived. */
export interface Arrival {
  /** Null for a document that a person pasted or dragged in. */
  sourceId: string | null
  /** The person who sent it; absent for a source. */
  personId?: string
  bytes: Uint8Array
  fileName?: string | null
  /** The encoding as the sender names it. */
  encoding?: string | null
}

/** The most rows, and characters of items, of one commit: what people write is committed in between. */
const MOST_AT_ONCE = { rows: 20, length: 1_000_000 }

/** True if the document is too large to store. Only its name then distinguishes it from others. */
const isTooLarge = ({ bytes }: Pick<Arrival, 'bytes'>): boolean => bytes.byteLength > LARGEST_FILE

/**
 * Reads and stores a document. Its items are committed a few at a time. After a crash in between, its sender sends it
 * again, and what is stored already is a duplicate.
 */
export async function receive(
  db: Kysely<Database>,
  reader: Pick<DocumentReader, 'read'>,
  arrival: Arrival,
): Promise<Outcome<{ receipt: IntakeReceipt }>> {
  const { sourceId } = arrival
  const reading = await reader.read(arrival, sourceId ?? arrival.personId ?? 'paste')
  const documentId = randomUUID()
  const receivedAt = Date.now()
  const ids: string[] = []
  let duplicates = 0

  async function store(rows: readonly Incoming[]): Promise<void> {
    const stored = await db.transaction().execute(async (trx) => {
      await lock(trx, `intake ${sourceId ?? 'paste'}`)
      const fresh = await withoutKnown(trx, sourceId, rows)
      if (fresh.length > 0 && ids.length === 0) await storeDocument(trx, documentId, arrival, receivedAt)
      return insert(trx, fresh, { source_id: sourceId, document_id: documentId, received_at: receivedAt })
    })
    duplicates += rows.length - stored.length
    ids.push(...stored)
  }

  if ('faults' in reading) {
    const content = hash(isTooLarge(arrival) ? `too large: ${arrival.fileName ?? documentId}` : arrival.bytes)
    await store([{ ...quarantined(reading.faults), hash: content }])
  } else {
    for (const rows of inSlices(reading.rows)) await store(rows.map((row) => ({ ...row, format: reading.format })))
  }
  return { receipt: { items: await readIntakeItems(db, ids), duplicates }, events: received(ids, null) }
}

/** What one commit stores: an item, or a document in quarantine. */
type Incoming = (ItemRow & { format: string }) | (ReturnType<typeof quarantined> & { hash: string })

function* inSlices(rows: readonly ItemRow[]): Generator<ItemRow[]> {
  let slice: ItemRow[] = []
  let length = 0
  for (const row of rows) {
    if (slice.length === MOST_AT_ONCE.rows || (slice.length > 0 && length + row.item.length > MOST_AT_ONCE.length)) {
      yield slice
      slice = []
      length = 0
    }
    slice.push(row)
    length += row.item.length
  }
  if (slice.length > 0) yield slice
}

async function storeDocument(trx: Kysely<Database>, id: string, arrival: Arrival, receivedAt: number): Promise<void> {
  await trx
    .insertInto('intake_documents')
    .values({
      id,
      file_name: arrival.fileName ?? null,
      encoding: arrival.encoding ?? null,
      bytes: isTooLarge(arrival) ? new Uint8Array() : arrival.bytes,
      received_at: receivedAt,
    })
    .execute()
}

/** Returns the rows that are not stored yet, each once. */
async function withoutKnown(
  trx: Kysely<Database>,
  sourceId: string | null,
  rows: readonly Incoming[],
): Promise<Incoming[]> {
  const found = await trx
    .selectFrom('intake')
    .select('content_hash')
    .where(
      'content_hash',
      'in',
      rows.map((row) => row.hash),
    )
    .where('source_id', sourceId === null ? 'is' : '=', sourceId)
    // A discarded item may be pasted again.
    .$if(sourceId === null, (query) => query.where('status', '!=', 'discarded'))
    .execute()
  const known = new Set(found.map(({ content_hash }) => content_hash))
  return rows.filter((row) => {
    if (known.has(row.hash)) return false
    known.add(row.hash)
    return true
  })
}

/** Where and when rows came in. */
interface Origin {
  source_id: string | null
  document_id: string
  received_at: number
}

/** Returns the ids of the new rows. */
async function insert(trx: Kysely<Database>, rows: readonly Incoming[], origin: Origin): Promise<string[]> {
  const ids: string[] = []
  for (const { hash: content_hash, ...row } of rows) {
    const id = randomUUID()
    const values = 'summary' in row ? await read(trx, origin.source_id, row) : row
    await trx
      .insertInto('intake')
      .values({ ...values, ...origin, id, content_hash })
      .execute()
    ids.push(id)
  }
  return ids
}

/** `by`: the person who had the items read again; null for what came in by itself. */
function received(itemIds: readonly string[], by: string | null): NewsroomEvent[] {
  if (itemIds.length === 0) return []
  return [{ type: 'intake-received', itemIds: [...itemIds], by, at: Date.now() }]
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
async function read(
  trx: Kysely<Database>,
  sourceId: string | null,
  { item, summary, uri, format }: Omit<ItemRow, 'hash'> & { format: string },
) {
  const before = uri === null ? undefined : await newestOf(trx, sourceId, uri)
  const older = before !== undefined && isOlder(before.summary, summary)
  return {
    status: older ? 'discarded' : 'new',
    format,
    uri,
    version: summary.version ?? null,
    item,
    summary: JSON.stringify(summary),
    faults: null,
    reason: older ? reasonFor(before.summary) : null,
    updates: before?.id ?? null,
  }
}

function reasonFor({ kind, version }: ItemSummary): string {
  if (kind === 'kill') return 'Its sender has killed it: it must not be used.'
  return version === undefined ? 'A later one of it is here already.' : `Version ${version} of it is here already.`
}

/** Reads a quarantined document again, after an update of Galley. Its first item replaces the quarantined row. */
export async function readAgain(
  db: Kysely<Database>,
  reader: Pick<DocumentReader, 'read'>,
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
  const reading = await reader.read(document, person.id)
  const ids = [id]
  const write = <T>(work: (trx: Kysely<Database>) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      await lock(trx, `intake ${row.source_id ?? 'paste'}`)
      return work(trx)
    })
  if ('faults' in reading) {
    const { faults, reason } = quarantined(reading.faults)
    await db
      .updateTable('intake')
      .set({ faults, reason })
      .where('id', '=', id)
      .where('status', '=', 'quarantined')
      .execute()
  } else {
    const { format } = reading
    const [first, ...others] = reading.rows
    // The other items first: until the first one replaces the row, the document can be read again as a whole.
    for (const rows of inSlices(others)) {
      const incoming = rows.map((each) => ({ ...each, format }))
      const { source_id, document_id, received_at } = row
      ids.push(
        ...(await write(async (trx) =>
          insert(trx, await withoutKnown(trx, source_id, incoming), { source_id, document_id, received_at }),
        )),
      )
    }
    if (first !== undefined) {
      await write(async (trx) => {
        const values = await read(trx, row.source_id, { ...first, format })
        await trx
          .updateTable('intake')
          .set({ ...values, content_hash: first.hash })
          .where('id', '=', id)
          .where('status', '=', 'quarantined')
          .execute()
      })
    }
  }
  return { items: await readIntakeItems(db, ids), events: received(ids, person.id) }
}
