import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { httpPush } from '#server/wire/destinations/http-push.ts'
import { isPrivate } from '#server/wire/private-addresses.ts'
import { parcelIn, PICTURE, refusal, TEXT, access } from './parcels.ts'
import { receiver } from './receiver.ts'

const SECRETS = { signingKey: 'between us', authorization: 'Bearer token' }
const settings = (url: string) => ({ url: `${url}/items`, allowPrivate: true })

describe('HTTP push', () => {
  it('sends the pictures, then the item, each signed and with its own key', async () => {
    await using there = await receiver((response) => response.end('thank you'))
    await using files = await parcelIn()
    const receipt = await httpPush.deliver(files.parcel, access(settings(there.url), SECRETS))
    expect(receipt).toEqual({ detail: { text: `${there.url}/items` }, response: '200 thank you' })
    expect(there.got.map(({ body }) => body.toString())).toEqual([PICTURE, TEXT])
    const { id } = files.parcel
    expect(there.got.map(({ headers }) => headers['idempotency-key'])).toEqual([`${id}/p.jpg`, id])
    for (const { headers, body } of there.got) {
      const said = createHmac('sha256', 'between us')
        .update(`${String(headers['galley-timestamp'])}.`)
        .update(body)
        .digest('hex')
      expect(headers['galley-signature']).toBe(`v1=${said}`)
      expect(headers.authorization).toBe('Bearer token')
    }
    expect(there.got[1]?.headers).toMatchObject({
      'content-type': 'application/json',
      'galley-file': 'story-v2.ninjs.json',
      'galley-item': 'urn:uuid:1',
      'galley-version': '2',
      'galley-kind': 'correction',
    })
  })

  it('tells temporary failures from permanent ones', async () => {
    let status = 503
    await using there = await receiver((response) => {
      response.statusCode = status
      response.end('because')
    })
    await using files = await parcelIn()
    const deliver = () => refusal(httpPush.deliver(files.parcel, access(settings(there.url), SECRETS)))
    expect(await deliver()).toMatchObject({ permanent: false, response: '503 because' })
    status = 429
    expect(await deliver()).toMatchObject({ permanent: false })
    status = 422
    expect(await deliver()).toMatchObject({ permanent: true, response: '422 because' })
  })

  it('does not follow redirects', async () => {
    await using inside = await receiver((response) => response.end())
    await using there = await receiver((response) => response.writeHead(307, { location: inside.url }).end())
    await using files = await parcelIn()
    const refused = await refusal(httpPush.deliver(files.parcel, access(settings(there.url))))
    expect(refused).toMatchObject({ permanent: true })
    expect(refused.said).toMatchObject({ id: 'server.delivery.redirected' })
    expect(inside.got).toEqual([])
  })

  it('refuses private addresses unless allowed, by number or by name', async () => {
    await using there = await receiver((response) => response.end())
    await using files = await parcelIn()
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433']) {
      const refused = await refusal(
        httpPush.deliver(files.parcel, access({ url: `http://${host}:${there.port}/`, allowPrivate: false })),
      )
      expect([host, refused.message]).toEqual([host, expect.stringContaining('internal network') as string])
    }
    expect(there.got).toEqual([])
  })

  it('recognizes every private network', () => {
    const inside = [
      ...[
        '0.0.0.0',
        '10.1.2.3',
        '100.64.0.1',
        '127.9.9.9',
        '169.254.169.254',
        '172.31.0.1',
        '192.168.0.1',
        '224.0.0.1',
      ],
      ...['::', '::1', '::127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::a00:1', '64:ff9b:1::a00:1'],
      ...['2001:0:1::1', '2002:a00:1::', 'fc00::1', 'fd12::1', 'fe80::1', 'fec0::1', 'ff02::1', 'no address'],
    ]
    expect(inside.filter((address) => !isPrivate(address))).toEqual([])
    const outside = ['1.1.1.1', '100.128.0.1', '172.32.0.1', '192.0.1.1', '2606:4700::1111', '2001:4860:4860::8888']
    expect(outside.filter(isPrivate)).toEqual([])
  })

  it('stops when aborted, even if the receiver does not respond', async () => {
    const stop = new AbortController()
    await using there = await receiver(() => stop.abort())
    await using files = await parcelIn()
    const refused = await refusal(httpPush.deliver(files.parcel, access(settings(there.url), {}, stop.signal)))
    expect(refused.said).toMatchObject({ id: 'server.delivery.failed' })
  })

  it('does not read an endless response', async () => {
    await using there = await receiver((response) => {
      const fill = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', fill)
      }
      fill()
    })
    await using files = await parcelIn()
    const { response } = await httpPush.deliver(files.parcel, access(settings(there.url)))
    expect(response).toHaveLength(1000)
  })

  it('marks a test request as a test', async () => {
    await using there = await receiver((response) => response.end())
    await httpPush.test(access(settings(there.url), SECRETS))
    expect(there.got[0]?.headers['galley-test']).toBe('1')
    expect(await refusal(httpPush.test(access(settings('http://127.0.0.1:1'))))).toMatchObject({
      message: expect.stringContaining('Nothing answers') as string,
    })
  })
})
