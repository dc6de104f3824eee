import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

/**
 * Returns the network address that a request comes from. Only a proxy on this computer is believed about its client, as
 * with Fastify's `trustProxy: 'loopback'`.
 */
export function addressOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
  const way = [...forwarded, socket.remoteAddress ?? '']
  return way.findLast((address) => !LOOPBACK.test(address)) ?? ''
}
