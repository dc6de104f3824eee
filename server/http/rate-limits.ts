/** How many requests each side of the server takes from one network address. Beyond that they are refused with `too-many`. */
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { PUBLIC_PATH } from './public-routes.ts'

/** By the beginning of a route's path; what is not named here is not counted. */
export const MOST_A_MINUTE: Readonly<Record<string, number>> = {
  // A whole newsroom may sit behind one address,
  '/api/': 6000,
  // and many readers behind a cache that is not named in GALLEY_PROXIES.
  [`${PUBLIC_PATH}/`]: 12_000,
  '/intake/': 1200,
}

/** For the routes that are added after this. */
export async function limitRates(app: FastifyInstance, most = MOST_A_MINUTE): Promise<void> {
  // The route's path and not the request's, which may be spelt in many ways.
  const sideOf = ({ routeOptions }: FastifyRequest) =>
    Object.keys(most).find((path) => routeOptions.url?.startsWith(path) === true)

  await app.register(rateLimit, {
    timeWindow: '1 minute',
    allowList: (request) => sideOf(request) === undefined,
    keyGenerator: (request) => `${sideOf(request) ?? ''} ${request.ip}`,
    max: (request) => most[sideOf(request) ?? ''] ?? Infinity,
  })
}
