import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSecrets, type Encryption } from '#electron/main/secrets.ts'
import { tempFolder } from '#tests/support/temp.ts'

/** A system that "encrypts" in base64; `change` makes it another system. */
function system(change: Partial<Encryption> = {}): Encryption {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(btoa(text))),
    decryptStringAsync: (bytes) => Promise.resolve({ result: atob(bytes.toString()), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...change,
  }
}

describe('secrets', () => {
  it('are kept encrypted, for this person only, until they are forgotten', async () => {
    await using folder = await tempFolder()
    const secrets = createSecrets(system(), 'linux', folder.path)
    expect(await secrets.read('session')).toBeNull()
    await secrets.write('session', 'token')
    expect(await readFile(join(folder.path, 'session.secret'), 'utf8')).toBe('dG9rZW4=')
    expect(await createSecrets(system(), 'linux', folder.path).read('session')).toBe('token')
    await secrets.write('session', null)
    expect([await secrets.read('session'), await readdir(folder.path)]).toEqual([null, []])
  })

  it.each<[string, NodeJS.Platform, Partial<Encryption>]>([
    ['there is no encryption', 'win32', { isAsyncEncryptionAvailable: () => Promise.resolve(false) }],
    ['the key would be one that anyone knows', 'linux', { getSelectedStorageBackend: () => 'basic_text' }],
  ])('are refused, and nothing is written, where %s', async (_why, platform, change) => {
    await using folder = await tempFolder()
    const secrets = createSecrets(system(change), platform, folder.path)
    await expect(secrets.write('session', 'token')).rejects.toThrow('no keyring')
    expect([await secrets.read('session'), await readdir(folder.path)]).toEqual([null, []])
    await expect(secrets.write('session', null)).resolves.toBeUndefined()
  })

  it('that another key wrote count as none', async () => {
    await using folder = await tempFolder()
    await createSecrets(system(), 'darwin', folder.path).write('session', 'token')
    const locked = system({ decryptStringAsync: () => Promise.reject(new Error('wrong key')) })
    expect(await createSecrets(locked, 'darwin', folder.path).read('session')).toBeNull()
  })

  it('are encrypted again when the system has a new key', async () => {
    await using folder = await tempFolder()
    await createSecrets(system(), 'darwin', folder.path).write('session', 'token')
    const renewed = system({
      decryptStringAsync: () => Promise.resolve({ result: 'token', shouldReEncrypt: true }),
      encryptStringAsync: (text) => Promise.resolve(Buffer.from(`new:${text}`)),
    })
    expect(await createSecrets(renewed, 'darwin', folder.path).read('session')).toBe('token')
    expect(await readFile(join(folder.path, 'session.secret'), 'utf8')).toBe('new:token')
  })
})
