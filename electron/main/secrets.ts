/** Secrets on disk, encrypted with a key that the system keeps for this person. Never in plain text, key or no key. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SecretName } from '../bridge.ts'

/** The part of Electron's safeStorage that is used. */
export interface Encryption {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(plainText: string): Promise<Buffer>
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>
  /** Linux only: `basic_text` means a key that anyone can know. */
  getSelectedStorageBackend(): string
}

const NO_KEYRING =
  'This system has no keyring to encrypt with. On Linux, install gnome-keyring or KWallet and start Galley again.'

export interface Secrets {
  /** Null when there is none, or when it cannot be decrypted any more (another person, another computer). */
  read(name: SecretName): Promise<string | null>
  /** Keeps the secret; null forgets it. Where it cannot be kept encrypted, it is held until the app ends and no longer. */
  write(name: SecretName, value: string | null): Promise<void>
}

/**
 * @param folder where the encrypted files are kept; must exist
 * @param warn tells the person why a secret is not kept on disk, in a sentence
 */
export function createSecrets(
  encryption: Encryption,
  platform: NodeJS.Platform,
  folder: string,
  warn: (reason: string) => void,
): Secrets {
  const fileOf = (name: SecretName): string => join(folder, `${name}.secret`)
  /** What could not be kept on disk. */
  const held = new Map<SecretName, string>()

  async function canEncrypt(): Promise<boolean> {
    if (platform === 'linux' && encryption.getSelectedStorageBackend() === 'basic_text') return false
    return encryption.isAsyncEncryptionAvailable()
  }

  async function keep(name: SecretName, value: string): Promise<void> {
    if (!(await canEncrypt())) throw new Error(NO_KEYRING)
    const path = fileOf(name)
    await writeFile(`${path}.new`, await encryption.encryptStringAsync(value), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  return {
    async read(name) {
      const inMemory = held.get(name)
      if (inMemory !== undefined) return inMemory
      const encrypted = await readFile(fileOf(name)).catch(() => null)
      if (encrypted === null || !(await canEncrypt())) return null
      try {
        const { result, shouldReEncrypt } = await encryption.decryptStringAsync(encrypted)
        if (shouldReEncrypt) await keep(name, result)
        return result
      } catch {
        return null
      }
    },
    async write(name, value) {
      held.delete(name)
      // An older one must not come back, whatever becomes of the new one.
      await rm(fileOf(name), { force: true })
      if (value === null) return
      try {
        await keep(name, value)
      } catch (error) {
        held.set(name, value)
        warn(error instanceof Error ? error.message : String(error))
      }
    },
  }
}
