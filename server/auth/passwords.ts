/** Passwords are stored as salted argon2id hashes (19 MiB, two passes: OWASP's first choice) in PHC string form. */
import { hash, verify } from '@node-rs/argon2'

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'))
}

let dummyHash: Promise<string> | undefined

/**
 * Resolves to whether this is the password behind the hash. For an unknown person (null) it does the same work on a dummy
 * hash and resolves to false, so that the time taken does not reveal whether the person exists.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  dummyHash ??= hashPassword('not a password of anyone')
  const matches = await verify(passwordHash ?? (await dummyHash), password.normalize('NFC'))
  return matches && passwordHash !== null
}
