/**
 * The courier delivers the outbox: the deliveries that publishing has queued. It retries failed deliveries, also after
 * a restart, for a day; after that a person has to deal with them.
 *
 * Each destination has its own lane, so that a slow or hanging one does not delay others, and a second lane for kills,
 * which wait for nothing. The versions of one story reach a destination in order; stories do not wait for each other.
 * With several nodes, each has a courier, and one of them makes each delivery (see `claim.ts`).
 */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { inEnglish } from '#shared/messages/english.ts'
import { message, storeMessage } from '#shared/messages/message.ts'
import { messageOf, redactMessage } from '../message-error.ts'
import type { NewsroomEvent, PublishEvents } from '../newsroom-event.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import {
  claim,
  type Claimed,
  type Dropped,
  dropOvertaken,
  KILL,
  type Lane,
  nextTime,
  ORDINARY,
  waitingLanes,
} from './claim.ts'
import { DeliveryError, type DestinationKind, type Receipt } from './destinations/destination.ts'
import { groupCommit } from '../store/group-commit.ts'
import { limitedSettings } from './receiver.ts'
import { createParcels } from './render-parcel.ts'
import type { Secrets } from './secrets.ts'

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 5 * 60 * 1000
/** The limit for one attempt, with all its pictures. */
const ATTEMPT_MS = 60_000
/** How much longer a lease lasts than an attempt. By then its holder has written the result, or is gone. */
const LEASE_MARGIN_MS = 15_000
/** After this time a delivery is dead until a person retries it: it is no longer news. */
const TRY_FOR_MS = 24 * 60 * 60 * 1000
/** After this many permanent refusals a delivery is dead, too. A kill is retried further. */
const MOST_REFUSALS = 5
/** When to check again for deliveries in progress on other nodes. */
const ELSEWHERE_MS = 1000
/** When to check for deliveries that another node queued before it died. */
const LOOK_AGAIN_MS = 15_000
/** A timer cannot wait longer, and the clock may be corrected meanwhile. */
const LONGEST_WAIT_MS = 60_000
/** How long a stopping server waits for deliveries in progress. */
const STOP_PATIENCE_MS = 3000

/**
 * Returns the pause after this many failures: twice as long each time, with jitter, so that retries do not coincide.
 */
export function pauseAfter(attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1))
  return Math.round(pause * (0.75 + random() / 2))
}

export interface Courier {
  /** Starts with the deliveries that an earlier run left, without waiting for their next time. */
  start(): Promise<void>
  /** Checks the outbox: there are new deliveries, or a destination is no longer paused. */
  wake(): void
  /** Stops deliveries of a killed story where possible, and sends its kill. */
  killed(storyId: string): void
  /** Finishes deliveries in progress, within limits, and stops. */
  close(): Promise<void>
}

interface Options {
  store: Store
  media: MediaStore
  secrets: Secrets
  destinationKinds: readonly DestinationKind[]
  log: Logger
  /** Called after each attempt, with its result. */
  attempted?: (outcome: 'sent' | 'failed') => void
  publish: PublishEvents
  /** Whether a receiver may be in a private network, if its settings allow it, too. */
  allowPrivate?: boolean
  attemptMs?: number
}

type Outcome =
  | { status: 'sent'; detail: string; response: string | null }
  | { status: 'failed' | 'dead'; detail: string; response: string | null }

