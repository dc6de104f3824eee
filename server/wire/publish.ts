/**
 * Publishing: a story is checked, frozen as a version, and put in the outbox, all or nothing. The courier takes it from
 * there, so a publication that was answered is a publication that will be delivered.
 */
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import { figureFieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import type { CheckFailure, Publication, PublishOptions } from '#shared/protocol/http.ts'
import { checkFailure } from '#shared/story/check-failure.ts'
import { checkSlug, checkStory } from '#shared/story/checks.ts'
import type { Person, Story } from '#shared/story/story.ts'
import { mayPublish } from '#shared/story/workflow.ts'
import type { Outcome } from '../newsroom-event.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Database } from '../store/schema.ts'
import { getStory } from '../story/stories.ts'
import { type Committed, contains, parseStateVector, type StateVector } from './committed.ts'
import { freeze, mayPublishNow, Overtaken, refuseFailures, slugOf } from './freeze.ts'
import { lastOut } from './last-out.ts'
import { getPublication } from './publications.ts'
import { readOptions, type SendingOptions } from './sending-options.ts'

/** `created` is false when this very story was out already, and the answer is the publication that sent it. */
export type Published = Outcome<{ publication: Publication; created: boolean }>

export type Publish = (
  storyId: string,
  person: Person,
  stateVector: Uint8Array,
  options?: PublishOptions,
) => Promise<Published>

export interface PublishContext {
  db: Kysely<Database>
  committed: Committed
  media: MediaStore
  /** The newsroom's name. */
  provider: string
}

/** Makes the way to publish. One press at a time per story: two that come together make one publication. */
export function createPublish(context: PublishContext): Publish {
  const { db, provider } = context
  const underWay = new Map<string, Promise<{ published: Published; state: StateVector; asked: string }>>()

  async function publishNow(
    storyId: string,
    person: Person,
    needed: StateVector,
    options: SendingOptions,
  ): Promise<{ published: Published; state: StateVector; asked: string }> {
    const readAfter = (await lastOut(db, storyId))?.publicationId ?? null
    const { article, state } = await checkedArticle(context, storyId, person, needed)
    try {
      const { id, created, events } = await db.transaction().execute((trx) =>
        freeze(trx, {
          storyId,
          person,
          article,
          options,
          provider,
          readAfter,
          now: Date.now(),
          brokenRules: 'refuse',
        }),
      )
      const published = { publication: await getPublication(db, id), created, events }
      return { published, state, asked: JSON.stringify(options) }
    } catch (error) {
      if (error instanceof Overtaken) return publishNow(storyId, person, needed, options)
      throw error
    }
  }

  return async (storyId, person, stateVector, asked = {}) => {
    const needed = parseStateVector(stateVector)
    const options = readOptions(asked)
    for (let other = underWay.get(storyId); other !== undefined; other = underWay.get(storyId)) {
      const first = await other.catch(() => null)
      // What somebody else has just sent holds all that this person saw, and was sent in the same way: their press meant the same.
      if (
        first !== null &&
        mayPublish('published', person.role) &&
        contains(first.state, needed) &&
        first.asked === JSON.stringify(options)
      ) {
        return { publication: first.published.publication, created: false, events: [] }
      }
    }
    const mine = publishNow(storyId, person, needed, options)
    underWay.set(storyId, mine)
    try {
      return (await mine).published
    } finally {
      underWay.delete(storyId)
    }
  }
}

/** The story's words once they are committed, when it may go out with them. Refuses what may not, field by field. */
export async function checkedArticle(
  { db, committed, media }: PublishContext,
  storyId: string,
  person: Person,
  needed: StateVector,
): Promise<{ article: Article; state: StateVector; story: Story }> {
  await mayPublishNow(db, storyId, person)
  const { doc, state } = await committed.docHolding(storyId, needed)
  const article = readArticle(doc)
  doc.destroy()
  const story = await getStory(db, storyId)
  refuseFailures([
    ...checkSlug(slugOf(article, story)),
    ...checkStory(article),
    ...(await checkPictures(article, media)),
  ])
  return { article, state, story }
}

/** Finds pictures that have not arrived yet, and can't be delivered. */
async function checkPictures(article: Article, media: MediaStore): Promise<CheckFailure[]> {
  const failures: CheckFailure[] = []
  for (const { id, picture } of article.figures) {
    if (picture === null || (await media.find(picture.mediaId)) !== null) continue
    failures.push(checkFailure(figureFieldId('caption', id), 'picture-not-here', { name: picture.name }))
  }
  return failures
}
