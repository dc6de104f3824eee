/** Where requests come from. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'

/** Returns whether an address is a proxy's, which is believed about its client. */
export type IsProxy = (address: string) => boolean

/** The names that GALLEY_PROXIES may have in place of addresses. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && LOOPBACK.check(address, family(address))
}

/** `proxies`: see `Config`. */
export function proxyCheck(proxies: readonly string[]): IsProxy {
  const list = blockList(proxies)
  return (address) => isIP(address) !== 0 && list.check(address, family(address))
}

function blockList(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const each of entries.flatMap((entry) => NAMED[entry] ?? [entry])) {
    const [address = '', prefix] = each.split('/')
    if (prefix === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(prefix), family(address))
  }
  return list
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}

const LOOPBACK = blockList(['loopback'])

/** Returns the network address that a request comes from: the nearest one that is not a proxy's, as Fastify's `ip`. */
export function addressOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>, isProxy: IsProxy): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
  const way = [...forwarded, socket.remoteAddress ?? '']
  return way.findLast((address) => !isProxy(address)) ?? way[0] ?? ''
}
