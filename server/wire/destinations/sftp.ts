/** SFTP. Each file is written under a temporary name, then renamed. The item comes after its pictures. */
import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Client, type SFTPWrapper } from 'ssh2'
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import { connectTo } from '../private-addresses.ts'
import { describeFailure } from './describe-failure.ts'
import { DeliveryError, type DestinationKind, type Access } from './destination.ts'

const settingsSchema = DESTINATION_SETTINGS.sftp.settings
const secretsSchema = z.object({
  password: z.string().optional(),
  privateKey: z.string().optional(),
  passphrase: z.string().optional(),
})
const TEST_FILE = '.galley-test.txt'

/** Returns a host key's fingerprint in OpenSSH's format. */
export function fingerprintOf(hostKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=$/, '')}`
}

/** Runs `work` in a session, and closes it. */
async function withSession<T>(access: Access, work: (session: Session) => Promise<T>): Promise<T> {
  const settings = settingsSchema.parse(access.settings)
  const { password, privateKey, passphrase } = secretsSchema.parse(access.secrets)
  const where = `${settings.host}:${settings.port}`
  const client = new Client()
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => {})
  // An idle connection that breaks reports only here.
  client.on('error', (error) => failed.reject(error))
  client.on('close', () => failed.reject(new DeliveryError(message('server.delivery.hung-up', { where }))))
  const stop = (): void => void client.destroy()
  try {
    const sock = await connectTo(settings.host, settings.port, {
      allowPrivate: settings.allowPrivate,
      signal: access.signal,
    })
    access.signal.addEventListener('abort', stop, { once: true })
    const ready = new Promise<void>((resolve) => client.once('ready', resolve))
    let shown = ''
    client.connect({
      sock,
      username: settings.user,
      ...(password === undefined ? {} : { password }),
      ...(privateKey === undefined ? {} : { privateKey }),
      ...(passphrase === undefined ? {} : { passphrase }),
      hostVerifier: (key: Buffer) => {
        shown = fingerprintOf(key)
        return shown === settings.hostKey.replace(/=$/, '')
      },
    })
    try {
      await Promise.race([ready, failed.promise])
    } catch (error) {
      throw refusalOf(error, settings, shown)
    }
    const sftp = await Promise.race([
      new Promise<SFTPWrapper>((resolve, reject) =>
        client.sftp((error, session) => (error === undefined ? resolve(session) : reject(error))),
      ),
      failed.promise,
    ])
    return await Promise.race([work(new Session(sftp, settings.folder)), failed.promise])
  } catch (error) {
    throw describeFailure(error, where)
  } finally {
    access.signal.removeEventListener('abort', stop)
    client.end()
  }
}

function refusalOf(error: unknown, { host, user, hostKey }: z.output<typeof settingsSchema>, shown: string): unknown {
  if (shown !== '' && shown !== hostKey.replace(/=$/, '')) {
    return new DeliveryError(message('server.delivery.host-key', { host, key: shown }), {
      permanent: true,
      cause: error,
    })
  }
  if (error instanceof Error && 'level' in error && error.level === 'client-authentication') {
    return new DeliveryError(message('server.delivery.sign-in-refused', { host, user }), {
      permanent: true,
      cause: error,
    })
  }
  return error
}

class Session {
  readonly #sftp: SFTPWrapper
  readonly #folder: string

  constructor(sftp: SFTPWrapper, folder: string) {
    this.#sftp = sftp
    this.#folder = folder
  }

  pathOf(name: string): string {
    return this.#folder === '' ? name : `${this.#folder.replace(/\/$/, '')}/${name}`
  }

  /** Returns the size in bytes; null if there is no such file. */
  size(name: string): Promise<number | null> {
    return new Promise((resolve) =>
      this.#sftp.stat(this.pathOf(name), (error, stats) => resolve(error === undefined ? stats.size : null)),
    )
  }

  /** `by` makes the temporary name unique: several destinations may share a folder and send the same picture. */
  async put(name: string, bytes: Uint8Array, by: string, { isPicture = false } = {}): Promise<void> {
    // A picture never changes. A complete one came with an earlier version, or from another destination.
    const isThere = async (): Promise<boolean> => isPicture && (await this.size(name)) === bytes.byteLength
    if (await isThere()) return
    const temporary = this.pathOf(`.${name}.${by}.part`)
    await settled((done) => this.#sftp.writeFile(temporary, Buffer.from(bytes), done))
    const to = this.pathOf(name)
    const rename = (): Promise<void> => settled((done) => this.#sftp.rename(temporary, to, done))
    try {
      // OpenSSH's extension renames over an existing file. Plain rename works if there is none.
      await settled((done) => this.#sftp.ext_openssh_rename(temporary, to, done)).catch(rename)
    } catch {
      if (await isThere()) return this.#unlink(temporary)
      await this.remove(name).catch(() => {})
      await rename()
    }
  }

  remove(name: string): Promise<void> {
    return this.#unlink(this.pathOf(name))
  }

  #unlink(path: string): Promise<void> {
    return settled((done) => this.#sftp.unlink(path, done))
  }
}

function settled(call: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error == null ? resolve() : reject(error))))
}

export const sftp: DestinationKind = {
  name: 'sftp',

  deliver: ({ id, name, text, pictures }, access) =>
    withSession(access, async (session) => {
      for (const { name: file, path } of pictures) {
        await session.put(file, await readFile(path), id, { isPicture: true })
      }
      await session.put(name, Buffer.from(text, 'utf8'), id)
      return { detail: { text: placeOf(access, session.pathOf(name)) } }
    }),

  test: (access) =>
    withSession(access, async (session) => {
      await session.put(TEST_FILE, Buffer.from('A test by Galley. You can delete it.\n'), randomUUID())
      await session.remove(TEST_FILE)
      return { detail: message('server.delivery.writable', { where: placeOf(access, session.pathOf('')) }) }
    }),
}

function placeOf({ settings }: Access, path: string): string {
  const { host, user } = settingsSchema.parse(settings)
  return `sftp://${user}@${host}/${path}`
}
