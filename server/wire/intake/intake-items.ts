/** Incoming items, as the app shows them. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { plainText } from '#shared/article/text.ts'
import {
  type IntakeDetail,
  intakeDetailSchema,
  type IntakeItem,
  intakeItemSchema,
  type IntakeList,
  type intakeQuerySchema,
  type StorySource,
} from '#shared/protocol/http.ts'
import { isOlder } from '#shared/wire/intake/older.ts'
import { captionOf } from '#shared/wire/reading/article.ts'
import { emptyItem, type ReadItem } from '#shared/wire/reading/read-item.ts'
import { refuse } from '../../refusal.ts'
import type { Database, Row } from '../../store/schema.ts'
import { isoTime } from '../../time.ts'
import { type ItemSummary, itemSummarySchema, summaryOf } from './item-summary.ts'

export interface IntakeRow extends Omit<Row<'intake'>, 'item'> {
  file_name: string | null
  source_name: string | null
  source_desk: string | null
  /** The person who took or discarded it. */
  handler: string | null
  /** The story made from any version of the item. */
  story_of_item: string | null
}

const faultsSchema = z.array(z.object({ line: z.number(), column: z.number().optional(), message: z.string() }))

/** All but the item itself, which may be long. */
const ROW = [
  'intake.id',
  'intake.source_id',
  'intake.document_id',
  'intake.status',
  'intake.format',
  'intake.uri',
  'intake.version',
  'intake.content_hash',
  'intake.summary',
  'intake.faults',
  'intake.reason',
  'intake.received_at',
  'intake.updates',
  'intake.story_id',
  'intake.person_id',
] as const

function intakeQuery(db: Kysely<Database>) {
  return db
    .selectFrom('intake')
    .innerJoin('intake_documents as document', 'document.id', 'intake.document_id')
    .leftJoin('intake_sources as source', 'source.id', 'intake.source_id')
    .leftJoin('people', 'people.id', 'intake.person_id')
    .select(ROW)
    .select([
      'document.file_name',
      'source.name as source_name',
      'source.desk_id as source_desk',
      'people.name as handler',
    ])
    .select((select) =>
      select
        .selectFrom('intake as version')
        .select('version.story_id')
        .whereRef('version.uri', '=', 'intake.uri')
        .whereRef('version.source_id', 'is not distinct from', 'intake.source_id')
        .where('version.story_id', 'is not', null)
        .orderBy('version.received_at', 'desc')
        .limit(1)
        .as('story_of_item'),
    )
}

/** Returns the item as read, JSON; an empty item while in quarantine. */
export async function readItemText(db: Kysely<Database>, id: string): Promise<string> {
  const row = await db.selectFrom('intake').select('item').where('id', '=', id).executeTakeFirst()
  return row?.item ?? JSON.stringify(emptyItem())
}

/** Of a row in quarantine: that of an empty item. */
function readSummary({ summary }: Pick<IntakeRow, 'summary'>): ItemSummary {
  return summary === null ? summaryOf(emptyItem()) : itemSummarySchema.parse(JSON.parse(summary))
}

function summarize(row: IntakeRow): z.input<typeof intakeItemSchema> {
  const item = readSummary(row)
  return {
    id: row.id,
    source: row.source_id === null ? null : { id: row.source_id, name: row.source_name ?? '' },
    // Parsed with the rest.
    status: row.status as IntakeItem['status'],
    format: row.format,
    uri: row.uri,
    version: row.version,
    kind: item.kind ?? null,
    edNote: item.edNote ?? null,
    embargo: item.embargo ?? null,
    withheld: item.withheld === true,
    headline: item.headline,
    byline: item.byline ?? '',
    language: item.language ?? null,
    urgency: item.urgency ?? null,
    words: item.words,
    fileName: row.file_name,
    reason: row.reason,
    receivedAt: isoTime(row.received_at),
    updates: row.updates,
    storyId: row.story_id ?? row.story_of_item,
    handledBy: row.person_id === null ? null : { id: row.person_id, name: row.handler ?? '' },
  }
}

export function toIntakeItem(row: IntakeRow): IntakeItem {
  return intakeItemSchema.parse(summarize(row))
}

/** Returns the existing items with these ids, in this order. */
export async function readIntakeItems(db: Kysely<Database>, ids: readonly string[]): Promise<IntakeItem[]> {
  if (ids.length === 0) return []
  const rows = await intakeQuery(db).where('intake.id', 'in', ids).execute()
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).map(toIntakeItem)
}

