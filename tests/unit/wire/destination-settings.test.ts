/** The destinations in the wire desk's settings, without the server around them. */
import { expect, it } from 'vitest'
import { putDestinationRequestSchema } from '#shared/protocol/http.ts'
import { createDestinationDesk } from '#server/wire/destination-settings.ts'
import { createSecrets } from '#server/wire/secrets.ts'
import { testStore, type TestStore } from '../server/test-store.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90a02'
const KEY = 'a-key-of-at-least-thirty-two-characters'
const deskWith = ({ db, folder }: TestStore, key: string) =>
  createDestinationDesk({ db, secrets: createSecrets(folder, key), kinds: [] })
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
