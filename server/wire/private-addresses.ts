/**
 * Limits where the server goes when a person has typed an address: to the internet, but not into the newsroom's own
 * network, where services trust insiders. The check applies to the resolved name, and the connection is made to exactly
 * that address, so a name that points elsewhere a moment later gains nothing.
 */
import type { LookupAddress } from 'node:dns'
import { lookup as resolve } from 'node:dns/promises'
import { BlockList, connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { message } from '#shared/messages/message.ts'
import { MessageError } from '../message-error.ts'

const PRIVATE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  // Unspecified and local addresses, and deprecated IPv6 forms of IPv4 addresses.
  ['::', 96],
  // Addresses that another network translates to IPv4.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6')
}

/** Returns whether an IP address is outside the public internet. True for anything that is not an IP address. */
export function isPrivate(address: string): boolean {
  const family = isIP(address)
  return family === 0 || PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** The server must not go there. The message says what to do. */
export class PrivateAddressError extends MessageError {
  constructor(host: string) {
    super(message('server.delivery.private-address', { host }))
    this.name = 'PrivateAddressError'
  }
}

/**
 * Returns the addresses of a host, if all of them are allowed. Throws a {@link PrivateAddressError}, or DNS's error.
 */
export async function addressesOf(host: string, allowPrivate: boolean): Promise<LookupAddress[]> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(bare)
  const found = family === 0 ? await resolve(bare, { all: true }) : [{ address: bare, family }]
  if (!allowPrivate && found.some(({ address }) => isPrivate(address))) throw new PrivateAddressError(host)
  return found
}

/** A lookup function for `net.connect`, which does not call it for a host that is an IP address. */
export function guardedLookup(allowPrivate: boolean): LookupFunction {
  return (host, options, callback) => {
    addressesOf(host, allowPrivate).then(
      (found) => {
        const [first] = found
        if (options.all === true) callback(null, found)
        else if (first !== undefined) callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 4),
    )
  }
}

/** Opens a TCP connection. Rejects like {@link addressesOf}, or with the network's error. */
export async function connectTo(
  host: string,
  port: number,
  { allowPrivate, signal }: { allowPrivate: boolean; signal: AbortSignal },
): Promise<Socket> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0) await addressesOf(bare, allowPrivate)
  const socket = connect({ host: bare, port, lookup: guardedLookup(allowPrivate), signal, autoSelectFamily: true })
  return new Promise((resolved, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolved(socket)
    })
  })
}
