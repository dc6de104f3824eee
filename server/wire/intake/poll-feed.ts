/** Polls a feed. An unchanged feed answers in a few bytes. */
import { httpRequest } from '../http-request.ts'
import { PrivateAddressError } from '../private-addresses.ts'
import type { Arrival } from './receive.ts'

const MOST_FEED_BYTES = 10_000_000
const MOST_REDIRECTS = 3
const TIMEOUT_MS = 30_000

export interface FeedState {
  url: string
  allowPrivate: boolean
  etag: string | null
  lastModified: string | null
}

/** A feed's response: null if nothing is new, otherwise its bytes and the validators for the next request. */
export type FeedAnswer = null | (Pick<FeedState, 'etag' | 'lastModified'> & Omit<Arrival, 'sourceId'>)

/** Rejects with an Error that says why the feed cannot be read and what to do. */
export async function pollFeed({ url, allowPrivate, etag, lastModified }: FeedState): Promise<FeedAnswer> {
  let at = url
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await ask(at)
    const { status, headers } = answer
    if (status === 304) return null
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      at = new URL(headers.location, at).href
      if (!/^https?:$/.test(new URL(at).protocol))
        throw new Error(`${url} points to ${at}, which is not a web address.`)
      continue
    }
    if (status !== 200) throw new Error(`${url} answers ${status}. See that the address is right, and ask its people.`)
    if (answer.cut) throw new Error(`${url} has more than ${MOST_FEED_BYTES / 1_000_000} MB. Ask for a shorter feed.`)
    return {
      bytes: answer.body,
      encoding: /charset="?([\w.:-]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? null,
      fileName: null,
      etag: headers.etag ?? null,
      lastModified: headers['last-modified'] ?? null,
    }
  }
  throw new Error(`${url} points on and on. Put in the address that is meant.`)

  async function ask(address: string) {
    try {
      return await httpRequest({
        url: address,
        method: 'GET',
        headers: {
          'user-agent': 'Galley',
          accept:
            'application/atom+xml, application/rss+xml, application/feed+json, application/json, application/xml, text/xml, */*;q=0.1',
          ...(etag === null ? {} : { 'if-none-match': etag }),
          ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
        },
        allowPrivate,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        mostBytes: MOST_FEED_BYTES,
      })
    } catch (error) {
      if (error instanceof PrivateAddressError) throw error
      throw new Error(`${address} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      })
    }
  }
}
