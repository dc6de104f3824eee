/**
 * Holds the newsroom's key, and encrypts the destinations' secrets with AES-256-GCM, so that the database alone, or a
 * backup of it, does not reveal any password and signs no ticket. The key is GALLEY_SECRET_KEY, or a file in the data folder that is created when first needed.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { errorCode } from '../error-code.ts'
import { MessageError } from '../message-error.ts'

export const SECRET_KEY_FILE = 'secret.key'

const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16

export interface Secrets {
  /** Encrypts secrets for one owner. They cannot be decrypted under another id. */
  seal(owner: string, secrets: Readonly<Record<string, string>>): Promise<string>
  /** Throws a {@link MessageError} if they were encrypted with another key. */
  open(owner: string, sealed: string): Promise<Record<string, string>>
  /** Returns the newsroom's key for another purpose. It reveals nothing about the others. */
  key(purpose: string): Promise<Buffer>
}

/** `key` is GALLEY_SECRET_KEY; null for the file in the data folder. */
export function createSecrets(dataFolder: string, key: string | null): Secrets {
  let bytes: Promise<Buffer> | null = null
  const material = (): Promise<Buffer> => {
    bytes ??= key === null ? keyFile(dataFolder) : Promise.resolve(Buffer.from(key, 'utf8'))
    // A disk that failed once may recover.
    bytes.catch(() => (bytes = null))
    return bytes
  }
  const keyFor = async (purpose: string): Promise<Buffer> => derive(await material(), purpose)
  return {
    key: keyFor,

    async seal(owner, secrets) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', await keyFor('destinations'), iv)
      cipher.setAAD(Buffer.from(owner))
      const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), sealed]).toString('base64')
    },

    async open(owner, sealed) {
      const opening = await keyFor('destinations')
      try {
        const all = Buffer.from(sealed, 'base64')
        const iv = all.subarray(1, 1 + IV_BYTES)
        const decipher = createDecipheriv('aes-256-gcm', opening, iv)
        decipher.setAAD(Buffer.from(owner))
        decipher.setAuthTag(all.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES))
        const text = Buffer.concat([decipher.update(all.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()])
        return z.record(z.string(), z.string()).parse(JSON.parse(text.toString('utf8')))
      } catch (error) {
        throw new MessageError(message('server.delivery.key-changed'), error)
      }
    },
  }
}

function derive(material: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', material, '', `galley ${purpose}`, 32))
}

/** Returns the key in the data folder. Creates it if missing: atomically, and by one process only. */
async function keyFile(folder: string): Promise<Buffer> {
  const path = join(folder, SECRET_KEY_FILE)
  try {
    return await readFile(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  const made = join(folder, `${SECRET_KEY_FILE}.${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(made, randomBytes(32), { mode: 0o600, flush: true })
    await link(made, path)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    await rm(made, { force: true })
  }
  return readFile(path)
}
