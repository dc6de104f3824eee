/**
 * Publishing: a story is checked, frozen as a version, and put in the outbox, all or nothing. The courier takes it from
 * there, so a publication that was answered is a publication that will be delivered.
 */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import { figureFieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import type { CheckFailure, Publication } from '#shared/protocol/http.ts'
import { checkStory } from '#shared/story/checks.ts'
import { type Person, slugSchema, type Story } from '#shared/story/story.ts'
import { mayPublish, STAGE_LABELS } from '#shared/story/workflow.ts'
import { wireItem } from '#shared/wire/from-article.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { record } from '../desk/audit.ts'
import { getStory, isoTime, setStage } from '../desk/stories.ts'
import type { MediaStore } from '../media/media-store.ts'
import { Refusal } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { type Committed, contains, parseStateVector, type StateVector } from './committed.ts'
import { getPublication } from './publications.ts'

/** `created` is false when this very story was out already, and the answer is the publication that sent it. */
export interface Published {
  publication: Publication
  created: boolean
}

export type Publish = (storyId: string, person: Person, stateVector: Uint8Array) => Promise<Published>

interface Options {
  db: Kysely<Database>
  committed: Committed
  media: MediaStore
  /** The newsroom's name. */
  provider: string
}

/** Makes the way to publish. One press at a time per story: two that come together make one publication. */
export function createPublish({ db, committed, media, provider }: Options): Publish {
  const underWay = new Map<string, Promise<{ published: Published; state: StateVector }>>()

  async function publishNow(storyId: string, person: Person, needed: StateVector) {
    await mayPublishNow(db, storyId, person)
    const { doc, state } = await committed.docHolding(storyId, needed)
    const article = readArticle(doc)
    doc.destroy()
    const story = await getStory(db, storyId)
    const failures = [...checkSlug(article, story), ...checkStory(article), ...(await checkPictures(article, media))]
    if (failures.length > 0) {
      const things = failures.length === 1 ? 'one thing' : `${failures.length} things`
      throw new Refusal('checks-failed', `The story cannot go out yet: mend ${things} first.`, failures)
    }
    return { published: await freeze(db, article, storyId, person, provider), state }
  }

  return async (storyId, person, stateVector) => {
    const needed = parseStateVector(stateVector)
    for (let other = underWay.get(storyId); other !== undefined; other = underWay.get(storyId)) {
      const first = await other.catch(() => null)
      // What somebody else has just sent holds all that this person saw: their press meant the same.
      if (first !== null && mayPublish('published', person.role) && contains(first.state, needed)) {
        return { publication: first.published.publication, created: false }
      }
    }
    const mine = publishNow(storyId, person, needed)
    underWay.set(storyId, mine)
    try {
      return (await mine).published
    } finally {
      underWay.delete(storyId)
    }
  }
}

async function mayPublishNow(db: Kysely<Database>, storyId: string, person: Person): Promise<Story> {
  const story = await getStory(db, storyId)
  if (mayPublish(story.stage, person.role)) return story
  if (!mayPublish('published', person.role)) {
    throw new Refusal('not-allowed', 'Publishing is for the wire desk: mark the story Ready and it will take it on.')
  }
  throw new Refusal('conflict', `The story is ${STAGE_LABELS[story.stage]}. It has to be Ready before it is published.`)
}

/** A slug in the document wins over that of the story record, which follows it. */
function slugOf(article: Article, story: Story): string {
  return article.meta.slug ?? story.slug
}

function checkSlug(article: Article, story: Story): CheckFailure[] {
  const slug = slugSchema.safeParse(slugOf(article, story))
  if (slug.success) return []
  return [{ field: 'slug', rule: 'slug', message: `${slug.error.issues[0]?.message ?? 'The slug cannot be used'}.` }]
}

/** A picture whose bytes are still on their way from somebody's computer cannot be delivered. */
async function checkPictures(article: Article, media: MediaStore): Promise<CheckFailure[]> {
  const failures: CheckFailure[] = []
  for (const { id, picture } of article.figures) {
    if (picture === null || (await media.find(picture.mediaId)) !== null) continue
    const message = `The picture ${picture.name} has not reached the newsroom yet. Wait for it, or remove the figure.`
    failures.push({ field: figureFieldId('caption', id), rule: 'picture', message })
  }
  return failures
}

/** Writes version, publication, deliveries, stage and audit in one transaction. */
async function freeze(
  db: Kysely<Database>,
  article: Article,
  storyId: string,
  person: Person,
  provider: string,
): Promise<Published> {
  const outcome = await db.transaction().execute(async (tx) => {
    await lock(tx, storyLock(storyId))
    const story = await mayPublishNow(tx, storyId, person)
    const last = await lastOut(tx, storyId)
    const now = Date.now()
    const item = wireItem(article, {
      storyId,
      slug: slugOf(article, story),
      language: article.meta.language ?? story.language,
      version: (last?.item.version ?? 0) + 1,
      kind: last === null ? 'new' : 'update',
      firstPublished: last?.item.firstPublished ?? isoTime(now),
      versionCreated: isoTime(now),
      provider,
    })
    if (last !== null && saysTheSame(item, last.item)) return { id: last.publicationId, created: false }

    const id = randomUUID()
    const version = { story_id: storyId, version: item.version }
    await tx
      .insertInto('versions')
      .values({
        ...version,
        article: JSON.stringify(article),
        item: JSON.stringify(item),
        created_by: person.id,
        created_at: now,
      })
      .execute()
    await tx
      .insertInto('publications')
      .values({
        ...version,
        id,
        kind: item.kind,
        headline: item.headline,
        published_by: person.id,
        published_at: now,
      })
      .execute()
    const destinations = await tx.selectFrom('destinations').select('id').execute()
    for (const destination of destinations) {
      await tx
        .insertInto('deliveries')
        .values({
          id: randomUUID(),
          publication_id: id,
          destination_id: destination.id,
          status: 'queued',
          attempts: 0,
          detail: null,
          next_attempt_at: now,
          finished_at: null,
        })
        .execute()
    }
    if (story.stage !== 'published') await setStage(tx, story, 'published', person)
    await record(tx, {
      personId: person.id,
      action: 'story-published',
      storyId,
      detail: { version: item.version, kind: item.kind },
    })
    return { id, created: true }
  })
  return { publication: await getPublication(db, outcome.id), created: outcome.created }
}

async function lastOut(
  db: Kysely<Database>,
  storyId: string,
): Promise<{ item: WireItem; publicationId: string } | null> {
  const row = await db
    .selectFrom('versions')
    .innerJoin('publications', (join) =>
      join
        .onRef('publications.story_id', '=', 'versions.story_id')
        .onRef('publications.version', '=', 'versions.version'),
    )
    .select(['versions.item', 'publications.id'])
    .where('versions.story_id', '=', storyId)
    .orderBy('versions.version', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : { item: JSON.parse(row.item) as WireItem, publicationId: row.id }
}

/** Whether a reader would learn nothing new: all but the version and its time is equal. */
function saysTheSame(item: WireItem, last: WireItem): boolean {
  const { version, kind, versionCreated } = last
  return JSON.stringify({ ...item, version, kind, versionCreated }) === JSON.stringify(last)
}
