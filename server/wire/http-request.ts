/**
 * One HTTP request to an address that a person typed in. Redirects are not followed, and little of the response is
 * read.
 */
import { request as requestPlain, type IncomingHttpHeaders } from 'node:http'
import { request as requestSecure } from 'node:https'
import { addressesOf, guardedLookup } from './private-addresses.ts'
import { isIP } from 'node:net'

export interface HttpRequest {
  url: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers: Readonly<Record<string, string>>
  body?: Uint8Array
  allowPrivate: boolean
  signal: AbortSignal
  /** The limit for the response body. Anything longer is cut off, or, for a feed, refused. */
  mostBytes?: number
}

export interface HttpAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** True if the response was longer than what was read. */
  cut: boolean
}

const MOST_ANSWER_BYTES = 16 * 1024

/** Resolves for any status. Rejects with the network's error or a `PrivateAddressError`. */
export async function httpRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { method, headers, body, allowPrivate, signal, mostBytes = MOST_ANSWER_BYTES } = request
  const url = new URL(request.url)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) !== 0) await addressesOf(host, allowPrivate)
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestSecure : requestPlain
    const sending = send(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(body.byteLength) }) },
      lookup: guardedLookup(allowPrivate),
      // A new connection each time, so that its address is checked each time.
      agent: false,
      signal,
    })
    sending.on('error', reject)
    sending.once('response', (answer) => {
      const chunks: Buffer[] = []
      let bytes = 0
      const done = (cut: boolean): void => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks), cut })
      }
      answer.on('error', reject)
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, Math.max(0, mostBytes - bytes)))
        bytes += chunk.length
        if (bytes <= mostBytes) return
        done(true)
        answer.destroy()
      })
      answer.once('end', () => done(false))
    })
    sending.end(body)
  })
}
