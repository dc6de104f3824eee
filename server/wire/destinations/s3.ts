/** Storage with Amazon's S3 API: each file is one atomic `PUT`. The item comes after its pictures. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { AwsV4Signer } from 'aws4fetch'
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import { httpRequest } from '../http-request.ts'
import { describeFailure } from './describe-failure.ts'
import { DeliveryError, type DestinationKind, type Access } from './destination.ts'

/** Addresses that were stored before sign-in data in them was refused still work. */
const settingsSchema = DESTINATION_SETTINGS.s3.settings.extend({ endpoint: z.url() })
const secretsSchema = z.object({ secretAccessKey: z.string().optional() })
const TEST_FILE = '.galley-test.txt'

interface Call {
  method: 'PUT' | 'DELETE'
  name: string
  body: Uint8Array
  contentType?: string
}

/** Makes a request. Returns the file's address. */
async function call(access: Access, { method, name, body, contentType }: Call): Promise<string> {
  const { endpoint, region, bucket, prefix, accessKeyId, allowPrivate } = settingsSchema.parse(access.settings)
  const { secretAccessKey } = secretsSchema.parse(access.secrets)
  if (secretAccessKey === undefined) {
    throw new DeliveryError(message('server.delivery.s3-no-key'), { permanent: true })
  }
  const path = `${bucket}/${prefix}${name}`.split('/').map(encodeURIComponent).join('/')
  const url = `${endpoint.replace(/\/$/, '')}/${path}`
  const signed = await new AwsV4Signer({
    method,
    url,
    service: 's3',
    region,
    accessKeyId,
    secretAccessKey,
    headers: {
      'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
  }).sign()
  let answer
  try {
    const headers = Object.fromEntries(new Headers(signed.headers))
    answer = await httpRequest({ url, method, headers, body, allowPrivate, signal: access.signal })
  } catch (error) {
    throw describeFailure(error, new URL(url).host)
  }
  const { status } = answer
  if (status >= 200 && status < 300) return url
  const response = `${status} ${answer.body.toString('utf8')}`.trim().slice(0, 1000)
  const passing = status >= 500 || [408, 409, 429].includes(status)
  const said = passing
    ? message('server.delivery.s3-later', { status: String(status) })
    : message('server.delivery.s3-refused', { status: String(status) })
  throw new DeliveryError(said, { permanent: !passing, response })
}

export const s3: DestinationKind = {
  name: 's3',

  async deliver({ name, text, contentType, pictures }, access) {
    for (const picture of pictures) {
      const body = await readFile(picture.path)
      await call(access, { method: 'PUT', name: picture.name, body, contentType: picture.type })
    }
    const url = await call(access, { method: 'PUT', name, body: Buffer.from(text, 'utf8'), contentType })
    return { detail: { text: url } }
  },

  async test(access) {
    const body = Buffer.from('A test by Galley. You can delete it.\n')
    const url = await call(access, { method: 'PUT', name: TEST_FILE, body, contentType: 'text/plain; charset=utf-8' })
    await call(access, { method: 'DELETE', name: TEST_FILE, body: new Uint8Array() })
    return { detail: message('server.delivery.writable', { where: url.slice(0, -TEST_FILE.length) }) }
  },
}
