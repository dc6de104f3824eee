/** Whether the server is ready: whether it could commit a change now. */
import type { Kysely } from 'kysely'
import { inEnglish } from '#shared/messages/english.ts'
import { refusalMessage } from '#shared/protocol/refusals.ts'
import { noteProbe } from './settings.ts'
import { storeFault } from './store/fault.ts'
import type { Database } from './store/schema.ts'

/** How long an answer is reused: anyone may ask, and each answer costs a commit. */
const ANSWER_HOLDS_MS = 1000
/** A database that needs longer for one small commit counts as down. */
const PATIENCE_MS = 5000

const TOO_SLOW = 'The database does not answer.'
const FAILED = 'The database cannot commit.'

export interface Readiness {
  /** Everything is started. */
  started(): void
  /** The server has been asked to stop. */
  stopping(): void
  /** Resolves to null when the server is ready, otherwise to the reason, for its administrator. Never rejects. */
  reason(): Promise<string | null>
}

interface Options {
  db: Kysely<Database>
  log: { error(fields: object, message: string): void }
  patienceMs?: number
  holdsMs?: number
}

export function createReadiness({ db, log, patienceMs = PATIENCE_MS, holdsMs = ANSWER_HOLDS_MS }: Options): Readiness {
  let phase: 'starting' | 'running' | 'stopping' = 'starting'
  let last: { at: number; answer: Promise<string | null> } | null = null

  async function probe(): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined
    const tooSlow = new Promise<string>((resolve) => (timer = setTimeout(() => resolve(TOO_SLOW), patienceMs)))
    const committed = noteProbe(db).then(
      () => null,
      (error: unknown) => {
        log.error({ error }, 'The server is not ready: nothing can be committed')
        const fault = storeFault(error)
        return fault === null ? FAILED : inEnglish.say(refusalMessage(fault))
      },
    )
    const answer = await Promise.race([committed, tooSlow])
    clearTimeout(timer)
    return answer
  }

  return {
    started() {
      if (phase === 'starting') phase = 'running'
    },
    stopping() {
      phase = 'stopping'
    },
    async reason() {
      if (phase === 'starting') return 'The server is starting.'
      if (phase === 'stopping') return 'The server is stopping.'
      if (last === null || Date.now() - last.at >= holdsMs) last = { at: Date.now(), answer: probe() }
      return last.answer
    },
  }
}
