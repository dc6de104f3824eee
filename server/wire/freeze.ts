/** Freezes a publication: its text becomes a version, which never changes, and goes into the outbox. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import { message, type Message, storeMessage } from '#shared/messages/message.ts'
import { checkMessages, type CheckFailure } from '#shared/story/check-failure.ts'
import type { Person, Story } from '#shared/story/story.ts'
import { mayPublish } from '#shared/story/workflow.ts'
import { wireItem } from '#shared/wire/from-article.ts'
import type { WireItem } from '#shared/wire/item.ts'
import type { Outcome } from '../newsroom-event.ts'
import { withStoredPictures } from '../media/stored-pictures.ts'
import { refuse, refuseChecks } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { contentHash } from '../story/content-hash.ts'
import { listedHeadline } from '../story/listed.ts'
import { setStage } from '../story/moves.ts'
import { getStory } from '../story/stories.ts'
import { nextVersion, writeVersion } from '../story/versions.ts'
import { isoTime } from '../time.ts'
import { lastOut, saysTheSame } from './last-out.ts'
import { queueDeliveries, type Route, routes } from './queue-deliveries.ts'
import { endSchedule, scheduleChanged } from './scheduled.ts'
import type { SendingOptions } from './sending-options.ts'
import { checkSource } from './source-terms.ts'

/** Returns the story, if this person may publish it at its present stage. */
export async function mayPublishNow(db: Kysely<Database>, storyId: string, person: Person): Promise<Story> {
  const story = await getStory(db, storyId)
  if (mayPublish(story.stage, person.role)) return story
  if (!mayPublish('published', person.role)) throw refuse('publishing-wire-desk-only')
  throw story.stage === 'killed' ? refuse('story-killed') : refuse('story-not-ready', { stage: story.stage })
}

/** Returns the document's slug, which the story record follows later. */
export function slugOf(article: Article, story: Story): string {
  return article.meta.slug ?? story.slug
}

/** Returns the wire item that publishes an article as this version. `last` is the story's last published item. */
export function nextItem(
  article: Article,
  story: Story,
  {
    kind,
    edNote,
    embargo,
    withheld,
  }: Pick<SendingOptions, 'edNote' | 'embargo' | 'withheld'> & { kind: WireItem['kind'] | null },
  { last, version, provider }: { last: WireItem | null; version: number; provider: string },
): WireItem {
  const now = isoTime(Date.now())
  return wireItem(article, {
    storyId: story.id,
    slug: slugOf(article, story),
    language: article.meta.language ?? story.language,
    version,
    kind: kind ?? (last === null ? 'new' : 'update'),
    firstPublished: last?.firstPublished ?? now,
    versionCreated: now,
    provider,
    ...(edNote === null ? {} : { edNote }),
    ...(embargo === null ? {} : { embargo: embargo.at }),
    ...(withheld ? { withheld: true } : {}),
  })
}

export interface Freezing {
  storyId: string
  person: Person
  article: Article
  options: SendingOptions
  provider: string
  /** The last publication when the text was read, or null; absent for text that was frozen earlier. */
  readAfter?: string | null
  /** In milliseconds since 1970. The embargo of a source that ends by then has ended. */
  now: number
  /** If a destination would refuse it: a person is told; a scheduled story goes to the others. */
  brokenRules: 'refuse' | 'skip'
  /** Why the story's schedule ends. `except`: the schedule that is being carried out. */
  replaces?: { except?: string; reason: Message }
}

/** Another node has published since the text was read. The text must be read again, or it could replace newer text. */
export class Overtaken extends Error {}

/**
 * Writes version, publication, deliveries, stage and audit entry in this transaction, as its first query. `created` is
 * false if exactly this is published already, by the publication that is returned. Throws {@link Overtaken}.
 */
