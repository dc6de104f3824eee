/** Ends the sockets of sessions that ended: expired, or changed in the database by any process. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { PublishEvents } from '../newsroom-event.ts'
import type { Database } from '../store/schema.ts'
import { changedSessions } from './changed-sessions.ts'
import { forgetExpiredSessions, keepInUse, type Session } from './sessions.ts'

const HOUR_MS = 60 * 60 * 1000
/** How often the sessions of open sockets are compared with the database. */
const COMPARE_MS = 1000

interface Options {
  db: Kysely<Database>
  /** The sessions of open sockets. */
  open: () => Session[]
  close: (sessionId: string) => void
  publish: PublishEvents
  log: Logger
}

/** Returns `stop()`. */
export function watchSessions({ db, open, close, publish, log }: Options): () => void {
  const sweeping = setInterval(() => {
    sweep().catch((error: unknown) => log.error({ err: error }, 'expired sessions could not be closed'))
  }, HOUR_MS)
  sweeping.unref()
  const comparing = setInterval(() => {
    compare().catch((error: unknown) => log.error({ err: error }, 'sessions could not be looked up'))
  }, COMPARE_MS)
  comparing.unref()

  /** A person who was removed, signed out elsewhere or given another role keeps no socket of the old session. */
  async function compare(): Promise<void> {
    for (const { id } of await changedSessions(db, open())) close(id)
  }

  async function sweep(): Promise<void> {
    // An app that is open uses its session, even if it asks for nothing.
    await keepInUse(
      db,
      open().map(({ id }) => id),
    )
    const { events } = await forgetExpiredSessions(db)
    await publish(events)
  }

  return () => {
    clearInterval(sweeping)
    clearInterval(comparing)
  }
}
