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
  changed(delivery: { id: string; publicationId: string }): void
  /** Sends the remaining changes. */
  close(): Promise<void>
}

export function createDeliveryNews(db: Kysely<Database>, tell: (event: LiveEvent) => void, log: Logger): DeliveryNews {
  let deliveries = new Set<string>()
  let publications = new Set<string>()
  let telling: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  async function tellAll(): Promise<void> {
    const [ids, publicationIds] = [[...deliveries], [...publications]]
    deliveries = new Set()
    publications = new Set()
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
      for (const delivery of await readDeliveries(db, ids.slice(at, at + MOST_AT_ONCE)))
        tell({ type: 'delivery', delivery })
    }
    for (const id of publicationIds) tell({ type: 'publication', publication: await getPublication(db, id) })
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
    changed({ id, publicationId }) {
      deliveries.add(id)
      publications.add(publicationId)
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
