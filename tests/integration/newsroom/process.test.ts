/** The server and the admin tool as processes: their output and exit codes. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { meSchema, newsroomSchema, signInResponseSchema } from '#shared/protocol/http.ts'
import { readArticle } from '#shared/article/read.ts'
import { startServer } from '#electron/launch/server-process.ts'
import { DATABASE_FILE } from '#server/store/sqlite-store.ts'
import type { Story } from '#shared/story/story.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { type TempFolder, tempFolder } from '#tests/support/temp.ts'
import { until } from '#tests/support/until.ts'
import { article } from '../../unit/wire/articles.ts'
import { listen, openApp, openStory, request, signInAs } from './app.ts'
import { run } from './run-script.ts'

const PASSWORD = 'correct horse battery staple'

const inFolder = ({ path }: TempFolder) => ({ GALLEY_DATA: join(path, 'data'), GALLEY_PORT: '0' })

const create = (folder: TempFolder, extra: string[] = [], input = `${PASSWORD}\n`) =>
  run(
    'admin.ts',
    [
      'create-newsroom',
      '--name',
      'The Real One',
      '--email',
      'chief@real.example',
      '--person-name',
      'The Chief',
      ...extra,
    ],
    {
      env: inFolder(folder),
      input,
    },
  )

/** Returns the permissions of the files and folders in a folder, without those named. */
async function modesIn(folder: string, without: readonly string[]): Promise<Map<string, number>> {
  const names = (await readdir(folder)).filter((name) => !without.includes(name))
  return new Map(await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).mode] as const)))
}

