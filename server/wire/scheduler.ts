/**
 * Publishes scheduled stories at their time, and overdue ones when the server starts. A schedule is marked in the
 * transaction that publishes it, so that one of several nodes or starts does it.
 */
import type { Logger } from 'pino'
import type { Article } from '#shared/article/article.ts'
import { inEnglish } from '#shared/messages/english.ts'
import { message, type MessageOrText, storeMessage } from '#shared/messages/message.ts'
import { receivedRefusal } from '#shared/protocol/refusals.ts'
import { checkMessages } from '#shared/story/check-failure.ts'
import { toPerson } from '../auth/people.ts'
import type { NewsroomEvent, PublishEvents } from '../newsroom-event.ts'
import { Refusal } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Store } from '../store/store.ts'
import { record } from '../story/audit.ts'
import { freeze } from './freeze.ts'
import { scheduleChanged } from './scheduled.ts'
import { sendingOptionsSchema } from './sending-options.ts'

/** The computer's clock may be corrected, and another node may have scheduled a story. */
const LOOK_AGAIN_MS = 15_000
/** The pause after a fault, e.g. of the database. */
const PAUSE_MS = 5000

export interface Scheduler {
  start(): void
  /** Checks the schedules: one was added or cancelled. */
  wake(): void
  close(): Promise<void>
}

interface Options {
  store: Store
  provider: string
  log: Logger
  now?: () => number
  publish: PublishEvents
}

export function createScheduler({ store, provider, log, now = Date.now, publish }: Options): Scheduler {
  const { db } = store
  let stopped = true
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> | null = null
  let woken = false

  /** Returns how many failed with a temporary fault. */
  async function workOff(): Promise<number> {
    const due = await db
      .selectFrom('scheduled')
      .select(['id', 'story_id'])
      .where('status', '=', 'waiting')
      .where('at', '<=', now())
      .orderBy('at')
      .execute()
    let faults = 0
    for (const { id, story_id } of due) {
      if (stopped) return faults
      try {
        await publish(await publishPlanned(id, story_id))
      } catch (error) {
        // This one is retried; the others do not wait for it.
        faults++
        log.error(
          { err: error, scheduledId: id, storyId: story_id },
          'a scheduled story could not be published for now',
        )
      }
    }
    return faults
  }

  /** Returns nothing if another node has done it meanwhile. The newsroom does it, not the person who planned it. */
  async function publishPlanned(id: string, storyId: string): Promise<NewsroomEvent[]> {
    try {
      return await db.transaction().execute(async (trx) => {
        await lock(trx, storyLock(storyId))
        const row = await trx
          .updateTable('scheduled')
          .set({ status: 'published' })
          .where('id', '=', id)
          .where('status', '=', 'waiting')
          .returningAll()
          .executeTakeFirst()
        if (row === undefined) return []
        const person = await trx
          .selectFrom('people')
          .selectAll()
          .where('id', '=', row.person_id)
          .executeTakeFirstOrThrow()
        const { events } = await freeze(trx, {
          storyId,
          person: toPerson(person),
          article: JSON.parse(row.article) as Article,
          options: sendingOptionsSchema.parse(JSON.parse(row.options)),
          provider,
          // At this time or later, even if the clock was set back since it came due.
          now: Math.max(now(), row.at),
          brokenRules: 'skip',
          replaces: { except: id, reason: message('server.schedule.ended-by-schedule') },
        })
        return [...events.map((event) => ({ ...event, by: null })), scheduleChanged(storyId, null)]
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await fail(id, storyId, error.failures === undefined ? receivedRefusal(error) : checkMessages(error.failures))
      return [scheduleChanged(storyId, null)]
    }
  }

  async function fail(id: string, storyId: string, why: MessageOrText): Promise<void> {
    const reason = inEnglish.say(why)
    log.warn({ scheduledId: id, storyId, reason }, 'a scheduled story could not be published')
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('scheduled')
        .set({ status: 'failed', reason: storeMessage(why) })
        .where('id', '=', id)
        .where('status', '=', 'waiting')
        .execute()
      await record(trx, { personId: null, action: 'schedule-failed', storyId, detail: { reason } })
    })
  }

  async function pauseToNext(): Promise<number> {
    const next = await db
      .selectFrom('scheduled')
      .select(({ fn }) => fn.min<number | null>('at').as('at'))
      .where('status', '=', 'waiting')
      .executeTakeFirst()
    if (next === undefined || next.at === null) return store.shared ? LOOK_AGAIN_MS : Infinity
    return Math.min(LOOK_AGAIN_MS, Math.max(0, next.at - now()))
  }

  function wake(): void {
    if (stopped) return
    woken = true
    if (round !== null) return
    clearTimeout(timer)
    woken = false
    round = workOff()
      .then((faults) => (faults > 0 ? PAUSE_MS : pauseToNext()))
      .catch((error: unknown) => {
        log.error({ err: error }, 'the schedules could not be read')
        return PAUSE_MS
      })
      .then((pause) => {
        round = null
        if (woken) wake()
        else if (!stopped && pause < Infinity) timer = setTimeout(wake, pause)
      })
  }

  return {
    start() {
      stopped = false
      wake()
    },
    wake,
    async close() {
      stopped = true
      clearTimeout(timer)
      await round
    },
  }
}
