/** Changing one's own password. */
import type { Kysely } from 'kysely'
import type { Outcome } from '../newsroom-event.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { FailureLimit } from './failure-limit.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { closeSessions, type Session } from './sessions.ts'

const MOST_WRONG = 10
const WINDOW_MS = 15 * 60 * 1000

/** Checks the current password, stores the new one, and ends the person's other sessions. */
export type ChangePassword = (
  session: Session,
  passwords: { password: string; newPassword: string },
) => Promise<Outcome<object>>

export function createChangePassword(db: Kysely<Database>): ChangePassword {
  const wrong = new FailureLimit(MOST_WRONG, WINDOW_MS)

  return async ({ id, person }, { password, newPassword }) => {
    const seconds = wrong.secondsToWait(person.id)
    if (seconds > 0) throw refuse('too-many-wrong-passwords', { minutes: Math.ceil(seconds / 60) })
    wrong.failed(person.id)
    const { password_hash } = await db
      .selectFrom('people')
      .select('password_hash')
      .where('id', '=', person.id)
      .executeTakeFirstOrThrow()
    if (!(await isPassword(password, password_hash))) throw refuse('wrong-current-password')
    wrong.clear(person.id)
    const newHash = await hashPassword(newPassword)
    return db.transaction().execute(async (trx) => {
      await trx.updateTable('people').set({ password_hash: newHash }).where('id', '=', person.id).execute()
      await record(trx, { personId: person.id, action: 'password-changed' })
      return closeSessions(trx, person, id)
    })
  }
}
