/**
 * HTTP push: each file of a parcel is the body of a `POST`, the pictures before the item, which has `Galley-Item`. The
 * signature proves to the receiver that a request is Galley's and unchanged, the timestamp that it is not a replay, and
 * the idempotency key shows whether it is a repeat. docs/wire.md has an example receiver.
 */
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import { type HttpAnswer, httpRequest } from '../http-request.ts'
import { describeFailure } from './describe-failure.ts'
import { DeliveryError, type DestinationKind, type Receipt, type Access } from './destination.ts'

/** Addresses that were stored before sign-in data in them was refused still work. */
const settingsSchema = DESTINATION_SETTINGS.http.settings.extend({ url: z.url() })
const secretsSchema = z.object({
  signingKey: z.string().optional(),
  authorization: z.string().optional(),
  query: z.string().optional(),
})

/** Returns `v1=` and the HMAC-SHA256 of `<timestamp>.<body>` in hexadecimal. */
export function signatureOf(key: string, timestamp: string, body: Uint8Array): string {
  return `v1=${createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex')}`
}

interface Sent {
  key: string
  file: string
  contentType: string
  body: Uint8Array
  headers?: Record<string, string>
}

async function post(access: Access, { key, file, contentType, body, headers }: Sent): Promise<Receipt> {
  const { url, allowPrivate } = settingsSchema.parse(access.settings)
  const { signingKey, authorization, query = '' } = secretsSchema.parse(access.secrets)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const where = new URL(url).host
  let answer: HttpAnswer
  try {
    answer = await httpRequest({
      url: url + query,
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Galley',
        'idempotency-key': key,
        'galley-file': encodeURIComponent(file),
        'galley-timestamp': timestamp,
        ...(signingKey === undefined ? {} : { 'galley-signature': signatureOf(signingKey, timestamp, body) }),
        ...(authorization === undefined ? {} : { authorization }),
        ...headers,
      },
      body,
      allowPrivate,
      signal: access.signal,
    })
  } catch (error) {
    throw describeFailure(error, where)
  }
  return receiptOf(answer, url)
}

function receiptOf({ status, body }: HttpAnswer, url: string): Receipt {
  const response = `${status} ${body.toString('utf8')}`.trim().slice(0, 1000)
  if (status >= 200 && status < 300) return { detail: { text: url }, response }
  if (status >= 300 && status < 400) {
    throw new DeliveryError(message('server.delivery.redirected', { where: url }), { permanent: true, response })
  }
  const passing = status >= 500 || [408, 423, 425, 429].includes(status)
  const said = passing
    ? message('server.delivery.receiver-later', { status: String(status) })
    : message('server.delivery.receiver-refused', { status: String(status) })
  throw new DeliveryError(said, { permanent: !passing, response })
}

export const httpPush: DestinationKind = {
  name: 'http',

  async deliver({ id, name, text, contentType, item, pictures }, access) {
    for (const { name: file, type, path } of pictures) {
      await post(access, { key: `${id}/${file}`, file, contentType: type, body: await readFile(path) })
    }
    return post(access, {
      key: id,
      file: name,
      contentType,
      body: Buffer.from(text, 'utf8'),
      headers: { 'galley-item': item.uri, 'galley-version': String(item.version), 'galley-kind': item.kind },
    })
  },

  test: (access) =>
    post(access, {
      key: `test-${Date.now()}`,
      file: 'test.json',
      contentType: 'application/json',
      body: Buffer.from('{"test":true}'),
      headers: { 'galley-test': '1' },
    }),
}
