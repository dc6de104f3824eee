import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createSecrets, SECRET_KEY_FILE } from '#server/wire/secrets.ts'
import { tempFolder } from '#tests/support/temp.ts'

const KEY = 'a key of at least thirty-two characters'.replaceAll(' ', '-')
const SECRETS = { password: 'correct horse' }

it('opens sealed values for their owner only [W13]', async () => {
  const secrets = createSecrets('', KEY)
  const sealed = await secrets.seal('one', SECRETS)
  expect(sealed).not.toContain('horse')
  expect(await secrets.open('one', sealed)).toEqual(SECRETS)
  await expect(secrets.open('another', sealed)).rejects.toThrow('stored with another key')
  expect(await secrets.seal('one', SECRETS)).not.toBe(sealed)
})

it('is not opened with another key, or after tampering [W13]', async () => {
  const sealed = await createSecrets('', KEY).seal('one', SECRETS)
  await expect(createSecrets('', `${KEY}!`).open('one', sealed)).rejects.toThrow('GALLEY_SECRET_KEY')
  const bytes = Buffer.from(sealed, 'base64')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await expect(createSecrets('', KEY).open('one', bytes.toString('base64'))).rejects.toThrow('stored with another key')
})

it('creates one private key file in the data folder, even if two start at once', async () => {
  const folder = await tempFolder()
  const sealed = await Promise.all([1, 2, 3].map(() => createSecrets(folder.path, null).seal('one', SECRETS)))
  for (const each of sealed) expect(await createSecrets(folder.path, null).open('one', each)).toEqual(SECRETS)
  expect(await readdir(folder.path)).toEqual([SECRET_KEY_FILE])
  const path = join(folder.path, SECRET_KEY_FILE)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readFile(path)).toHaveLength(32)
  await folder.remove()
})