/** Returns the item's row. Refuses with `intake-item-not-found`. */
export async function getIntakeRow(db: Kysely<Database>, id: string): Promise<IntakeRow> {
  const row = await intakeQuery(db).where('intake.id', '=', id).executeTakeFirst()
  if (row === undefined) throw refuse('intake-item-not-found')
  return row
}

/** The most versions of an item that are compared. Each was compared with those before it when it arrived. */
const MOST_VERSIONS = 500

/** Returns the newest known version of an item; its kill if it was killed. */
export async function newestOf(
  db: Kysely<Database>,
  sourceId: string | null,
  uri: string,
): Promise<{ id: string; summary: ItemSummary } | undefined> {
  const rows = await db
    .selectFrom('intake')
    .select(['id', 'summary'])
    .where('uri', '=', uri)
    .where('source_id', sourceId === null ? 'is' : '=', sourceId)
    .orderBy('received_at', 'desc')
    .limit(MOST_VERSIONS)
    .execute()
  return rows
    .reverse()
    .map((row) => ({ id: row.id, summary: readSummary(row) }))
    .reduce<{ id: string; summary: ItemSummary } | undefined>(
      (newest, each) => (newest !== undefined && isOlder(newest.summary, each.summary) ? newest : each),
      undefined,
    )
}

/** Returns the item that became this story, and its sender's latest version; null for a story written here. */
export async function sourceOfStory(db: Kysely<Database>, storyId: string): Promise<StorySource | null> {
  const row = await intakeQuery(db)
    .where('intake.story_id', '=', storyId)
    .orderBy('intake.received_at')
    .executeTakeFirst()
  if (row === undefined) return null
  const newest = row.uri === null ? undefined : await newestOf(db, row.source_id, row.uri)
  const taken = toIntakeItem(row)
  return {
    taken,
    newest: newest === undefined || newest.id === row.id ? taken : toIntakeItem(await getIntakeRow(db, newest.id)),
  }
}

export async function getIntakeDetail(db: Kysely<Database>, id: string): Promise<IntakeDetail> {
  const row = await getIntakeRow(db, id)
  const item = JSON.parse(await readItemText(db, id)) as ReadItem
  return intakeDetailSchema.parse({
    ...summarize(row),
    section: item.section ?? '',
    standfirst: item.standfirst ?? '',
    dateline: item.dateline ?? '',
    paragraphs: item.body.map((block) => plainText([block])),
    pictures: item.pictures.map((picture) => ({
      href: picture.href ?? null,
      caption: captionOf(picture),
      credit: picture.credit,
    })),
    keywords: item.keywords,
    subjects: item.subjects,
    leftOut: item.leftOut,
    faults: row.faults === null ? [] : faultsSchema.parse(JSON.parse(row.faults)),
  })
}

/** Returns a page of incoming items, latest first. */
export async function listIntake(
  db: Kysely<Database>,
  { status, source, after, limit }: z.output<typeof intakeQuerySchema>,
): Promise<IntakeList> {
  const from = after === undefined ? null : readCursor(after)
  const rows = await intakeQuery(db)
    .$if(status !== undefined, (query) => query.where('intake.status', 'in', status ?? []))
    .$if(source !== undefined, (query) => query.where('intake.source_id', '=', source ?? ''))
    .$if(from !== null, (query) =>
      query.where((where) => {
        const { at, id } = from ?? { at: 0, id: '' }
        return where.or([
          where('intake.received_at', '<', at),
          where.and([where('intake.received_at', '=', at), where('intake.id', '<', id)]),
        ])
      }),
    )
    .orderBy('intake.received_at', 'desc')
    .orderBy('intake.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(toIntakeItem),
    counts: await countOpen(db),
    next: rows.length > limit && last !== undefined ? `${last.received_at}.${last.id}` : null,
  }
}

function readCursor(text: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text) ?? []
  if (at === undefined || id === undefined) throw refuse('list-changed')
  return { at: Number(at), id }
}

async function countOpen(db: Kysely<Database>): Promise<IntakeList['counts']> {
  const rows = await db
    .selectFrom('intake')
    .select((select) => ['status', select.fn.countAll<number>().as('count')])
    .where('status', 'in', ['new', 'quarantined'])
    .groupBy('status')
    .execute()
  const count = (status: string): number => rows.find((row) => row.status === status)?.count ?? 0
  return { new: count('new'), quarantined: count('quarantined') }
}
