/** Takes in documents from all sources, for as long as the newsroom runs. */
import type { Logger } from 'pino'
import { z } from 'zod'
import type { IntakeReceipt, IntakeSource, putIntakeSourceRequestSchema } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import type { Outcome, PublishEvents } from '../../newsroom-event.ts'
import { redactAddresses } from '../../redact-addresses.ts'
import type { Row } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import type { DocumentReader } from './document-reader.ts'
import { pollFeed } from './poll-feed.ts'
import { type Arrival, receive } from './receive.ts'
import type { Secrets } from '../secrets.ts'
import { heardFrom, putSource } from './sources.ts'
import type { Folders } from '../folders.ts'
import { folderFault, type FolderWatch, watchFolder } from './watch-folder.ts'

const LOOK_MS = 2000
const MINUTE_MS = 60_000

export interface Intake {
  start(): void
  /** Adds a source, or changes it. */
  put(
    id: string,
    request: z.output<typeof putIntakeSourceRequestSchema>,
    person: Person,
  ): Promise<Outcome<{ source: IntakeSource; created: boolean }>>
  /** Stores a document. */
  receive(arrival: Arrival): Promise<IntakeReceipt>
  /** Checks all folders and feeds that are due, now. */
  look(): Promise<void>
  close(): Promise<void>
}

interface Options {
  store: Store
  secrets: Secrets
  reader: Pick<DocumentReader, 'read'>
  /** The folders that may be watched. */
  folders: Folders
  /** Whether a feed may be in a private network, if its settings allow it, too. */
  allowPrivate: boolean
  log: Logger
  publish: PublishEvents
}

type SourceRow = Row<'intake_sources'>

const folderSchema = z.object({ folder: z.string() })
/** Addresses that were stored before sign-in data in them was refused still work. */
const feedSchema = z.object({ url: z.url(), everyMinutes: z.number(), allowPrivate: z.boolean().default(false) })

export function createIntake({ store, reader, secrets, folders, allowPrivate, log, publish }: Options): Intake {
  const { db } = store
  const watches = new Map<string, { folder: string; watch: FolderWatch }>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let stopped = true

  async function take(arrival: Arrival): Promise<IntakeReceipt> {
    const { receipt, events } = await receive(db, reader, arrival)
    await publish(events)
    if (arrival.sourceId !== null) await heard(arrival.sourceId, null, receipt.items.length > 0)
    return receipt
  }

  async function heard(sourceId: string, fault: string | null, changed = false): Promise<void> {
    await publish(await heardFrom(db, sourceId, { fault, changed }))
  }

  async function lookAt(row: SourceRow): Promise<void> {
    try {
      const settings = JSON.parse(row.settings) as unknown
      if (row.kind === 'folder') await lookInto(row.id, folderSchema.parse(settings).folder)
      else if (row.kind === 'feed') await ask(row, feedSchema.parse(settings))
    } catch (error) {
      const fault = redactAddresses(error instanceof Error ? error.message : String(error))
      log.warn({ sourceId: row.id, fault }, 'a source could not be read')
      await heard(row.id, fault)
    }
  }

  async function lookInto(id: string, name: string): Promise<void> {
    const folder = await folders.resolve(name).catch((error: unknown) => {
      throw folderFault(error, name)
    })
    const known = watches.get(id)
    const watched =
      known?.folder === folder
        ? known
        : { folder, watch: watchFolder(folder, (file) => take({ ...file, sourceId: id })) }
    watches.set(id, watched)
    await watched.watch.look()
    await heard(id, null)
  }

  /** Polls a feed if this node is the one that moves its next time on; other nodes find it moved. */
  async function ask(
    row: SourceRow,
    { url, allowPrivate: wanted, everyMinutes }: z.output<typeof feedSchema>,
  ): Promise<void> {
    const { numUpdatedRows } = await db
      .updateTable('intake_sources')
      .set({ next_poll_at: Date.now() + everyMinutes * MINUTE_MS })
      .where('id', '=', row.id)
      .where('next_poll_at', '=', row.next_poll_at)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return
    const { query = '' } = row.secrets === null ? {} : await secrets.open(row.id, row.secrets)
    const answer = await pollFeed({
      url: url + query,
      allowPrivate: wanted && allowPrivate,
      etag: row.etag,
      lastModified: row.last_modified,
    })
    if (answer === null) return heard(row.id, null, true)
    const { etag, lastModified, ...arrival } = answer
    await take({ ...arrival, sourceId: row.id })
    // Only now, so that a document that was not stored is requested again.
    await db.updateTable('intake_sources').set({ etag, last_modified: lastModified }).where('id', '=', row.id).execute()
  }

  async function lookAtAll(): Promise<void> {
    const due = await db
      .selectFrom('intake_sources')
      .selectAll()
      .where('removed_at', 'is', null)
      .where('paused', '=', 0)
      .where((where) =>
        where.or([
          where('kind', '=', 'folder'),
          where.and([where('kind', '=', 'feed'), where('next_poll_at', '<=', Date.now())]),
        ]),
      )
      .execute()
    // A hanging feed must not delay folders.
    await Promise.all(due.map((row) => lookAt(row)))
  }

  function look(): Promise<void> {
    looking ??= lookAtAll().finally(() => {
      looking = null
    })
    return looking
  }

  function lookRegularly(): void {
    look()
      .catch((error: unknown) => log.error({ err: error }, 'the sources could not be looked up'))
      .finally(() => {
        if (!stopped) timer = setTimeout(lookRegularly, LOOK_MS)
      })
  }

  return {
    put: (id, request, person) => putSource(db, id, request, person, { secrets, folders, allowPrivate }),
    start() {
      stopped = false
      lookRegularly()
    },
    receive: take,
    look,
    async close() {
      stopped = true
      clearTimeout(timer)
      await looking?.catch(() => {})
    },
  }
}