describe('the server', () => {
  it('prints its options', async () => {
    const { code, out } = await run('main.ts', ['--help'])
    expect(code).toBe(0)
    for (const name of ['GALLEY_DATA', 'GALLEY_PORT', 'GALLEY_HOST', 'GALLEY_DROP', 'GALLEY_LOG', '--demo'])
      expect(out).toContain(name)
  })

  it('says what to do if there is no newsroom', async () => {
    await using folder = await tempFolder()
    const { code, out } = await run('main.ts', [], { env: inFolder(folder) })
    expect(code).toBe(2)
    expect(out).toContain('npm run admin -- create-newsroom')
    expect(out).toContain('--demo')
    expect(out).not.toContain('    at ')
  })

  it('says what to do about a port in use', async () => {
    await using folder = await tempFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const port = String((other.address() as { port: number }).port)
    const { code, out } = await run('main.ts', ['--demo', '--port', port], { env: inFolder(folder) })
    other.close()
    expect(code).toBe(2)
    expect(out).toContain(`Port ${port} on 127.0.0.1 is taken`)
    expect(out).not.toContain('    at ')
  })

  it('keeps its files from other users, whoever made the data folder, and reports an open one', async () => {
    await using folder = await tempFolder()
    const data = join(folder.path, 'data')
    await mkdir(data)
    await chmod(data, 0o755)
    await writeFile(join(data, 'secret.key'), randomBytes(32))
    await chmod(join(data, 'secret.key'), 0o644)
    const lines: string[] = []
    const server = await startServer({
      args: ['--demo'],
      env: { ...inFolder(folder), GALLEY_LOG: 'warn' },
      onLine: (line) => lines.push(line),
    })
    const modes = await modesIn(data, ['drop', 'intake'])
    const drop = (await stat(join(data, 'drop'))).mode & 0o777
    await server.stop()
    expect(modes.size).toBeGreaterThan(3)
    for (const [name, mode] of modes) expect([name, mode & 0o077]).toEqual([name, 0])
    expect(lines.join('\n')).toContain(`chmod 700 ${data}`)
    // What another system picks up has the permissions that the system gives.
    const other = join(folder.path, 'other')
    await mkdir(other)
    expect(drop).toBe((await stat(other)).mode & 0o777)
  })

  it('keeps no key in its database', async () => {
    await using folder = await tempFolder()
    expect((await create(folder)).code).toBe(0)
    const database = new DatabaseSync(join(folder.path, 'data', DATABASE_FILE), { readOnly: true })
    const names = database.prepare('select name from settings order by name').all()
    database.close()
    expect(names.map((row) => row['name'])).toEqual(['newsroom.demo', 'newsroom.id', 'newsroom.name'])
  })

  it('does not open a data folder that another server has open', async () => {
    await using newsroom = await startTestNewsroom()
    const { code, out } = await run('main.ts', ['--demo'], { env: { GALLEY_DATA: newsroom.data, GALLEY_PORT: '0' } })
    expect([code, out]).toEqual([2, expect.stringContaining('in use by another Galley')])
  })

  it('stops gracefully: notifies the apps, and keeps all text [L4]', async () => {
    await using newsroom = await startTestNewsroom()
    const reporter = await openApp(newsroom.address, 'reporter')
    const { id } = await reporter.createStory()
    const story = await openStory(newsroom.address, reporter, id)
    await story.write(article())
    const { socket } = await listen(newsroom.address, reporter)
    const closed = once(socket, 'close')
    await newsroom.stop()
    expect(String((await closed)[1])).toBe('stopping')
    story.close()
    await newsroom.restart()
    // The session and the queue's data survive the restart.
    expect((await reporter.get(`/api/stories/${id}`)).body).toMatchObject({ headline: 'A headline', words: 6 })
    expect(newsroom.output()).not.toContain('"level":50')
  })

  it('keeps everything acknowledged when killed, and the queue catches up', async () => {
    await using newsroom = await startTestNewsroom()
    const reporter = await openApp(newsroom.address, 'reporter')
    const { id } = await reporter.createStory()
    const story = await openStory(newsroom.address, reporter, id)
    await story.write(article())
    await newsroom.kill()
    story.close()
    await newsroom.restart()
    const again = await openStory(newsroom.address, reporter, id)
    expect(readArticle(again.doc).body).toEqual(article().body)
    again.close()
    const words = async () => ((await reporter.get(`/api/stories/${id}`)).body as Story).words
    await until('the queue', async () => (await words()) === 6)
  })

  it('ends with a message when its database is lost, and keeps everything acknowledged', async () => {
    await using folder = await tempFolder()
    const lines: string[] = []
    const start = () =>
      startServer({
        args: ['--demo'],
        env: inFolder(folder),
        nodeArgs: ['--import', new URL('ends-database-thread.ts', import.meta.url).href],
        onLine: (line) => lines.push(line),
      })
    const server = await start()
    onTestFinished(() => void server.kill())
    const reporter = await openApp(server.address, 'reporter')
    const { id } = await reporter.createStory()
    const story = await openStory(server.address, reporter, id)
    await story.write(article())
    const { socket } = await listen(server.address, reporter)
    const closed = once(socket, 'close')
    process.kill(server.pid, 'SIGUSR2')
    expect(await server.exited).toEqual({ code: 3, signal: null })
    // Cut off, as by any crash: the app reconnects and resends.
    expect((await closed)[0]).toBe(1006)
    expect(lines.join('\n')).toContain("The database's thread ended")
    story.close()
    const next = await start()
    onTestFinished(() => void next.kill())
    const again = await openStory(next.address, await openApp(next.address, 'reporter'), id)
    expect(readArticle(again.doc).body).toEqual(article().body)
    again.close()
    await next.stop()
  })

  it('creates the demo once', async () => {
    await using newsroom = await startTestNewsroom()
    const reporter = await openApp(newsroom.address, 'reporter')
    const before = (await reporter.get('/api/stories')).body
    await newsroom.restart()
    expect((await reporter.get('/api/stories')).body).toEqual(before)
  })
})

