/** Secrets on disk, encrypted with a key that the system keeps for this person. Never in plain text. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { message, type MessageOrText } from '#shared/messages/message.ts'
import type { SecretName } from '../bridge.ts'

/** The part of Electron's safeStorage that is used. */
export interface Encryption {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(plainText: string): Promise<Buffer>
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>
  /** Linux only: `basic_text` means a key that is public. */
  getSelectedStorageBackend(): string
}

export interface Secrets {
  /** Resolves to null without a secret, or if it can't be decrypted (another person, another computer). */
  read(name: SecretName): Promise<string | null>
  /** Keeps the secret; null forgets it. If it can't be encrypted, it is held in memory until the app ends. */
  write(name: SecretName, value: string | null): Promise<void>
}

/**
 * @param folder where the encrypted files are kept; must exist
 * @param warn tells the person why a secret is not kept on disk
 */
export function createSecrets(
  encryption: Encryption,
  platform: NodeJS.Platform,
  folder: string,
  warn: (reason: MessageOrText) => void,
): Secrets {
  const fileOf = (name: SecretName): string => join(folder, `${name}.secret`)
  /** Secrets that could not be kept on disk. */
  const held = new Map<SecretName, string>()

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
      // An older secret must not come back, even if the new one can't be written.
      await rm(fileOf(name), { force: true })
      if (value === null) return
      try {
        if (await canEncrypt()) {
          await keep(name, value)
          return
        }
        warn(message('desktop.no-keyring'))
      } catch (error) {
        warn({ text: error instanceof Error ? error.message : String(error) })
      }
      held.set(name, value)
    },
  }
}
