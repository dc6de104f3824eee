/**
 * Kills a story: tells every recipient that may have it to drop it, ahead of anything else for them. Deliveries of earlier
 * versions that still wait are cancelled, and nothing of the story is ever sent again.
 */
import type { Kysely } from 'kysely'
import { message, storeMessage } from '#shared/messages/message.ts'
import type { Person } from '#shared/story/story.ts'
import { mayKill } from '#shared/story/workflow.ts'
import type { WireItem } from '#shared/wire/item.ts'
import type { NewsroomEvent, Outcome } from '../newsroom-event.ts'
import { refuse } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { setStage } from '../story/moves.ts'
import { getStory } from '../story/stories.ts'
import { nextVersion, readVersion } from '../story/versions.ts'
import { isoTime } from '../time.ts'
import { writePublication } from './freeze.ts'
import { lastOut } from './last-out.ts'
import { getPublication } from './publications.ts'
import type { Published } from './publish.ts'
import { killRoutes, queueDeliveries } from './queue-deliveries.ts'
import { endSchedule, scheduleChanged } from './scheduled.ts'

/** The stored details of deliveries that a kill ends, and of a kill that can't be delivered. */
export const KILLED_BEFORE = storeMessage(message('server.delivery.killed-before'))
export const KILL_UNREACHABLE = storeMessage(message('server.delivery.kill-unreachable'))

/** Kills a story, or answers with the publication that did. */
export async function killStory(
  db: Kysely<Database>,
  storyId: string,
  person: Person,
  reason: string,
): Promise<Published> {
  const { id, ...outcome } = await db
    .transaction()
    .execute(async (trx): Promise<Outcome<{ id: string; created: boolean }>> => {
      await lock(trx, storyLock(storyId))
      const story = await getStory(trx, storyId)
      if (!mayKill('published', person.role)) throw refuse('kill-wire-desk-only')
      const last = await lastOut(trx, storyId)
      if (last === null) throw refuse('nothing-to-kill')
      if (story.stage === 'killed') return { id: last.publicationId, created: false, events: [] }

      const item = killOf(last.item, await nextVersion(trx, storyId), reason)
      const now = Date.parse(item.versionCreated)
      const ended = await endSchedule(trx, storyId, { reason: message('server.schedule.ended-by-kill') })
      // What is on its way at this moment is left to the courier, which stops it or waits for it.
      await trx
        .updateTable('deliveries')
        .set({ status: 'skipped', waiting: 0, detail: KILLED_BEFORE, finished_at: now })
        .where('story_id', '=', storyId)
        .where('waiting', '>', 0)
        .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', now)]))
        .execute()
      const article = await readVersion(trx, storyId, last.version)
      const id = await writePublication(trx, { item, article, person, embargo: null })
      const ways = await killRoutes(trx, storyId)
      await queueDeliveries(
        trx,
        { storyId, publicationId: id, kill: true, at: now },
        ways.map(({ destination, removed }) => ({
          destinationId: destination.id,
          ...(removed ? { done: { status: 'dead' as const, detail: KILL_UNREACHABLE } } : {}),
        })),
      )
      await setStage(trx, story, 'killed', person)
      await record(trx, {
        personId: person.id,
        action: 'story-killed',
        storyId,
        detail: { version: item.version, reason },
      })
      const killed: NewsroomEvent = { type: 'story-killed', storyId, publicationId: id, by: person.id, at: now }
      return { id, created: true, events: ended ? [killed, scheduleChanged(storyId, person.id)] : [killed] }
    })
  return { publication: await getPublication(db, id), ...outcome }
}

function killOf(last: WireItem, version: number, reason: string): WireItem {
  const item: WireItem = {
    ...last,
    kind: 'kill',
    version,
    edNote: reason,
    versionCreated: isoTime(Date.now()),
  }
  delete item.embargo
  delete item.withheld
  return item
}
