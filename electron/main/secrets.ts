/** Secrets on disk, encrypted with a key that the system keeps for this person. Where it has none, nothing is kept. */
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

export interface Secrets {
  /** Null when there is none, or when it cannot be decrypted any more (another person, another computer). */
  read(name: SecretName): Promise<string | null>
  /** Keeps the secret; null forgets it. Rejects with an Error when this system cannot encrypt. */
  write(name: SecretName, value: string | null): Promise<void>
}

/** @param folder where the encrypted files are kept; must exist */
export function createSecrets(encryption: Encryption, platform: NodeJS.Platform, folder: string): Secrets {
  const fileOf = (name: SecretName): string => join(folder, `${name}.secret`)

  async function canEncrypt(): Promise<boolean> {
    if (platform === 'linux' && encryption.getSelectedStorageBackend() === 'basic_text') return false
    return encryption.isAsyncEncryptionAvailable()
  }

  async function keep(name: SecretName, value: string): Promise<void> {
    const path = fileOf(name)
    await writeFile(`${path}.new`, await encryption.encryptStringAsync(value), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  return {
    async read(name) {
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
      if (value === null) {
        await rm(fileOf(name), { force: true })
        return
      }
      if (!(await canEncrypt())) {
        throw new Error(
          'This system has no keyring to encrypt with, so you stay signed in only until Galley is closed. ' +
            'On Linux, install gnome-keyring or KWallet.',
        )
      }
      await keep(name, value)
    },
  }
}
