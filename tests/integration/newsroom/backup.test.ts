/** A backup taken while people write, and a newsroom restored from it. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type ServerProcess, startServer } from '#electron/launch/server-process.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { until } from '#tests/support/until.ts'
import { writtenLines } from '#tests/support/written-lines.ts'
import { type App, openApp, openStory, type OpenStory } from './app.ts'
import { run } from './run-script.ts'

const ADMIN = resolve(import.meta.dirname, '../../../server/admin.ts')

const backup = (data: string, file: string) => run('admin.ts', ['backup', file, '--data', data])
const restore = (file: string, data: string) => run('admin.ts', ['restore', file, '--data', data])
const openDemo = (data: string) =>
  startServer({ args: ['--demo'], env: { GALLEY_DATA: data, GALLEY_DROP: `${data}-drop`, GALLEY_PORT: '0' } })

const wordsOf = ({ doc }: OpenStory) => writtenLines(doc)
const readAll = (story: OpenStory) => wordsOf(story).toArray()

/** Writes numbered words into the story until stopped. The number of unacknowledged ones is bounded. */
function typeInto(story: OpenStory): { stop: () => Promise<void> } {
  const stopped = new AbortController()
  const typed = (async () => {
    for (let word = 0; !stopped.signal.aborted; word++) {
      wordsOf(story).push(`word ${word}`)
      if (word % 20 === 19) await story.stored()
      await setImmediate()
    }
    await story.stored()
  })()
  return {
    stop() {
      stopped.abort()
      return typed
    },
  }
}

async function putPicture(app: App, colour: string): Promise<{ id: string; bytes: Buffer }> {
  const id = randomUUID()
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: colour } })
    .png()
    .toBuffer()
  expect((await app.put(`/api/media/${id}?name=quay.png`, bytes, 'image/png')).status).toBe(201)
  return { id, bytes }
}

test('has everything acknowledged before it began, pictures too, while people keep writing', async () => {
  await using newsroom = await startTestNewsroom()
  await using folder = await tempFolder()
  const file = join(folder.path, 'backup.tar')
  const reporter = await openApp(newsroom.address, 'reporter')
  const stories: OpenStory[] = []
  const ids: string[] = []
  for (let count = 0; count < 4; count++) {
    const { id } = await reporter.createStory()
    ids.push(id)
    stories.push(await openStory(newsroom.address, reporter, id))
  }
  const pictures = [await putPicture(reporter, '#a63b3b'), await putPicture(reporter, '#1b2a49')]

  const typists = stories.map(typeInto)
  await until('some words', () => stories.every((story) => readAll(story).length > 50))
  let acknowledged: string[][] = []
  // The second backup replaces the first.
  for (let round = 0; round < 2; round++) {
    await Promise.all(stories.map((story) => story.stored()))
    acknowledged = stories.map((story) => readAll(story))
    const { code, out } = await backup(newsroom.data, file)
    expect([code, out]).toEqual([0, expect.stringMatching(/The Amery Courier is in .*backup\.tar: .* 3 pictures/)])
  }
  await Promise.all(typists.map((typist) => typist.stop()))
  const written = stories.map((story) => readAll(story))
  // Without writing meanwhile, this would prove nothing.
  written.forEach((words, index) => expect(words.length).toBeGreaterThan(acknowledged[index]?.length ?? Infinity))
  for (const story of stories) story.close()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder.path)).toEqual(['backup.tar'])
  const list = await reporter.get('/api/stories')
  await newsroom.stop()

  const data = join(folder.path, 'restored')
  expect(await restore(file, data)).toMatchObject({ code: 0, out: expect.stringContaining('3 pictures') as unknown })
  expect((await readdir(data)).sort()).toEqual(['media', 'newsroom.lock', 'newsroom.sqlite'])
  const restored: ServerProcess = await openDemo(data)
  try {
    const editor = await openApp(restored.address, 'editor')
    const idsOf = (body: unknown) => (body as { stories: { id: string }[] }).stories.map(({ id }) => id).sort()
    expect(idsOf((await editor.get('/api/stories')).body)).toEqual(idsOf(list.body))
    for (const [index, id] of ids.entries()) {
      const story = await openStory(restored.address, editor, id)
      const words = readAll(story)
      story.close()
      expect(words.slice(0, acknowledged[index]?.length)).toEqual(acknowledged[index])
      // A single moment: nothing in between is missing.
      expect(words).toEqual(written[index]?.slice(0, words.length))
    }
    for (const { id, bytes } of pictures) {
      const served = await fetch(`${restored.address}/media/${id}`, bearer(reporter))
      expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true)
    }
    // The session was open when the backup was made.
    expect((await fetch(`${restored.address}/api/me`, bearer(reporter))).status).toBe(200)
  } finally {
    await restored.stop()
  }
})
const bearer = ({ token }: App) => ({ headers: { authorization: `Bearer ${token}` } })

test('leaves no file under its name when killed, and the next backup is complete', async () => {
  await using newsroom = await startTestNewsroom()
  // A backup may be done before it can be killed.
  await until('one is killed, and has left nothing', async () => {
    await using folder = await tempFolder()
    const file = join(folder.path, 'backup.tar')
    const child = spawn(process.execPath, [ADMIN, 'backup', file, '--data', newsroom.data], { stdio: 'ignore' })
    const exit = once(child, 'exit')
    while (child.exitCode === null && (await readdir(folder.path)).length === 0);
    child.kill('SIGKILL')
    const [code] = (await exit) as [number | null]
    if (code !== null || existsSync(file)) return false
    expect((await backup(newsroom.data, file)).code).toBe(0)
    return true
  })
})
test('does not restore into a data folder that is in use or not empty', async () => {
  await using newsroom = await startTestNewsroom()
  await using folder = await tempFolder()
  const file = join(folder.path, 'backup.tar')
  await backup(newsroom.data, file)
  const intoRunning = await restore(file, newsroom.data)
  expect([intoRunning.code, intoRunning.out]).toEqual([2, expect.stringContaining('in use by another Galley')])
  await newsroom.stop()
  const intoFull = await restore(file, newsroom.data)
  expect([intoFull.code, intoFull.out]).toEqual([2, expect.stringContaining('is not empty (')])
  expect(intoFull.out).not.toContain('    at ')
})

test('lets the admin tool say what it needs', async () => {
  await using folder = await tempFolder()
  const none = await run('admin.ts', ['backup', '--data', folder.path])
  expect([none.code, none.out]).toEqual([2, expect.stringContaining('backup needs a FILE')])
  const nothing = await backup(folder.path, join(folder.path, 'a.tar'))
  expect([nothing.code, nothing.out]).toEqual([2, expect.stringContaining('There is no newsroom in')])
  const elsewhere = await run('admin.ts', ['backup', 'a.tar'], { env: { DATABASE_URL: 'postgres://nowhere/galley' } })
  expect([elsewhere.code, elsewhere.out]).toEqual([2, expect.stringContaining('pg_dump')])
})
