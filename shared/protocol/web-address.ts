import { z } from 'zod'

/** An http address that a person types in. Sign-in data in it would be shown and logged, and is refused. */
export function webAddress(example: string) {
  const invalid = `is an address such as ${example}`
  return z
    .url({ protocol: /^https?$/, error: invalid })
    .max(2000)
    .refine((address) => !hasUserInfo(address), 'has no user name or password in it: enter them in their own fields')
}

/** Slashes may be missing or turned: browsers and Node take such addresses, too. */
function hasUserInfo(address: string): boolean {
  return /^\s*[a-z]+:[/\\]*[^/?#\\]*@/iu.test(address)
}
