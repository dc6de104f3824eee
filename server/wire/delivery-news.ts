/** Sends the apps changes of deliveries, in batches: many change at once. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { LiveEvent } from '#shared/protocol/http.ts'
import type { Database } from '../store/schema.ts'
import { readDeliveries } from './deliveries.ts'
import { getPublication } from './publications.ts'

const PAUSE_MS = 100
/** The limit for one query, and for one burst of events. */
const MOST_AT_ONCE = 200

export interface DeliveryNews {
  /** `by`: the person who changed it; null for the courier. */
  changed(delivery: { id: string; publicationId: string }, by: string | null): void
  /** Sends the remaining changes. */
  close(): Promise<void>
}

export function createDeliveryNews(db: Kysely<Database>, tell: (event: LiveEvent) => void, log: Logger): DeliveryNews {
  /** By id: the person who changed it last. */
  let deliveries = new Map<string, string | null>()
  let publications = new Map<string, string | null>()
  let telling: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  async function tellAll(): Promise<void> {
    const [changed, ofPublications] = [deliveries, publications]
    deliveries = new Map()
    publications = new Map()
    const ids = [...changed.keys()]
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
      for (const delivery of await readDeliveries(db, ids.slice(at, at + MOST_AT_ONCE)))
        tell({ type: 'delivery', delivery, by: changed.get(delivery.id) ?? null })
    }
    for (const [id, by] of ofPublications) tell({ type: 'publication', publication: await getPublication(db, id), by })
  }

  function soon(): void {
    if (telling !== null || timer !== undefined) return
    timer = setTimeout(begin, PAUSE_MS)
  }

  function begin(): void {
    timer = undefined
    telling = tellAll()
      .catch((error: unknown) => log.error({ err: error }, 'the apps could not be told of deliveries'))
      .finally(() => {
        telling = null
        if (deliveries.size > 0 || publications.size > 0) soon()
      })
  }

  return {
    changed({ id, publicationId }, by) {
      deliveries.set(id, by)
      publications.set(publicationId, by)
      soon()
    },
    async close() {
      clearTimeout(timer)
      timer = undefined
      await telling
      clearTimeout(timer)
      await tellAll().catch((error: unknown) => log.error({ err: error }, 'the apps could not be told of deliveries'))
    },
  }
}
