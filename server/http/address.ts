import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

/**
 * The network address that a request comes from. A proxy on this computer says who it speaks for, as it does to Fastify's
 * `trustProxy: 'loopback'`; nobody else is believed.
 */
export function addressOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
  const way = [...forwarded, socket.remoteAddress ?? '']
  return way.findLast((address) => !LOOPBACK.test(address)) ?? ''
}
