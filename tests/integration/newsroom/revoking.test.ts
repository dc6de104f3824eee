/** Rights revoked while the server runs: T6 of PROTOCOL.md. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { startServer } from '#electron/launch/server-process.ts'
import { findPersonByEmail, removePerson, setPassword, setRole, toPerson } from '#server/auth/people.ts'
import { SOCKET_LIMITS } from '#server/http/socket-limits.ts'
import { openStoreBeside } from '#server/store/open-store.ts'
import type { Store } from '#server/store/store.ts'
import { encodeUpdateFrame } from '#shared/protocol/frames.ts'
import type { Person } from '#shared/story/story.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { until } from '#tests/support/until.ts'
import { closeReason, type Listener, listen, openApp, openStory, request, signInAs } from './app.ts'
import { run } from './run-script.ts'

let newsroom: TestNewsroom
beforeEach(async () => {
  newsroom = await startTestNewsroom()
})
afterEach(() => newsroom.close())

/** Changes the demo's reporter as `npm run admin` does, in a separate process. */
async function changeReporter(change: (db: Store['db'], person: Person) => Promise<void>): Promise<void> {
  const store = await openStoreBeside(newsroom.data)
  try {
    await store.db.transaction().execute(async (trx) => {
      const row = await findPersonByEmail(trx, 'reporter@demo.example')
      if (row === undefined) throw new Error('The demo has no reporter')
      await change(trx, toPerson(row))
    })
  } finally {
    await store.close()
  }
}

async function ended({ socket }: Listener): Promise<string> {
  const [, reason] = (await once(socket, 'close')) as [number, Buffer]
  return reason.toString()
}

it('T6: disconnects a removed person at once, and keeps them out', async () => {
  const { address } = newsroom
  const [reporter, editor] = [await openApp(address, 'reporter'), await openApp(address, 'editor')]
  const [mine, theirs] = [await listen(address, reporter), await listen(address, editor)]
  const end = ended(mine)
  await changeReporter(removePerson)
  expect(await end).toBe('bad-ticket')
  expect((await reporter.get('/api/me')).code).toBe('not-signed-in')
  expect((await signInAs(address, 'reporter@demo.example', 'galley-demo')).code).toBe('wrong-password')
  expect(theirs.socket.readyState).toBe(theirs.socket.OPEN)
  theirs.close()
})

it('T6: ends all sessions of the old password after a new one', async () => {
  const reporter = await openApp(newsroom.address, 'reporter')
  const end = ended(await listen(newsroom.address, reporter))
  await changeReporter((db, person) => setPassword(db, person, 'not a hash'))
  expect(await end).toBe('bad-ticket')
  expect((await reporter.get('/api/me')).code).toBe('not-signed-in')
})

it('T6: closes the sockets after a new role, and opens the next ones with it', async () => {
  const reporter = await openApp(newsroom.address, 'reporter')
  const story = await reporter.createStory()
  const end = ended(await listen(newsroom.address, reporter))
  await changeReporter((db, person) => setRole(db, person, 'editor'))
  expect(await end).toBe('bad-ticket')
  expect((await reporter.get('/api/me')).body).toMatchObject({ person: { role: 'editor' } })
  expect((await reporter.post(`/api/stories/${story.id}/moves`, { move: 'ready' })).status).toBe(200)
  const again = await listen(newsroom.address, reporter)
  expect(again.socket.readyState).toBe(again.socket.OPEN)
  again.close()
})

it('T6: ignores frames after a disconnect, whether the client leaves or not', async () => {
  const { address } = newsroom
  const [reporter, editor] = [await openApp(address, 'reporter'), await openApp(address, 'editor')]
  const story = await reporter.createStory()
  const stubborn = await openStubbornly(address, `/relay/${story.id}?ticket=${await reporter.ticket(story.id)}`)
  stubborn.send(encodeUpdateFrame(wordsOf('before')))
  const theirs = await openStory(address, editor, story.id)
  await until('the first words', () => theirs.doc.getText('text:body').length > 0)
  await changeReporter(removePerson)
  await stubborn.toldToGo
  stubborn.send(encodeUpdateFrame(wordsOf('after')))
  await stubborn.end()
  const again = await openStory(address, editor, story.id)
  for (const { doc } of [theirs, again]) expect(doc.getText('text:body').toJSON()).toBe('before')
  theirs.close()
  again.close()
})

