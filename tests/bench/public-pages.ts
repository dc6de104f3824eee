/** How many requests of readers one core of the server answers in a second, from pages that are rendered already. */
import { Agent, request } from 'node:http'
import { startTestNewsroom } from '#tests/support/newsroom.ts'

export interface PublicFigures {
  /** Of the front page, a second of one core. */
  pages: number
  /** Of a feed that has not changed. */
  unchanged: number
}

const CONNECTIONS = 32

export async function measurePublicPages(requests: number): Promise<PublicFigures> {
  await using newsroom = await startTestNewsroom({ env: { GALLEY_PUBLIC: '1', GALLEY_LOG: 'warn' } })
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  let reader = 0

  /** Sends a request as a reader of their own: one network address may not ask as often as this. */
  const ask = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; tag: string }>((resolve, reject) => {
      reader = (reader + 1) % 60_000
      const address = `10.1.${Math.floor(reader / 250)}.${reader % 250}`
      request(newsroom.address + path, { agent, headers: { ...headers, 'x-forwarded-for': address } }, (answer) => {
        answer.resume()
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, tag: answer.headers.etag ?? '' }))
      })
        .on('error', reject)
        .end()
    })

  const cpuSeconds = async (): Promise<number> => {
    const text = await (await fetch(`${newsroom.address}/metrics`)).text()
    return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1])
  }

  async function measure(path: string, expected: number, headers: Record<string, string> = {}): Promise<number> {
    const send = async (count: number): Promise<void> => {
      for (let sent = 0; sent < count; sent++) {
        const { status } = await ask(path, headers)
        if (status !== expected) throw new Error(`${path} answered ${status}`)
      }
    }
    const each = Math.ceil(requests / CONNECTIONS)
    const all = (count: number) => Promise.all(Array.from({ length: CONNECTIONS }, () => send(count)))
    await all(Math.ceil(each / 4))
    const before = await cpuSeconds()
    await all(each)
    return (each * CONNECTIONS) / ((await cpuSeconds()) - before)
  }

  try {
    const { tag } = await ask('/public/feed.atom')
    return {
      pages: await measure('/public/', 200),
      unchanged: await measure('/public/feed.atom', 304, { 'if-none-match': tag }),
    }
  } finally {
    agent.destroy()
  }
}
