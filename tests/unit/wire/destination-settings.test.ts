/** The destinations in the wire desk's settings, without the server around them. */
import { expect, it } from 'vitest'
import { dropFolders } from './drop-folders.ts'
import { putDestinationRequestSchema } from '#shared/protocol/http.ts'
import { createDestinationDesk } from '#server/wire/destination-settings.ts'
import { limitedSettings } from '#server/wire/receiver.ts'
import { createSecrets } from '#server/wire/secrets.ts'
import { testStore, type TestStore } from '../server/test-store.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90a02'
const KEY = 'a-key-of-at-least-thirty-two-characters'
const deskWith = ({ db, folder }: TestStore, key: string) =>
  createDestinationDesk({
    db,
    secrets: createSecrets(folder, key),
    kinds: [],
    folders: dropFolders(folder),
    allowPrivate: false,
  })
const push = (secrets: object, changes: object = {}) =>
  putDestinationRequestSchema.parse({
    name: 'Agency',
    kind: 'http',
    format: 'ninjs31',
    settings: { url: 'https://agency.example/items' },
    secrets,
    ...changes,
  })

it('keeps the secrets of a destination that is edited while the key is missing [W13]', async () => {
  await using there = await testStore()
  await deskWith(there, KEY).put(ID, push({ signingKey: 'between us' }), there.wire)
  const away = deskWith(there, 'another-key-of-at-least-thirty-two-characters')
  expect((await away.put(ID, push({}, { paused: true }), there.wire)).destination).toMatchObject({
    paused: true,
    secrets: [],
  })
  const sealed = async () =>
    (await there.db.selectFrom('destinations').select('secrets').where('id', '=', ID).executeTakeFirstOrThrow()).secrets
  expect(await createSecrets(there.folder, KEY).open(ID, (await sealed()) ?? '')).toEqual({ signingKey: 'between us' })
  expect((await away.put(ID, push({ signingKey: 'typed in again' }), there.wire)).destination.secrets).toEqual([
    'signingKey',
  ])
  expect((await away.put(ID, push({ signingKey: null }), there.wire)).destination.secrets).toEqual([])
  expect(await sealed()).toBeNull()
})

const secretsOf = async ({ db, folder }: TestStore): Promise<Record<string, string>> => {
  const { secrets } = await db
    .selectFrom('destinations')
    .select('secrets')
    .where('id', '=', ID)
    .executeTakeFirstOrThrow()
  return secrets === null ? {} : createSecrets(folder, KEY).open(ID, secrets)
}
const at = (url: string) => ({ settings: { url } })

it.each([
  ['host', 'https://elsewhere.example/items'],
  ['port', 'https://agency.example:8443/items'],
  ['scheme', 'http://agency.example/items'],
])('forgets its secrets when its %s changes, unless they are entered again [W13]', async (_what, url) => {
  await using there = await testStore()
  const desk = deskWith(there, KEY)
  await desk.put(ID, push({ signingKey: 'between us', authorization: 'Bearer top' }), there.wire)
  const { destination } = await desk.put(ID, push({ authorization: 'Bearer new' }, at(url)), there.wire)
  expect(destination.secrets).toEqual(['authorization'])
  expect(await secretsOf(there)).toEqual({ authorization: 'Bearer new' })
})

it('keeps its secrets when only the path changes', async () => {
  await using there = await testStore()
  const desk = deskWith(there, KEY)
  await desk.put(ID, push({ signingKey: 'between us' }), there.wire)
  const moved = await desk.put(ID, push({}, at('https://agency.example/others')), there.wire)
  expect(moved.destination.secrets).toEqual(['signingKey'])
})

it.each([
  ['user', { host: 'h', user: 'another' }],
  ['host', { host: 'other', user: 'wire' }],
  ['encryption', { host: 'h', user: 'wire', security: 'none' }],
])('forgets a mail password when the %s changes', async (_what, settings) => {
  await using there = await testStore()
  const desk = deskWith(there, KEY)
  const mail = (given: object, secrets: object) =>
    putDestinationRequestSchema.parse({
      name: 'Paper',
      kind: 'mail',
      format: 'ninjs31',
      settings: { from: 'wire@news.example', to: ['desk@paper.example'], ...given },
      secrets,
    })
  await desk.put(ID, mail({ host: 'h', user: 'wire' }, { password: 'secret' }), there.wire)
  expect((await desk.put(ID, mail({ host: 'h', user: 'wire' }, {}), there.wire)).destination.secrets).toEqual([
    'password',
  ])
  expect((await desk.put(ID, mail(settings, {}), there.wire)).destination.secrets).toEqual([])
})

it('keeps the query of its address with the secrets', async () => {
  await using there = await testStore()
  const desk = deskWith(there, KEY)
  const { destination } = await desk.put(ID, push({}, at('https://agency.example/items?key=URLKEY')), there.wire)
  expect(destination).toMatchObject({ settings: { url: 'https://agency.example/items' }, secrets: ['query'] })
  expect(await secretsOf(there)).toEqual({ query: '?key=URLKEY' })
  const row = await there.db.selectFrom('destinations').selectAll().where('id', '=', ID).executeTakeFirstOrThrow()
  expect(JSON.stringify(row)).not.toContain('URLKEY')
})

it.each([
  'https://user:pass@agency.example/',
  'https://token@agency.example/',
  'https:/token@a.example',
  'https:\\\\t@a.example',
])('is refused at %s', (url) => {
  expect(() => push({}, at(url))).toThrow('no user name or password')
})

it('may use a private network only if the operator allows it, too', async () => {
  await using there = await testStore()
  const wanted = push({}, { settings: { url: 'http://10.0.0.7/items', allowPrivate: true } })
  await expect(deskWith(there, KEY).put(ID, wanted, there.wire)).rejects.toMatchObject({
    code: 'private-addresses-off',
  })
  expect(limitedSettings(JSON.stringify(wanted.settings), false)).toMatchObject({ allowPrivate: false })
  expect(limitedSettings(JSON.stringify(wanted.settings), true)).toMatchObject({ allowPrivate: true })
})

it.each(['/etc', '..', '/'])('may not use the folder %s', async (folder) => {
  await using there = await testStore()
  const drop = putDestinationRequestSchema.parse({
    name: 'Drop',
    kind: 'file-drop',
    format: 'ninjs31',
    settings: { folder },
    secrets: {},
  })
  await expect(deskWith(there, KEY).put(ID, drop, there.wire)).rejects.toMatchObject({ code: 'folder-not-allowed' })
})
