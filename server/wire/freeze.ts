/** Freezing: what a publication says becomes a version, which is never changed again, and is put into the outbox. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import type { CheckFailure } from '#shared/protocol/http.ts'
import type { Person, Story } from '#shared/story/story.ts'
import { mayPublish, STAGE_LABELS } from '#shared/story/workflow.ts'
import { wireItem } from '#shared/wire/from-article.ts'
import type { WireItem } from '#shared/wire/item.ts'
import type { Outcome } from '../newsroom-event.ts'
import { withStoredPictures } from '../media/stored-pictures.ts'
import { Refusal } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { contentHash } from '../story/content-hash.ts'
import { setStage } from '../story/moves.ts'
import { getStory } from '../story/stories.ts'
import { nextVersion, writeVersion } from '../story/versions.ts'
import { isoTime } from '../time.ts'
import { lastOut, saysTheSame } from './last-out.ts'
import { queueDeliveries, type Route, routes } from './queue-deliveries.ts'
import { endSchedule, scheduleChanged } from './scheduled.ts'
import type { SendingOptions } from './sending-options.ts'
import { checkSource } from './source-terms.ts'

/** The story, where this person may publish it as it stands. Refuses with `not-allowed` or `conflict`. */
export async function mayPublishNow(db: Kysely<Database>, storyId: string, person: Person): Promise<Story> {
  const story = await getStory(db, storyId)
  if (mayPublish(story.stage, person.role)) return story
  if (!mayPublish('published', person.role)) {
    throw new Refusal('not-allowed', 'Publishing is for the wire desk: mark the story Ready and it will take it on.')
  }
  if (story.stage === 'killed') {
    throw new Refusal(
      'conflict',
      'The story was killed: nothing of it goes out any more. Write what stands as a new one.',
    )
  }
  throw new Refusal('conflict', `The story is ${STAGE_LABELS[story.stage]}. It has to be Ready before it is published.`)
}

/** A slug in the document wins over that of the story record, which follows it. */
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
  /** The publication that was the last when the words were read, or null; without it they were not read just now. */
  readAfter?: string | null
  /** Milliseconds since 1970: an embargo of its source that is over by then is. */
  now: number
  /** What a destination would refuse it for: the one who presses is told, and what was planned goes to the others. */
  brokenRules: 'refuse' | 'skip'
  /** Why what was planned for this story does not happen any more; its own plan, where it is one, is left alone. */
  replaces?: { except?: string; reason: string }
}

/** Another node has published since the words were read, which may be older than what is out: they are to be read again. */
export class Overtaken extends Error {}

/**
 * Writes version, publication, deliveries, stage and audit entry, in this transaction, of which it has to be the first
 * query. `created` is false when this very story is out already, under the publication that is returned. Throws
 * {@link Overtaken}.
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
  const replaces = freezing.replaces ?? { reason: `Version ${item.version} went out before its time.` }
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

/** Whether nothing is to be said of a story that says the same itself. */
function addsNothing({ kind, edNote }: SendingOptions, last: WireItem): boolean {
  return (edNote === null || edNote === last.edNote) && (kind !== 'correction' || last.kind === 'correction')
}

/** Refuses with `conflict` a kind that does not fit what is out. */
export function refuseKind(kind: SendingOptions['kind'], last: WireItem | null): void {
  if (last === null && (kind === 'update' || kind === 'correction')) {
    throw new Refusal(
      'conflict',
      `Nothing of this story is out yet, so there is nothing to ${kind === 'update' ? 'update' : 'correct'}. Publish it first.`,
    )
  }
  if (last !== null && kind === 'new') {
    throw new Refusal('conflict', 'The story is out already. Publish an update or a correction of it.')
  }
}

/** Refuses with `checks-failed` when there is anything to mend. */
export function refuseFailures(failures: readonly CheckFailure[]): void {
  if (failures.length === 0) return
  const things = failures.length === 1 ? 'one thing' : `${failures.length} things`
  throw new Refusal('checks-failed', `The story cannot go out yet: mend ${things} first.`, failures)
}

function newDelivery({ destination, skipped, failures }: Route) {
  const reason = skipped ?? (failures.map(({ message }) => message).join(' ') || null)
  return {
    destinationId: destination.id,
    ...(reason === null ? {} : { done: { status: 'skipped' as const, detail: reason } }),
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
      headline: item.headline,
      published_by: person.id,
      published_at: now,
      ed_note: item.edNote ?? null,
      embargo: embargo === null ? null : JSON.stringify(embargo),
      withheld: item.withheld === true ? 1 : 0,
    })
    .execute()
  return id
}