export function createCourier(options: Options): Courier {
  const {
    store,
    secrets,
    destinationKinds,
    log,
    attempted,
    publish,
    allowPrivate = false,
    attemptMs = ATTEMPT_MS,
  } = options
  const { db } = store
  const write = groupCommit(store)
  const parcelOf = createParcels(store, options.media)
  const lanes = new Map<string, DeliveryLane>()
  /** The deliveries in progress on this node. */
  const underWay = new Map<string, { storyId: string; lane: number; stop: AbortController }>()
  let stopped = true
  let lookingAgain: NodeJS.Timeout | undefined

  /** Works off one lane. It sleeps until it is woken or its next delivery is due. */
  class DeliveryLane {
    readonly #destinationId: string
    readonly #lane: Lane
    #timer: NodeJS.Timeout | undefined
    #round: Promise<void> | null = null
    /** Counts the wake-ups, to notice those that come during a round. */
    #wakes = 0
    #heard = 0

    constructor(destinationId: string, lane: Lane) {
      this.#destinationId = destinationId
      this.#lane = lane
    }

    wake(): void {
      this.#wakes++
      if (stopped || this.#round !== null) return
      clearTimeout(this.#timer)
      this.#round = this.#workOff()
        .catch((error: unknown) => {
          log.error({ err: error }, 'the outbox could not be read or written')
          this.#sleep(pauseAfter(1))
        })
        .finally(() => {
          this.#round = null
          if (this.#heard !== this.#wakes) this.wake()
        })
    }

    async #workOff(): Promise<void> {
      while (!stopped) {
        this.#heard = this.#wakes
        const lease = { by: randomUUID(), milliseconds: attemptMs + LEASE_MARGIN_MS }
        const { claimed, dropped } = await write((trx) => claim(trx, this.#destinationId, this.#lane, lease))
        void publish(dropped.map(droppedEvent))
        if (claimed !== null) await deliver(claimed, lease.by)
        else if (this.#heard === this.#wakes) break
      }
      if (stopped) return
      const at = await nextTime(db, this.#destinationId, this.#lane)
      if (at !== null) this.#sleep(Math.max(ELSEWHERE_MS, at - Date.now()))
    }

    #sleep(milliseconds: number): void {
      if (stopped) return
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.wake(), Math.min(LONGEST_WAIT_MS, milliseconds))
    }

    async close(): Promise<void> {
      clearTimeout(this.#timer)
      await this.#round
    }
  }

  function laneOf(destinationId: string, lane: Lane): DeliveryLane {
    const key = `${destinationId} ${lane}`
    const known = lanes.get(key) ?? new DeliveryLane(destinationId, lane)
    lanes.set(key, known)
    return known
  }

  async function deliver(claimed: Claimed, lease: string): Promise<void> {
    const stop = new AbortController()
    underWay.set(claimed.id, { storyId: claimed.story_id, lane: claimed.waiting, stop })
    let outcome: Outcome
    try {
      const receipt = await attempt(claimed, stop.signal)
      outcome = { status: 'sent', detail: storeMessage(receipt.detail), response: receipt.response ?? null }
    } catch (error) {
      outcome = failure(claimed, error)
    } finally {
      underWay.delete(claimed.id)
    }
    const dropped = await writeDown(claimed, lease, outcome)
    attempted?.(outcome.status === 'sent' ? 'sent' : 'failed')
    const delivery = { id: claimed.id, publicationId: claimed.publication_id }
    const tried = { type: 'delivery-tried' as const, storyId: claimed.story_id, delivery, by: null, at: Date.now() }
    // The lane goes on meanwhile.
    void publish([tried, ...dropped.map(droppedEvent)])
    if (stop.signal.aborted) laneOf(claimed.destination_id, KILL).wake()
  }

  /** Abandons a destination that ignores its signal, so that the lane continues. */
  async function attempt(claimed: Claimed, stop: AbortSignal): Promise<Receipt> {
    const late = AbortSignal.timeout(attemptMs)
    const signal = AbortSignal.any([stop, late])
    const ended = Promise.withResolvers<never>()
    const end = (): void => {
      const seconds = Math.round(attemptMs / 1000)
      ended.reject(
        new DeliveryError(
          late.aborted ? message('server.delivery.timeout', { seconds }) : message('server.delivery.stopped'),
        ),
      )
    }
    signal.addEventListener('abort', end, { once: true })
    try {
      return await Promise.race([send(claimed, signal), ended.promise])
    } finally {
      signal.removeEventListener('abort', end)
    }
  }

  async function send(claimed: Claimed, signal: AbortSignal): Promise<Receipt> {
    const kind = destinationKinds.find(({ name }) => name === claimed.kind)
    if (kind === undefined) throw new DeliveryError(message('server.delivery.type-unknown', { type: claimed.kind }))
    const opened = claimed.secrets === null ? {} : await secrets.open(claimed.destination_id, claimed.secrets)
    const parcel = await parcelOf(claimed)
    const settings = limitedSettings(claimed.settings, allowPrivate)
    return kind.deliver(parcel, { settings, secrets: opened, signal })
  }

  function failure(claimed: Claimed, error: unknown): Outcome {
    const said = redactMessage(messageOf(error))
    const refusal = error instanceof DeliveryError ? error : null
    const attempts = claimed.attempts + 1
    const tooLong = Date.now() - (claimed.first_tried_at ?? Date.now()) > TRY_FOR_MS
    const refused = refusal?.permanent === true && attempts >= MOST_REFUSALS
    const hopeless = claimed.waiting !== KILL && (tooLong || refused)
    const status = hopeless || refusal?.partly === true ? 'dead' : 'failed'
    log.warn(
      {
        deliveryId: claimed.id,
        storyId: claimed.story_id,
        version: claimed.version,
        attempts,
        detail: inEnglish.say(said),
      },
      'delivery failed',
    )
    return { status, detail: storeMessage(said), response: refusal?.response ?? null }
  }

  /** Returns the deliveries that were dropped with it. */
  async function writeDown(claimed: Claimed, lease: string, { status, detail, response }: Outcome): Promise<Dropped[]> {
    const attempts = claimed.attempts + 1
    const now = Date.now()
    return write(async (trx) => {
      const written = await trx
        .updateTable('deliveries')
        .set({
          status,
          detail,
          response,
          attempts,
          leased_by: null,
          leased_until: null,
          finished_at: status === 'failed' ? null : now,
          ...(status === 'failed' ? { next_attempt_at: now + pauseAfter(attempts) } : { waiting: 0 }),
        })
        .where('id', '=', claimed.id)
        .where('leased_by', '=', lease)
        // A failed delivery may have been given up meanwhile, and stays so.
        .$if(status !== 'sent', (query) => query.where('waiting', '>', 0))
        .executeTakeFirstOrThrow()
      if (written.numUpdatedRows === 0n) await letGo(trx, claimed, lease)
      return status === 'failed' ? dropOvertaken(trx, claimed.destination_id) : []
    })
  }

  async function letGo(trx: Kysely<Database>, { id }: Claimed, lease: string): Promise<void> {
    const { numUpdatedRows } = await trx
      .updateTable('deliveries')
      .set({ leased_by: null, leased_until: null })
      .where('id', '=', id)
      .where('leased_by', '=', lease)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) log.warn({ deliveryId: id }, 'a delivery took longer than its lease')
  }

  async function wakeAll(): Promise<void> {
    for (const { destinationId, lane } of await waitingLanes(db)) laneOf(destinationId, lane).wake()
  }

  function wake(): void {
    if (stopped) return
    wakeAll().catch((error: unknown) => {
      log.error({ err: error }, 'the outbox could not be read')
      setTimeout(wake, pauseAfter(1)).unref()
    })
  }

  return {
    async start() {
      stopped = false
      await db
        .updateTable('deliveries')
        .set({
          next_attempt_at: Date.now(),
          // Without other nodes, every lease was held by this server before it was killed.
          ...(store.shared ? {} : { leased_by: null, leased_until: null }),
        })
        .where('waiting', 'in', [ORDINARY, KILL])
        .execute()
      await wakeAll()
      if (store.shared) lookingAgain = setInterval(wake, LOOK_AGAIN_MS).unref()
    },
    wake,
    killed(storyId) {
      for (const each of underWay.values()) {
        // Not the kill itself: other nodes repeat the event while the kill is being delivered.
        if (each.storyId === storyId && each.lane === ORDINARY) each.stop.abort()
      }
      wake()
    },
    async close() {
      stopped = true
      clearInterval(lookingAgain)
      const patience = setTimeout(() => {
        for (const { stop } of underWay.values()) stop.abort()
      }, STOP_PATIENCE_MS)
      await Promise.all([...lanes.values()].map((lane) => lane.close()))
      clearTimeout(patience)
    },
  }
}

const droppedEvent = ({ id, publication_id, story_id }: Dropped): NewsroomEvent => ({
  type: 'delivery-dropped',
  storyId: story_id,
  delivery: { id, publicationId: publication_id },
  by: null,
  at: Date.now(),
})
