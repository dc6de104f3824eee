import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSecrets, type Encryption } from '#electron/main/secrets.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { inEnglish } from '#shared/messages/english.ts'

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

/** Secrets in this folder; `warnings` are what the person was told. */
function secretsIn(folder: string, platform: NodeJS.Platform = 'linux', change: Partial<Encryption> = {}) {
  const warnings: string[] = []
  return Object.assign(
    createSecrets(system(change), platform, folder, (reason) => warnings.push(inEnglish.say(reason))),
    { warnings },
  )
}

describe('secrets', () => {
  it('are kept encrypted, for this person only, until they are forgotten', async () => {
    await using folder = await tempFolder()
    const secrets = secretsIn(folder.path)
    expect(await secrets.read('session')).toBeNull()
    await secrets.write('session', 'token')
    const path = join(folder.path, 'session.secret')
    expect(await readFile(path, 'utf8')).toBe('dG9rZW4=')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await secretsIn(folder.path).read('session')).toBe('token')
    await secrets.write('session', null)
    expect([await secrets.read('session'), await readdir(folder.path), secrets.warnings]).toEqual([null, [], []])
  })

  it.each<[string, NodeJS.Platform, Partial<Encryption>]>([
    ['there is no encryption', 'win32', { isAsyncEncryptionAvailable: () => Promise.resolve(false) }],
    ['the key would be one that anyone knows', 'linux', { getSelectedStorageBackend: () => 'basic_text' }],
  ])('are held until the app ends, and the person is told, where %s', async (_why, platform, change) => {
    await using folder = await tempFolder()
    const secrets = secretsIn(folder.path, platform, change)
    await secrets.write('session', 'token')
    expect([await secrets.read('session'), await readdir(folder.path)]).toEqual(['token', []])
    expect(secrets.warnings).toEqual([expect.stringContaining('no keyring')])
    expect(await secretsIn(folder.path, platform, change).read('session')).toBeNull()
    await secrets.write('session', null)
    expect(await secrets.read('session')).toBeNull()
  })

  it('that could not be written are held, and an older one does not come back', async () => {
    await using folder = await tempFolder()
    const full = { encryptStringAsync: () => Promise.reject(new Error('the keyring is locked')) }
    await secretsIn(folder.path).write('session', 'old')
    const secrets = secretsIn(folder.path, 'linux', full)
    await secrets.write('session', 'new')
    expect([await secrets.read('session'), secrets.warnings]).toEqual(['new', ['the keyring is locked']])
    expect(await secretsIn(folder.path).read('session')).toBeNull()
  })

  it('that another key wrote count as none', async () => {
    await using folder = await tempFolder()
    await secretsIn(folder.path).write('session', 'token')
    const locked = { decryptStringAsync: () => Promise.reject(new Error('wrong key')) }
    expect(await secretsIn(folder.path, 'darwin', locked).read('session')).toBeNull()
  })

  it('are encrypted again when the system has a new key', async () => {
    await using folder = await tempFolder()
    await secretsIn(folder.path).write('session', 'token')
    const renewed: Partial<Encryption> = {
      decryptStringAsync: () => Promise.resolve({ result: 'token', shouldReEncrypt: true }),
      encryptStringAsync: (text) => Promise.resolve(Buffer.from(`new:${text}`)),
    }
    expect(await secretsIn(folder.path, 'darwin', renewed).read('session')).toBe('token')
    expect(await readFile(join(folder.path, 'session.secret'), 'utf8')).toBe('new:token')
  })
})
