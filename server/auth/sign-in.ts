/** Signing in: a password for a session's token, with limits on guessing. */
import type { Kysely } from 'kysely'
import type { Person } from '#shared/story/story.ts'
import { networkOf } from '../network.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { record } from '../story/audit.ts'
import { FailureLimit } from './failure-limit.ts'
import { isKnownNetwork, keepNetwork } from './known-networks.ts'
import { isPassword } from './passwords.ts'
import { emailKey, findPersonByEmail, toPerson } from './people.ts'
import { Places } from './places.ts'
import { openSession } from './sessions.ts'

const WINDOW_MS = 15 * 60 * 1000
/** Beyond its limit an account takes one guess in this time: fewer than 100 an hour (OWASP ASVS 2.2.1). */
const PACE_MS = 2 * 60 * 1000

/** Wrong passwords within a quarter of an hour. */
const LIMITS = {
  /** For one person from one network: people cannot lock others out from elsewhere. */
  perPerson: 10,
  /** From one network: it cannot try one password on everyone. */
  perAddress: 50,
  /** For one person from all networks that are new to them: then guesses are slowed down, wherever they come from. */
  perAccount: 15,
}

export interface SignedIn {
  token: string
  person: Person
}

export interface SignInAttempt {
  email: string
  password: string
  address: string
  /** How the app names itself. */
  app?: string
}

export type SignIn = (attempt: SignInAttempt) => Promise<SignedIn>

export function createSignIn(db: Kysely<Database>, given: Partial<typeof LIMITS> = {}): SignIn {
  const limits = { ...LIMITS, ...given }
  const perPerson = new FailureLimit(limits.perPerson, WINDOW_MS)
  const perAddress = new FailureLimit(limits.perAddress, WINDOW_MS)
  const perAccount = new FailureLimit(limits.perAccount, WINDOW_MS, { paceMs: PACE_MS })
  const places = new Places()

  return async ({ email, password, address, app = '' }) => {
    const network = networkOf(address)
    const account = emailKey(email)
    const key = `${network} ${account}`
    const known = await isKnownNetwork(db, email, network)
    const seconds = Math.max(
      perPerson.secondsToWait(key),
      perAddress.secondsToWait(network),
      known ? 0 : perAccount.secondsToWait(account),
    )
    if (seconds > 0) throw refuse('too-many-wrong-passwords', { minutes: Math.ceil(seconds / 60) })
    const leave = places.take(network, known)
    if (leave === null) throw refuse('sign-in-busy')
    // Counted before it is known, so that many guesses sent at once do not all pass the limit together.
    perPerson.failed(key)
    perAddress.failed(network)
    if (!known) perAccount.failed(account)
    try {
      const row = await findPersonByEmail(db, email)
      if (!(await isPassword(password, row?.password_hash ?? null)) || row === undefined) {
        await record(db, { personId: row?.id ?? null, action: 'sign-in-refused', detail: { address } })
        throw refuse('wrong-password')
      }
      perPerson.clear(key)
      perAddress.forgive(network)
      if (!known) perAccount.forgive(account)
      const person = toPerson(row)
      const token = await openSession(db, person, { address, app })
      await keepNetwork(db, person.id, network)
      await record(db, { personId: person.id, action: 'sign-in', detail: { address } })
      return { token, person }
    } finally {
      leave()
    }
  }
}
