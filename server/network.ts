import { isIPv6 } from 'node:net'

/** Returns the network by which an address is counted: a household or an office has a whole /64 of IPv6 addresses. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(plain)) return plain
  const [before = '', after] = plain.split('::')
  const first = before.split(':').filter((group) => group !== '')
  const last = after === undefined ? [] : after.split(':').filter((group) => group !== '')
  // An embedded IPv4 address stands for two groups.
  const length = first.length + last.length + (plain.includes('.') ? 1 : 0)
  const groups = [...first, ...Array<string>(Math.max(0, 8 - length)).fill('0'), ...last]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
