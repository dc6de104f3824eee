import { describe, expect, it } from 'vitest'
import { createApi, type Api } from '#renderer/api/client.ts'
import type { ApiError } from '#renderer/api/api-error.ts'

interface Sent {
  url: string
  init: RequestInit
}

/** An API whose server answers as told. `sent` is what it was asked. */
function api(answer: () => Response | Promise<Response>, token: () => string | null = () => 'secret') {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    sent.push({ url: url instanceof Request ? url.url : String(url), init })
    return answer()
  }
  return { api: createApi({ server: 'http://127.0.0.1:1', token, fetch }), sent }
}

const json =
  (value: unknown, status = 200) =>
  () =>
    Response.json(value, { status })
const refusing = (code: string, status: number) => json({ error: { code, message: 'Because.' } }, status)

async function failure(call: (api: Api) => Promise<unknown>, answer: () => Response | Promise<Response>) {
  const error = await call(api(answer).api).then(
    () => null,
    (thrown: unknown) => thrown as ApiError,
  )
  return error === null ? null : { code: error.code, offline: error.offline, message: error.message }
}

const id = '3f0a1f5c-1d0b-4d5e-8a6e-9c1b7e2d4f10'

describe('a request', () => {
  it('carries the token, when there is one', async () => {
    const { api: signedIn, sent } = api(json([]))
    await signedIn.desks()
    expect(sent[0]?.init.headers).toMatchObject({ authorization: 'Bearer secret' })
    const nobody = api(json({ id, name: 'Demo', demo: true, people: [] }), () => null)
    await nobody.api.newsroom()
    expect(nobody.sent[0]?.init.headers).not.toHaveProperty('authorization')
  })

  it('sends a state vector as base64', async () => {
    const { api: wire, sent } = api(refusing('checks-failed', 422))
    await expect(wire.publish(id, new Uint8Array([0, 255]))).rejects.toThrow()
    expect(sent[0]?.init.body).toBe('{"stateVector":"AP8="}')
  })

  it('sends a picture as it is, under its name', async () => {
    const { api: reporter, sent } = api(json({ id, type: 'image/png', width: 1, height: 2, name: 'a b.png' }))
    await reporter.uploadMedia(id, new Blob(['x'], { type: 'image/png' }), 'a b.png')
    expect(sent[0]).toMatchObject({
      url: `http://127.0.0.1:1/api/media/${id}?name=a%20b.png`,
      init: { method: 'PUT', headers: { 'content-type': 'image/png' } },
    })
  })
})

describe('an answer', () => {
  it('that does not fit the contract is an error, not a value', async () => {
    expect(await failure((one) => one.desks(), json([{ id: 'nonsense' }]))).toMatchObject({ code: 'bad-answer' })
    expect(
      await failure(
        (one) => one.desks(),
        () => new Response('<html>'),
      ),
    ).toMatchObject({ code: 'bad-answer' })
  })

  it('that refuses keeps its code, its sentence and its failures', async () => {
    const failures = [{ field: 'headline', rule: 'missing', message: 'Write a headline.' }]
    const error = { code: 'checks-failed', params: { count: 1 }, message: 'Not yet.', failures }
    const refused = api(json({ error }, 422)).api
    await expect(refused.publish(id, new Uint8Array())).rejects.toMatchObject({
      code: 'checks-failed',
      message: '1 problem to fix before publishing.',
      failures,
      offline: false,
    })
  })

  it.each([
    ['nobody answers', () => Promise.reject(new TypeError('Failed to fetch')), 'offline'],
    ['it takes too long', () => Promise.reject(new DOMException('', 'TimeoutError')), 'timeout'],
    ['a proxy answers for it', () => new Response('Bad gateway', { status: 502 }), 'unavailable'],
    ['it says so', refusing('unavailable', 503), 'unavailable'],
  ])('may come later when %s', async (_when, answer, code) => {
    expect(await failure((one) => one.me(), answer)).toMatchObject({ code, offline: true })
  })

  it('is awaited in vain when the line breaks in the middle of it', async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) })
    expect(
      await failure(
        (one) => one.me(),
        () => new Response(broken),
      ),
    ).toMatchObject({ code: 'offline' })
  })
})

describe('a session that has ended', () => {
  const listening = (answer: () => Response, token: () => string | null) => {
    const { api: one } = api(answer, token)
    let heard = 0
    one.onSignedOut(() => heard++)
    return { one, heard: () => heard }
  }

  it('is told to the app', async () => {
    const { one, heard } = listening(refusing('not-signed-in', 401), () => 'secret')
    await expect(one.me()).rejects.toThrow()
    expect(heard()).toBe(1)
  })

  it('is not told of when nobody was signed in, or somebody is again', async () => {
    const nobody = listening(refusing('not-signed-in', 401), () => null)
    await expect(nobody.one.me()).rejects.toThrow()
    let token = 'old'
    const again = listening(
      () => {
        token = 'new'
        return refusing('not-signed-in', 401)()
      },
      () => token,
    )
    await expect(again.one.me()).rejects.toThrow()
    expect([nobody.heard(), again.heard()]).toEqual([0, 0])
  })

  it('is no wrong password', async () => {
    const { one, heard } = listening(refusing('wrong-password', 401), () => 'secret')
    await expect(one.signIn('a@b.example', 'x')).rejects.toMatchObject({ code: 'wrong-password' })
    expect(heard()).toBe(0)
  })
})