function wordsOf(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('text:body').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

/** A client that keeps sending after its socket was closed. */
async function openStubbornly(address: string, path: string) {
  const asked = httpRequest(address + path, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    },
  })
  asked.end()
  const [, socket] = (await once(asked, 'upgrade')) as [IncomingMessage, Socket]
  const told = Promise.withResolvers<undefined>()
  const closeFrame = Buffer.concat([Buffer.from([0x88]), Buffer.from([2 + 'bad-ticket'.length])])
  let heard = Buffer.alloc(0)
  socket.on('data', (data) => {
    heard = Buffer.concat([heard, data])
    if (heard.includes(closeFrame)) told.resolve(undefined)
  })
  return {
    toldToGo: told.promise,
    /** Sends a frame of less than 126 bytes, with a mask of zeros. */
    send(message: Uint8Array): void {
      socket.write(Buffer.concat([Buffer.from([0x82, 0x80 | message.byteLength, 0, 0, 0, 0]), message]))
    },
    async end(): Promise<void> {
      const closed = once(socket, 'close')
      socket.end()
      await closed
    },
  }
}

it('T7: limits the sockets of a person, and admits new ones when some are closed', async () => {
  const { address } = newsroom
  const [reporter, editor] = [await openApp(address, 'reporter'), await openApp(address, 'editor')]
  const ticket = await reporter.ticket('live')
  const open: Listener[] = []
  for (let socket = 0; socket < SOCKET_LIMITS.perPerson; socket++) open.push(await listen(address, reporter))
  expect(await closeReason(address, `/live?ticket=${ticket}`)).toBe('too-many-connections')
  ;(await listen(address, editor)).close()
  const end = open.slice(0, 10).map(ended)
  for (const { socket } of open.slice(0, 10)) socket.close()
  await Promise.all(end)
  const again = await listen(address, reporter)
  expect(again.socket.readyState).toBe(again.socket.OPEN)
  for (const { close } of [...open, again]) close()
})

const PASSWORD = 'correct horse battery staple'

it('works through the admin tool beside a running server', async () => {
  await using folder = await tempFolder()
  const env = { GALLEY_DATA: join(folder.path, 'data'), GALLEY_PORT: '0' }
  const admin = (...args: string[]) => run('admin.ts', args, { env, input: `${PASSWORD}\n` })
  const email = 'rae@real.example'
  await admin('create-newsroom', '--name', 'Real', '--email', 'chief@real.example', '--person-name', 'The Chief')
  await admin('add-person', '--email', email, '--person-name', 'Rae', '--role', 'reporter')
  const server = await startServer({ env })
  try {
    const token = async (): Promise<string> => {
      const { body } = await signInAs(server.address, email, PASSWORD)
      return (body as { token: string }).token
    }
    const me = async (token: string) => (await request(server.address, { path: '/api/me', token })).body
    const first = await token()
    expect(await admin('set-role', '--email', email, '--role', 'editor')).toMatchObject({ code: 0 })
    expect(await me(first)).toMatchObject({ person: { role: 'editor' } })
    expect(await admin('set-password', '--email', email)).toMatchObject({ code: 0 })
    expect(await me(first)).toMatchObject({ error: { code: 'not-signed-in' } })
    expect(await me(await token())).toMatchObject({ person: { name: 'Rae' } })
    expect(await admin('remove-person', '--email', email)).toMatchObject({ code: 0 })
    expect((await signInAs(server.address, email, PASSWORD)).code).toBe('wrong-password')
    expect((await admin('list-people')).out).not.toContain('Rae')
    expect(await admin('remove-person', '--email', email)).toMatchObject({ code: 2 })
  } finally {
    await server.stop()
  }
  expect(await admin('add-person', '--email', email, '--person-name', 'Rae', '--role', 'wire')).toMatchObject({
    code: 0,
  })
})