export async function freeze(
  trx: Kysely<Database>,
  freezing: Freezing,
): Promise<Outcome<{ id: string; created: boolean }>> {
  const { storyId, person, article, options, provider, readAfter, now } = freezing
  await lock(trx, storyLock(storyId))
  const story = await mayPublishNow(trx, storyId, person)
  const last = await lastOut(trx, storyId)
  if (readAfter !== undefined && readAfter !== (last?.publicationId ?? null)) throw new Overtaken()
  const version = await nextVersion(trx, storyId)
  const item = nextItem(await withStoredPictures(trx, article), story, options, {
    last: last?.item ?? null,
    version,
    provider,
  })
  if (last !== null && saysTheSame(item, last.item) && addsNothing(options, last.item)) {
    return { id: last.publicationId, created: false, events: [] }
  }
  refuseKind(options.kind, last?.item ?? null)
  refuseFailures(await checkSource(trx, { storyId, person, options, at: now }))
  const ways = await routes(trx, story, item, options.except)
  if (freezing.brokenRules === 'refuse') refuseFailures(ways.flatMap(({ failures }) => failures))
  const reason = message('server.schedule.ended-by-version', { version: item.version })
  const replaces = freezing.replaces ?? { reason }
  const ended = await endSchedule(trx, storyId, replaces)
  const id = await writePublication(trx, {
    item,
    article: JSON.stringify(article),
    person,
    embargo: options.embargo,
  })
  await queueDeliveries(trx, { storyId, publicationId: id, at: Date.now() }, ways.map(newDelivery))
  if (story.stage !== 'published') await setStage(trx, story, 'published', person)
  await trx
    .updateTable('stories')
    .set({ published_hash: contentHash(article) })
    .where('id', '=', storyId)
    .execute()
  await record(trx, {
    personId: person.id,
    action: 'story-published',
    storyId,
    detail: { version: item.version, kind: item.kind },
  })
  return {
    id,
    created: true,
    events: [
      { type: 'story-published', storyId, publicationId: id, by: person.id, at: Date.now() },
      ...(ended ? [scheduleChanged(storyId, person.id)] : []),
    ],
  }
}

/** True if the note and kind add nothing to what is already published. */
function addsNothing({ kind, edNote }: SendingOptions, last: WireItem): boolean {
  return (edNote === null || edNote === last.edNote) && (kind !== 'correction' || last.kind === 'correction')
}

/** Refuses a kind that does not fit what is published. */
export function refuseKind(kind: SendingOptions['kind'], last: WireItem | null): void {
  if (last === null && (kind === 'update' || kind === 'correction')) {
    throw refuse('not-published-yet', { kind })
  }
  if (last !== null && kind === 'new') throw refuse('already-published')
}

/** Refuses with `checks-failed` if there are problems to fix. */
export function refuseFailures(failures: readonly CheckFailure[]): void {
  if (failures.length > 0) throw refuseChecks(failures)
}

function newDelivery({ destination, skipped, failures }: Route) {
  const reason = skipped ?? (failures.length === 0 ? null : checkMessages(failures))
  return {
    destinationId: destination.id,
    ...(reason === null ? {} : { done: { status: 'skipped' as const, detail: storeMessage(reason) } }),
  }
}

interface NewPublication {
  item: WireItem
  /** The `Article`, JSON. */
  article: string
  person: Person
  embargo: SendingOptions['embargo']
}

/** Writes a publication and the version that it publishes. Returns the publication's id. */
export async function writePublication(
  trx: Kysely<Database>,
  { item, article, person, embargo }: NewPublication,
): Promise<string> {
  const id = randomUUID()
  const now = Date.parse(item.versionCreated)
  const { version } = item
  const storyId = item.uri.replace('urn:uuid:', '')
  await writeVersion(trx, { storyId, version, article, person, at: now })
  await trx
    .insertInto('publications')
    .values({
      id,
      story_id: storyId,
      version,
      item: JSON.stringify(item),
      kind: item.kind,
      headline: listedHeadline(item.headline),
      published_by: person.id,
      published_at: now,
      ed_note: item.edNote ?? null,
      embargo: embargo === null ? null : JSON.stringify(embargo),
      withheld: item.withheld === true ? 1 : 0,
    })
    .execute()
  return id
}
