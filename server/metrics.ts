/** Metrics for Prometheus: see docs/operations.md for their use. No label names a story or a person. */
import type { Kysely } from 'kysely'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { RelayMeter } from './relay/meter.ts'
import type { Relay } from './relay/relay.ts'
import type { Database } from './store/schema.ts'

export interface Metrics {
  /** Resolves to the text for Prometheus, and its content type. */
  read(): Promise<{ text: string; contentType: string }>
  /** Counts an answered request; `route` is its pattern, never its address. */
  httpAnswered(request: { method: string; route: string; status: number; seconds: number }): void
  /** Counts a delivery attempt of the courier. */
  deliveryAttempted(outcome: 'sent' | 'failed'): void
  /** Something happened in the newsroom, on this server or another. */
  eventHappened(type: string): void
}

interface Options {
  relay: Pick<Relay, 'status'>
  meter: RelayMeter
  /** Returns how many apps listen to live events. */
  listeners: () => number
  db: Kysely<Database>
  log: { error(fields: object, message: string): void }
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const BATCH = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000]

export function createMetrics({ relay, meter, listeners, db, log }: Options): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })

  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  const counter = (name: string, help: string, read: () => number): void => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }

  gauge('galley_relay_connections', 'Sockets that have a story open', () => relay.status().connections)
  gauge('galley_relay_rooms', 'Stories that are open', () => relay.status().rooms)
  gauge('galley_live_connections', 'Apps that listen to the newsroom’s events', listeners)

  counter('galley_updates_received_total', 'Frames with changes received', () => meter.updatesReceived)
  counter('galley_updates_stored_total', 'Changes that were committed', () => meter.updatesStored)
  counter('galley_updates_forwarded_total', 'Frames with changes sent, per receiver', () => meter.updatesForwarded)
  counter('galley_presence_received_total', 'Frames with presence received', () => meter.presenceReceived)
  counter('galley_presence_sent_total', 'Frames with presence sent, per receiver', () => meter.presenceSent)
  counter('galley_relay_received_bytes_total', 'Bytes in frames received', () => meter.bytesReceived)
  counter('galley_relay_sent_bytes_total', 'Bytes in frames sent', () => meter.bytesSent)
  counter('galley_append_failures_total', 'Times changes of a story were not committed', () => meter.appendFailures)
  counter('galley_load_failures_total', 'Times a story could not be loaded', () => meter.loadFailures)
  counter('galley_compactions_total', 'Stories compacted', () => meter.compactions)
  counter('galley_compaction_failures_total', 'Compactions that failed', () => meter.compactionFailures)

  new Counter({
    name: 'galley_relay_closes_total',
    help: 'Connections closed by the relay, by the reason in PROTOCOL.md',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset()
      for (const [reason, count] of meter.closed) this.inc({ reason }, count)
    },
  })

  const batch = new Histogram({
    name: 'galley_commit_batch_updates',
    help: 'Changes that were committed together',
    buckets: BATCH,
    registers,
  })
  const commit = new Histogram({
    name: 'galley_commit_duration_seconds',
    help: 'How long a commit of the log took, until it was on the disk',
    buckets: SECONDS,
    registers,
  })
  meter.onCommit = (updates, seconds) => {
    batch.observe(updates)
    commit.observe(seconds)
  }

  new Gauge({
    name: 'galley_deliveries_waiting',
    help: 'Deliveries not made yet: queued (not tried), failed (to be retried) and dead (given up)',
    labelNames: ['status'],
    registers,
    async collect() {
      this.reset()
      try {
        const waiting = await countWaiting(db)
        for (const status of ['queued', 'failed', 'dead']) this.set({ status }, waiting.get(status) ?? 0)
      } catch (error) {
        // The other metrics matter most when the database does not answer.
        log.error({ error }, 'Waiting deliveries could not be counted')
      }
    },
  })
  const attempts = new Counter({
    name: 'galley_delivery_attempts_total',
    help: 'Delivery attempts, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  for (const outcome of ['sent', 'failed']) attempts.inc({ outcome }, 0)

  const events = new Counter({
    name: 'galley_newsroom_events_total',
    help: 'What happened in the newsroom, on this server or another, by kind',
    labelNames: ['type'],
    registers,
  })

  const http = new Histogram({
    name: 'galley_http_request_duration_seconds',
    help: 'How long requests took, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })

  return {
    read: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
    httpAnswered: ({ method, route, status, seconds }) => http.observe({ method, route, status }, seconds),
    deliveryAttempted: (outcome) => attempts.inc({ outcome }),
    eventHappened: (type) => events.inc({ type }),
  }
}

async function countWaiting(db: Kysely<Database>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['status', (count) => count.fn.countAll<number | string>().as('count')])
    .where('status', '!=', 'sent')
    .groupBy('status')
    .execute()
  return new Map(rows.map(({ status, count }) => [status, Number(count)]))
}
