/** Runs the examples of docs/wire.md as they are there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { randomUUID } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DEMO_PASSWORD, destinationTestSchema } from '#shared/protocol/http.ts'
import { freePort } from '#tests/support/free-port.ts'
import { findProgram } from '#tests/support/installed.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { openApp } from './app.ts'

const PAGE = await readFile(resolve(import.meta.dirname, '../../../docs/wire.md'), 'utf8')
const EXAMPLES = [...PAGE.matchAll(/```(js|python)\n([^]*?)```/g)].map(([, language, code = '']) => ({
  language,
  code,
}))
const python = findProgram(['python3'])

/** Runs an example and collects its output. */
function run({ language, code }: { language?: string; code: string }, env: Record<string, string>) {
  const [program, ...args] =
    language === 'python' ? [python ?? 'python3', '-c', code] : [process.execPath, '--input-type=module', '-e', code]
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill())
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()))
  return { out: () => out, ended: once(child, 'close') }
}

const receivers = EXAMPLES.filter(({ code }) => code.includes('8080'))

describe.each(receivers)('the receiver in $language', ({ language, code }) => {
  it.skipIf(language === 'python' && python === null)('accepts signed requests only', async () => {
    await using newsroom = await startTestNewsroom()
    const wire = await openApp(newsroom.address, 'wire')
    const port = await freePort()
    const { out } = run(
      { ...(language === undefined ? {} : { language }), code: code.replace('8080', String(port)) },
      {
        SIGNING_KEY: 'between us',
      },
    )
    const id = randomUUID()
    const tested = async (signingKey: string) => {
      const settings = { url: `http://127.0.0.1:${port}/`, allowPrivate: true }
      const destination = { name: 'Agency', kind: 'http', format: 'ninjs31', settings, secrets: { signingKey } }
      await wire.put(`/api/destinations/${id}`, destination)
      return destinationTestSchema.parse((await wire.post(`/api/destinations/${id}/test`)).body)
    }
    await until('the receiver to listen', async () => (await tested('between us')).response?.startsWith('200'))
    expect((await tested('guessed')).response).toMatch(/^401/)
    if (language === 'js') expect(out()).toContain('test.json')
  })
})

it('signs in with the client, and lists failed deliveries', async () => {
  await using newsroom = await startTestNewsroom()
  const example = EXAMPLES.find(({ code }) => code.includes('/api/sign-in'))
  if (example === undefined) throw new Error('There is no such example')
  const env = { NEWSROOM: newsroom.address, EMAIL: 'wire@demo.example' }
  const { out, ended } = run({ code: example.code }, { ...env, PASSWORD: DEMO_PASSWORD })
  await ended
  expect(out()).toBe('{ queued: 0, failed: 0, dead: 0 }\n')
  const wrong = run({ code: example.code }, { ...env, PASSWORD: 'guessed' })
  await wrong.ended
  expect(wrong.out()).toContain('password')
})

it('has one example of each', () => {
  expect(receivers.map(({ language }) => language)).toEqual(['js', 'python'])
})
