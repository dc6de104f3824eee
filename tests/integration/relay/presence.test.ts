/** Presence: R17 to R19 of PROTOCOL.md. */
import { expect, test } from 'vitest'
import { encodePresence } from '#server/relay/messages.ts'
import { joined, openNewsroom, stock, until, type Client } from './client.ts'
import { addStory, MARIA, NIKOS } from './newsroom.ts'

const at = (field: string) => JSON.stringify({ field })
const shows = (client: Client, id: number, clock: number, state: string | null) =>
  client.send(encodePresence([{ client: id, clock, state }]))
const seen = (client: Client, id: number) => () => client.presence.get(id)?.state

async function story() {
  const newsroom = await openNewsroom()
  const id = await addStory(newsroom.store)
  const enter = (as: { id: string }) => joined(newsroom, id, { as })
  return { newsroom, id, enter }
}

test('lets stock clients see each other, and each other leave', async () => {
  const { newsroom, id } = await story()
  const maria = stock(newsroom, id)
  maria.provider.awareness.setLocalState({ field: 'headline' })
  const nikos = stock(newsroom, id, { as: NIKOS })
  const seesMaria = () => nikos.provider.awareness.getStates().get(maria.doc.clientID)
  await until(seesMaria, { field: 'headline' })
  maria.provider.awareness.setLocalState({ field: 'body' })
  await until(seesMaria, { field: 'body' })
  maria.provider.disconnect()
  await until(seesMaria, undefined)
})

test('tells a newcomer everyone who is there', async () => {
  const { enter } = await story()
  const maria = await enter(MARIA)
  const other = await enter(NIKOS)
  shows(maria, 1, 1, at('body'))
  await until(seen(other, 1), at('body'))
  await until(seen(await enter(NIKOS), 1), at('body'))
})

test('removes the clients of a connection that dies, and only those [R18]', async () => {
  const { enter } = await story()
  const [maria, nikos, other] = [await enter(MARIA), await enter(NIKOS), await enter(NIKOS)]
  shows(maria, 1, 1, at('body'))
  shows(nikos, 2, 1, at('headline'))
  await until(seen(other, 1), at('body'))
  await until(seen(other, 2), at('headline'))
  maria.socket.terminate()
  await until(seen(other, 1), 'null')
  expect(seen(other, 2)()).toBe(at('headline'))
})

test('ignores presence for a client that another connection brought in [R18]', async () => {
  const { enter } = await story()
  const [maria, nikos, other] = [await enter(MARIA), await enter(NIKOS), await enter(NIKOS)]
  shows(maria, 1, 1, at('body'))
  await until(seen(other, 1), at('body'))
  shows(nikos, 1, 9, at('credit'))
  shows(nikos, 1, 9, null)
  shows(nikos, 2, 1, at('headline'))
  await until(seen(other, 2), at('headline'))
  expect(seen(other, 1)()).toBe(at('body'))
})

test('does not bring people back who left when others repeat them [R18]', async () => {
  const { enter } = await story()
  const [maria, nikos, other] = [await enter(MARIA), await enter(NIKOS), await enter(NIKOS)]
  shows(nikos, 2, 1, at('headline'))
  shows(maria, 1, 1, at('body'))
  await until(seen(other, 1), at('body'))
  await maria.leave()
  await until(seen(other, 1), 'null')
  shows(nikos, 1, 1, at('body'))
  shows(nikos, 2, 2, at('dateline'))
  await until(seen(other, 2), at('dateline'))
  expect(seen(other, 1)()).toBe('null')
})

test('shows people who come back at once, even with the same clock', async () => {
  const { enter } = await story()
  const [maria, other] = [await enter(MARIA), await enter(NIKOS)]
  shows(maria, 1, 5, at('body'))
  await until(seen(other, 1), at('body'))
  await maria.leave()
  await until(seen(other, 1), 'null')
  const gone = other.presence.get(1)?.clock ?? 0
  shows(await enter(MARIA), 1, 5, at('body'))
  await until(seen(other, 1), at('body'))
  expect(other.presence.get(1)?.clock).toBeGreaterThan(gone)
})

test('keeps people in their place who come back before their old connection is known to be dead', async () => {
  const { enter } = await story()
  const [old, other] = [await enter(MARIA), await enter(NIKOS)]
  shows(old, 1, 5, at('body'))
  await until(seen(other, 1), at('body'))
  shows(await enter(MARIA), 1, 5, at('credit'))
  await until(seen(other, 1), at('credit'))
  await old.leave()
  shows(other, 2, 1, at('headline'))
  const late = await enter(NIKOS)
  await until(seen(late, 2), at('headline'))
  expect(seen(late, 1)()).toBe(at('credit'))
})

test('does not tell people about themselves', async () => {
  const { enter } = await story()
  const [maria, other] = [await enter(MARIA), await enter(NIKOS)]
  shows(maria, 1, 1, at('body'))
  shows(other, 2, 1, at('headline'))
  await until(seen(other, 1), at('body'))
  await until(seen(maria, 2), at('headline'))
  expect(maria.presence.has(1)).toBe(false)
})

test('limits the clients that one connection shows in its life [R18]', async () => {
  const newsroom = await openNewsroom({ limits: { presenceClients: 3 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  const nikos = await joined(newsroom, story, { as: NIKOS })
  const seen = () => [...maria.presence].flatMap(([client, { state }]) => (state === 'null' ? [] : [client]))
  for (let client = 1; client <= 5; client++) {
    nikos.send(encodePresence([{ client, clock: 1, state: '{}' }]))
    if (client <= 3) await until(seen, [client])
    nikos.send(encodePresence([{ client, clock: 2, state: null }]))
    if (client <= 3) await until(seen, [])
  }
  nikos.send(encodePresence([{ client: 2, clock: 3, state: '{}' }]))
  await until(seen, [2])
  expect([...maria.presence.keys()]).toEqual([1, 2, 3])
})

test('forgets the people gone for longest, once there are too many', async () => {
  const newsroom = await openNewsroom({ limits: { presenceGone: 2 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story)
  const seen = () => [...maria.presence].flatMap(([client, { state }]) => (state === 'null' ? [] : [client]))
  for (let client = 1; client <= 4; client++) {
    const nikos = await joined(newsroom, story, { as: NIKOS })
    nikos.send(encodePresence([{ client, clock: 5, state: '{}' }]))
    await until(seen, [client])
    await nikos.leave()
    await until(seen, [])
  }
  const again = await joined(newsroom, story, { as: NIKOS })
  again.send(encodePresence([{ client: 99, clock: 1, state: '{}' }]))
  // The first one's clock is forgotten; the last one's is still known.
  again.send(encodePresence([1, 4].map((client) => ({ client, clock: 1, state: '{}' }))))
  await until(seen, [1, 99])
})

test('ignores a presence state that is too long [R17]', async () => {
  const { enter } = await story()
  const [maria, other] = [await enter(MARIA), await enter(NIKOS)]
  shows(maria, 1, 1, at('x'.repeat(20_000)))
  shows(maria, 1, 2, at('body'))
  await until(seen(other, 1), at('body'))
  expect(other.received.filter((name) => name === 'presence')).toHaveLength(1)
})
