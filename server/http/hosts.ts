/**
 * The names that this server answers to. A page elsewhere can lead its own name to this computer (DNS rebinding) and is
 * then of the same origin, so a name that is not known is refused.
 */
import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { refuse } from '../refusal.ts'
import { isLoopback } from './address.ts'

/** Returns whether a request's `Host` is this server's. Browsers always send one; a probe may not. */
export type IsOwnHost = (host: string | undefined) => boolean

/** A server on loopback answers to loopback names and those in GALLEY_HOSTS; others also to any address. */
export function ownHosts({ host, hosts, publicSide }: Pick<Config, 'host' | 'hosts' | 'publicSide'>): IsOwnHost {
  const onLoopback = isLoopbackName(host.toLowerCase())
  const known = new Set([
    host,
    ...hosts,
    ...(URL.canParse(publicSide ?? '') ? [new URL(publicSide ?? '').hostname] : []),
  ])
  const names = new Set([...known].map((name) => name.toLowerCase()))
  return (given) => {
    if (given === undefined) return true
    const name = nameOf(given)
    if (name === null) return false
    return isLoopbackName(name) || names.has(name) || (!onLoopback && isIP(name) !== 0)
  }
}

/** What watches a server may know it by any name, and learns nothing that a page could use. */
const FOR_ANY_NAME: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz'])

/** Refuses requests to other names, before anything else. */
export function refuseOtherHosts(app: FastifyInstance, isOwnHost: IsOwnHost): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { host } = request.headers
    // `request.host` is what a proxy says.
    const other = FOR_ANY_NAME.has(request.routeOptions.url)
      ? undefined
      : [host, request.host].find((each) => each !== '' && !isOwnHost(each))
    if (other === undefined) done()
    else done(refuse('host-not-allowed', { host: other.slice(0, 255) }))
  })
}

function nameOf(host: string): string | null {
  const [, address, name] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::\d+)?$/.exec(host) ?? []
  const given = address ?? name?.replace(/\.$/, '')
  return given === undefined ? null : given.toLowerCase()
}

function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isLoopback(name)
}
