/** Planning: a story is checked and frozen now, and published just so at a time. */
import type { MomentRequest, PublishOptions, Scheduled } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import type { Outcome } from '../newsroom-event.ts'
import { refuse } from '../refusal.ts'
import { nextVersion } from '../story/versions.ts'
import { parseStateVector } from './committed.ts'
import { mayPublishNow, nextItem, refuseFailures, refuseKind, slugOf } from './freeze.ts'
import { lastOut } from './last-out.ts'
import { checkedArticle, type PublishContext } from './publish.ts'
import { routes } from './queue-deliveries.ts'
import { getScheduled, plan } from './scheduled.ts'
import { momentOf, readOptions } from './sending-options.ts'
import { checkSource } from './source-terms.ts'

export type Schedule = (
  storyId: string,
  person: Person,
  stateVector: Uint8Array,
  options: PublishOptions,
  at: MomentRequest,
) => Promise<Outcome<{ scheduled: Scheduled }>>

export function createSchedule(context: PublishContext): Schedule {
  const { db, provider } = context
  return async (storyId, person, stateVector, asked, request) => {
    const at = momentOf(request)
    if (Date.parse(at.at) <= Date.now()) throw refuse('time-passed')
    const options = readOptions(asked, Date.parse(at.at))
    const last = await lastOut(db, storyId)
    const { article, story } = await checkedArticle(context, storyId, person, parseStateVector(stateVector))
    refuseKind(options.kind, last?.item ?? null)
    const version = await nextVersion(db, storyId)
    const item = nextItem(article, story, options, { last: last?.item ?? null, version, provider })
    const ways = await routes(db, story, item, options.except)
    refuseFailures(ways.flatMap(({ failures }) => failures))
    const { id, events } = await plan(db, {
      storyId,
      person,
      article,
      slug: slugOf(article, story),
      options,
      at,
      // What went out since these words were read would be undone by them.
      async check(trx) {
        await mayPublishNow(trx, storyId, person)
        if ((await lastOut(trx, storyId))?.publicationId !== last?.publicationId) {
          throw refuse('published-meanwhile')
        }
        refuseFailures(await checkSource(trx, { storyId, person, options, at: Date.parse(at.at) }))
      },
    })
    return { scheduled: await getScheduled(db, id), events }
  }
}
