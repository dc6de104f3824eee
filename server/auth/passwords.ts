/** Passwords are kept as argon2id (19 MiB, two passes: OWASP's first choice), salted, in PHC string form. */
import { hash, verify } from '@node-rs/argon2'

/** The shortest password that a real newsroom takes. Length is the only rule: rules of composition make worse passwords. */
export const SHORTEST_PASSWORD = 12

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'))
}

let nobody: Promise<string> | undefined

/**
 * Whether this is the password behind the hash. For an unknown person (null) it does the same work on a hash of its own
 * and answers false, so that the time taken does not tell whether there is such a person.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const matches = await verify(passwordHash ?? (await nobody), password.normalize('NFC'))
  return matches && passwordHash !== null
}
