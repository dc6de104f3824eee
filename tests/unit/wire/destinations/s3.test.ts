import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { s3 } from '#server/wire/destinations/s3.ts'
import { parcelIn, PICTURE, refusal, TEXT, access } from './parcels.ts'
import { receiver, type Received } from './receiver.ts'

const KEY = 'wJalrXUtnFEMI'
const settings = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  bucket: 'the-wire',
  prefix: 'out going/',
  accessKeyId: 'AKIDEXAMPLE',
  allowPrivate: true,
})
const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

/** From Amazon's documentation: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method, url, headers, body }: Received): boolean {
  const [, scope = '', signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    ) ?? []
  const names = signed.split(';')
  const canonical = [
    method,
    url,
    '',
    ...names.map((name) => `${name}:${String(headers[name])}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n')
  const key = scope.split('/').reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${KEY}`)
  return headers['x-amz-content-sha256'] === hash(body) && hmac(key, text).toString('hex') === signature
}

describe('S3 storage', () => {
  it('receives the pictures, then the item, signed', async () => {
    await using there = await receiver((response) => response.end())
    await using files = await parcelIn()
    const { detail } = await s3.deliver(files.parcel, access(settings(there.url), { secretAccessKey: KEY }))
    expect(detail).toEqual({ text: `${there.url}/the-wire/out%20going/story-v2.ninjs.json` })
    expect(there.got.map(({ method, url, body }) => [method, url, body.toString()])).toEqual([
      ['PUT', '/the-wire/out%20going/p.jpg', PICTURE],
      ['PUT', '/the-wire/out%20going/story-v2.ninjs.json', TEXT],
    ])
    expect(there.got.map(isSigned)).toEqual([true, true])
    expect(there.got[1]?.headers['content-type']).toBe('application/json')
  })

  it('is tested with a file that is removed again', async () => {
    await using there = await receiver((response) => response.writeHead(204).end())
    await s3.test(access(settings(there.url), { secretAccessKey: KEY }))
    expect(there.got.map(({ method }) => method)).toEqual(['PUT', 'DELETE'])
    expect(there.got.map(isSigned)).toEqual([true, true])
  })

  it('reports the reason of a refusal', async () => {
    await using there = await receiver((response) => response.writeHead(403).end('<Code>SignatureDoesNotMatch</Code>'))
    const refused = await refusal(s3.test(access(settings(there.url), { secretAccessKey: 'wrong' })))
    expect(refused).toMatchObject({ permanent: true, response: '403 <Code>SignatureDoesNotMatch</Code>' })
    expect(there.got.map(isSigned)).toEqual([false])
    expect((await refusal(s3.test(access(settings(there.url))))).message).toContain('secret access key is missing')
  })
})
