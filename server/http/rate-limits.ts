/**
 * Limits the requests from one network address, for each part of the server. Beyond that they are refused with
 * `too-many`.
 */
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { networkOf } from '../network.ts'
import { PUBLIC_PATH } from './public-pages.ts'

/** By the start of a route's path. Other routes are not counted. */
export const MOST_A_MINUTE: Readonly<Record<string, number>> = {
  // A whole newsroom may share one address,
  '/api/': 6000,
  // and so may many readers behind a cache that is not in GALLEY_PROXIES.
  [`${PUBLIC_PATH}/`]: 12_000,
  '/intake/': 1200,
}

/** Applies to routes added after this call. */
export async function limitRates(app: FastifyInstance, most = MOST_A_MINUTE): Promise<void> {
  // The route's path, not the request's, which can be spelled in many ways.
  const sideOf = ({ routeOptions }: FastifyRequest) =>
    Object.keys(most).find((path) => routeOptions.url?.startsWith(path) === true)

  await app.register(rateLimit, {
    timeWindow: '1 minute',
    allowList: (request) => sideOf(request) === undefined,
    keyGenerator: (request) => `${sideOf(request) ?? ''} ${networkOf(request.ip)}`,
    max: (request) => most[sideOf(request) ?? ''] ?? Infinity,
  })
}
