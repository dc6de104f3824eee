/**
 * The courier works off the outbox: the deliveries that publishing has queued. What it has not delivered it tries again
 * for as long as the newsroom runs, and again when it is started again. The versions of one story reach a destination
 * in their order; stories do not wait for each other. Where there are several nodes each has a courier, and a delivery
 * is made by one of them.
 */
import type { Logger } from 'pino'
import { findFormat } from '#shared/wire/formats/index.ts'
import type { WireItem } from '#shared/wire/item.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Store } from '../store/store.ts'
import type { DestinationKind, Parcel } from './destinations/destination.ts'

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 5 * 60 * 1000
/** When to look again at a delivery that another node is making: it may die over it. */
const ELSEWHERE_MS = 1000
/** When to look for what another node has queued, and not lived to deliver. */
const LOOK_AGAIN_MS = 15_000

/** How long to wait after so many failures: twice as long each time, and a little more or less, so that not all come back at once. */
export function pauseAfter(attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1))
  return Math.round(pause * (0.75 + random() / 2))
}

export interface Courier {
  /** Begins with what an earlier run left, whenever it was to be tried again. */
  start(): Promise<void>
  /** There is something new in the outbox. */
  wake(): void
  /** Finishes the delivery that it is at, and stops. */
  close(): Promise<void>
}

interface Options {
  store: Store
  media: MediaStore
  destinationKinds: readonly DestinationKind[]
  log: Logger
  /** A delivery was tried, and this came of it. */
  attempted?: (outcome: 'sent' | 'failed') => void
  /** A delivery of this publication was made, or failed. */
  changed: (publicationId: string) => Promise<void>
}

/** What was frozen when the version was published. Its text stays out of the error, which is written down. */
function readItem(text: string): WireItem {
  try {
    return JSON.parse(text) as WireItem
  } catch {
    throw new Error('What is kept of this version cannot be read: it is damaged.')
  }
}

export function createCourier({ store, media, destinationKinds, log, attempted, changed }: Options): Courier {
  const { db } = store
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> | null = null
  /** How often it was woken, to tell whether something came in while it looked. */
  let wakes = 0
  let heard = 0

  /** The next delivery of each story to each destination, the one that has waited longest first. */
  function heads() {
    return db
      .selectFrom('deliveries')
      .innerJoin('publications', 'publications.id', 'deliveries.publication_id')
      .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
      .innerJoin('versions', (join) =>
        join
          .onRef('versions.story_id', '=', 'publications.story_id')
          .onRef('versions.version', '=', 'publications.version'),
      )
      .where('deliveries.status', '!=', 'sent')
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('deliveries as earlier')
              .innerJoin('publications as before', 'before.id', 'earlier.publication_id')
              .select('earlier.id')
              .whereRef('before.story_id', '=', 'publications.story_id')
              .whereRef('before.version', '<', 'publications.version')
              .whereRef('earlier.destination_id', '=', 'deliveries.destination_id')
              .where('earlier.status', '!=', 'sent'),
          ),
        ),
      )
      .orderBy('deliveries.next_attempt_at')
  }

  /** `elsewhere`: deliveries that other nodes are making. */
  function nextDue(elsewhere: ReadonlySet<string>) {
    return heads()
      .where('deliveries.next_attempt_at', '<=', Date.now())
      .$if(elsewhere.size > 0, (query) => query.where('deliveries.id', 'not in', [...elsewhere]))
      .select([
        'deliveries.id',
        'deliveries.attempts',
        'publications.id as publication_id',
        'publications.story_id',
        'publications.version',
        'destinations.kind',
        'destinations.format',
        'destinations.settings',
        'versions.item',
      ])
      .executeTakeFirst()
  }
  type Due = NonNullable<Awaited<ReturnType<typeof nextDue>>>

  async function parcel(due: Due): Promise<Parcel> {
    const format = findFormat(due.format)
    if (format === undefined) throw new Error(`This version of Galley does not know the format ${due.format}.`)
    const item = readItem(due.item)
    const { text, contentType, extension } = format.write(item)
    const pictures = []
    for (const { mediaId, href } of item.pictures) {
      const kept = await media.find(mediaId)
      if (kept === null) throw new Error(`The picture ${href} is not in the newsroom any more.`)
      pictures.push({ name: href, path: kept.path })
    }
    return { name: `${due.story_id}-v${due.version}.${extension}`, text, contentType, pictures }
  }

  /** Makes a delivery, unless another node is at it. Whether it is done with for now. */
  async function deliver(due: Due): Promise<boolean> {
    const made = await store.alone(`delivery ${due.id}`, async (trx) => {
      const now = await trx
        .selectFrom('deliveries')
        .select(['status', 'attempts'])
        .where('id', '=', due.id)
        .executeTakeFirst()
      // Somebody has been quicker.
      if (now === undefined || now.status === 'sent' || now.attempts !== due.attempts) return false
      await attempt(trx, due)
      return true
    })
    if (made?.value === true) await changed(due.publication_id)
    return made !== null
  }

  async function attempt(trx: Store['db'], due: Due): Promise<void> {
    const attempts = due.attempts + 1
    let outcome: { status: 'sent' | 'failed'; detail: string; finished_at: number | null; next_attempt_at?: number }
    try {
      const kind = destinationKinds.find(({ name }) => name === due.kind)
      if (kind === undefined)
        throw new Error(`This version of Galley does not know the kind of destination ${due.kind}.`)
      const detail = await kind.deliver(await parcel(due), JSON.parse(due.settings))
      outcome = { status: 'sent', detail, finished_at: Date.now() }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      log.warn({ deliveryId: due.id, storyId: due.story_id, version: due.version, attempts, detail }, 'delivery failed')
      outcome = { status: 'failed', detail, finished_at: null, next_attempt_at: Date.now() + pauseAfter(attempts) }
    }
    await trx
      .updateTable('deliveries')
      .set({ ...outcome, attempts })
      .where('id', '=', due.id)
      .execute()
    attempted?.(outcome.status)
  }

  async function workOff(): Promise<void> {
    const elsewhere = new Set<string>()
    while (!stopped) {
      heard = wakes
      const due = await nextDue(elsewhere)
      if (due !== undefined) {
        if (!(await deliver(due))) elsewhere.add(due.id)
      } else if (heard === wakes) break
    }
    if (stopped) return
    const later = await heads().select('deliveries.next_attempt_at as at').executeTakeFirst()
    const pause = Math.min(
      later === undefined ? Infinity : Math.max(elsewhere.size > 0 ? ELSEWHERE_MS : 0, later.at - Date.now()),
      store.shared ? LOOK_AGAIN_MS : Infinity,
    )
    if (pause < Infinity) timer = setTimeout(wake, pause)
  }

  function wake(): void {
    wakes++
    if (stopped || round !== null) return
    clearTimeout(timer)
    round = workOff()
      .catch((error: unknown) => {
        log.error({ err: error }, 'the outbox could not be read')
        timer = setTimeout(wake, pauseAfter(1))
      })
      .finally(() => {
        round = null
        if (heard !== wakes) wake()
      })
  }

  return {
    async start() {
      await db.updateTable('deliveries').set({ next_attempt_at: Date.now() }).where('status', '!=', 'sent').execute()
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