describe('a real newsroom', () => {
  it('is created by the admin tool, without demo people', async () => {
    await using folder = await tempFolder()
    expect(await create(folder)).toMatchObject({ code: 0, out: expect.stringContaining('npm run server') as unknown })
    const added = await run(
      'admin.ts',
      ['add-person', '--email', 'rae@real.example', '--person-name', 'Rae', '--role', 'reporter'],
      {
        env: inFolder(folder),
        input: `${PASSWORD}\n`,
      },
    )
    expect(added.code).toBe(0)
    const listed = await run('admin.ts', ['list-people'], { env: inFolder(folder) })
    expect(listed.out.trim().split('\n')).toEqual([
      'Rae <rae@real.example> reporter',
      'The Chief <chief@real.example> wire',
    ])

    const server = await startServer({ env: inFolder(folder) })
    try {
      const { body } = await request(server.address, { path: '/api/newsroom' })
      expect(newsroomSchema.parse(body)).toMatchObject({
        name: 'The Real One',
        demo: false,
        language: 'en',
        people: [],
      })
      expect((await signInAs(server.address, 'rae@real.example', PASSWORD)).status).toBe(200)
      expect((await signInAs(server.address, 'reporter@demo.example', 'galley-demo')).code).toBe('wrong-password')
    } finally {
      await server.stop()
    }
    const demo = await run('main.ts', ['--demo'], { env: inFolder(folder) })
    expect([demo.code, demo.out]).toEqual([2, expect.stringContaining('which --demo does not touch')])
  })

  it('has a language, English by default, and applies a change at once [H11]', async () => {
    await using folder = await tempFolder()
    expect((await create(folder, ['--language', 'pt-br'])).code).toBe(0)
    const server = await startServer({ env: { ...inFolder(folder), GALLEY_PUBLIC: '1' } })
    onTestFinished(() => void server.kill())
    const told = async () =>
      newsroomSchema.parse((await request(server.address, { path: '/api/newsroom' })).body).language
    expect(await told()).toBe('pt-BR')
    const { token } = signInResponseSchema.parse((await signInAs(server.address, 'chief@real.example', PASSWORD)).body)
    const speak = (...args: string[]) => run('admin.ts', ['set-language', ...args], { env: inFolder(folder) })
    expect(await speak('--language', 'el')).toMatchObject({
      code: 0,
      out: expect.stringContaining('The Real One is el') as unknown,
    })
    expect(await told()).toBe('el')
    const me = await request(server.address, { path: '/api/me', token })
    expect(meSchema.parse(me.body).newsroom.language).toBe('el')
    const again = await signInAs(server.address, 'chief@real.example', PASSWORD)
    expect(signInResponseSchema.parse(again.body).newsroom.language).toBe('el')
    for (const [file, mark] of [
      ['', 'lang="el"'],
      ['feed.rss', '<language>el</language>'],
      ['feed.atom', 'xml:lang="el"'],
      ['feed.json', '"language": "el"'],
    ] as const) {
      expect(await (await fetch(`${server.address}/public/${file}`)).text()).toContain(mark)
    }
    await server.stop()
    for (const wrong of [['--language', 'Greek, please'], ['--language', ''], []]) {
      expect(await speak(...wrong)).toMatchObject({ code: 2, out: expect.stringContaining('--language') as unknown })
    }
  })

  it('is not created over another, nor over the demo', async () => {
    await using folder = await tempFolder()
    await create(folder)
    expect(await create(folder)).toMatchObject({
      code: 2,
      out: expect.stringContaining('already a newsroom') as unknown,
    })
    await using newsroom = await startTestNewsroom()
    await newsroom.stop()
    const add = [
      'add-person',
      '--email',
      'a@b.example',
      '--person-name',
      'A',
      '--role',
      'wire',
      '--data',
      newsroom.data,
    ]
    expect(await run('admin.ts', add, { input: `${PASSWORD}\n` })).toMatchObject({ code: 2 })
  })

  it.each([
    [['--email', 'no address'], PASSWORD, 'e-mail address'],
    [['--role', 'boss'], PASSWORD, 'reporter, editor, wire'],
    [['--name', ''], PASSWORD, 'empty'],
    [['--nane', 'x'], PASSWORD, '--nane'],
    [[], 'short', '12 characters'],
    [[], '', '12 characters'],
  ])('is not created with %j and the password %j', async (extra, password, part) => {
    await using folder = await tempFolder()
    const { code, out } = await create(folder, extra, `${password}\n`)
    expect([code, out]).toEqual([2, expect.stringContaining(part)])
    expect(out).not.toContain('    at ')
    expect((await create(folder)).code).toBe(0)
  })

  it('has an admin tool with help', async () => {
    expect(await run('admin.ts', ['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('create-newsroom') as unknown,
    })
    expect(await run('admin.ts', [])).toMatchObject({
      code: 2,
      out: expect.stringContaining('create-newsroom') as unknown,
    })
    expect(await run('admin.ts', ['burn-down'])).toMatchObject({
      code: 2,
      out: expect.stringContaining('burn-down') as unknown,
    })
  })

  it('reports an email address in use, or a missing password', async () => {
    await using folder = await tempFolder()
    await create(folder)
    const add = ['add-person', '--email', 'Chief@Real.example', '--person-name', 'Another', '--role', 'editor']
    const taken = await run('admin.ts', add, { env: inFolder(folder), input: `${PASSWORD}\n` })
    expect([taken.code, taken.out]).toEqual([2, expect.stringContaining('already a person')])
    const silent = await run('admin.ts', add, { env: inFolder(folder) })
    expect(silent.code).not.toBe(0)
    expect(silent.out).toContain('No password was given')
  })
})
