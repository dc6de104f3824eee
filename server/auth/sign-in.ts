/** Signing in: a password for a session's token, with a limit on guessing. */
import type { Kysely } from 'kysely'
import type { Person } from '#shared/story/story.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { FailureLimit } from './failure-limit.ts'
import { isPassword } from './passwords.ts'
import { emailKey, findPersonByEmail, toPerson } from './people.ts'
import { openSession } from './sessions.ts'

const WINDOW_MS = 15 * 60 * 1000
/** Each attempt costs 19 MiB and a processor for some 20 ms; beyond this many at once the rest are turned away. */
const MOST_AT_ONCE = 32

export interface SignedIn {
  token: string
  person: Person
}

export type SignIn = (attempt: { email: string; password: string; address: string }) => Promise<SignedIn>

/**
 * Makes the sign-in. It counts failures by address and person together, so that people cannot lock others out from elsewhere,
 * and by address alone, so that one address cannot try one password on everyone.
 */
export function createSignIn(db: Kysely<Database>, limits = { perPerson: 10, perAddress: 50 }): SignIn {
  const perPerson = new FailureLimit(limits.perPerson, WINDOW_MS)
  const perAddress = new FailureLimit(limits.perAddress, WINDOW_MS)
  let underWay = 0

  return async ({ email, password, address }) => {
    const key = `${address} ${emailKey(email)}`
    const seconds = Math.max(perPerson.secondsToWait(key), perAddress.secondsToWait(address))
    if (seconds > 0) throw refuse('too-many-wrong-passwords', { minutes: Math.ceil(seconds / 60) })
    if (underWay >= MOST_AT_ONCE) throw refuse('sign-in-busy')
    underWay++
    // Counted before it is known, so that many guesses sent at once do not all pass the limit together.
    perPerson.failed(key)
    perAddress.failed(address)
    try {
      const row = await findPersonByEmail(db, email)
      if (!(await isPassword(password, row?.password_hash ?? null)) || row === undefined) {
        await record(db, { personId: row?.id ?? null, action: 'sign-in-refused', detail: { address } })
        throw refuse('wrong-password')
      }
      perPerson.clear(key)
      perAddress.forgive(address)
      const person = toPerson(row)
      const token = await openSession(db, person)
      await record(db, { personId: person.id, action: 'sign-in', detail: { address } })
      return { token, person }
    } finally {
      underWay--
    }
  }
}
