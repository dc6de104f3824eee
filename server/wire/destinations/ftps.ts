/** FTP over TLS. Each file is written under a temporary name, then renamed. The item comes after its pictures. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import { Client, FTPError } from 'basic-ftp'
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import { addressesOf } from '../private-addresses.ts'
import { describeFailure } from './describe-failure.ts'
import { DeliveryError, type DestinationKind, type Access } from './destination.ts'

const settingsSchema = DESTINATION_SETTINGS.ftps.settings
const secretsSchema = z.object({ password: z.string().optional() })
const SILENCE_MS = 20_000
const TEST_FILE = '.galley-test.txt'
const NOT_LOGGED_IN = 530

/** Runs `work` in a session, and closes it. */
async function withSession<T>(access: Access, work: (client: Client) => Promise<T>): Promise<T> {
  const { host, port, user, folder, implicit, certificate, allowPrivate } = settingsSchema.parse(access.settings)
  const { password = '' } = secretsSchema.parse(access.secrets)
  // Data connections go to the same address as commands, whatever the server says.
  const client = new Client(SILENCE_MS, { allowSeparateTransferHost: false })
  const stop = (): void => client.close()
  access.signal.addEventListener('abort', stop, { once: true })
  try {
    const [found] = await addressesOf(host, allowPrivate)
    if (found === undefined) throw new DeliveryError(message('server.delivery.address-missing', { host }))
    await client.access({
      host: found.address,
      port,
      user,
      password,
      secure: implicit ? 'implicit' : true,
      secureOptions: {
        // The certificate is checked for the name, while the connection goes to the checked address.
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(certificate === '' ? {} : { ca: certificate }),
      },
    })
    if (folder !== '') await client.cd(folder)
    return await work(client)
  } catch (error) {
    if (error instanceof FTPError && error.code === NOT_LOGGED_IN) {
      throw new DeliveryError(message('server.delivery.sign-in-refused', { host, user }), {
        permanent: true,
        cause: error,
      })
    }
    throw describeFailure(error, `${host}:${port}`)
  } finally {
    access.signal.removeEventListener('abort', stop)
    client.close()
  }
}

/** `by` makes the temporary name unique: several destinations may share a folder and send the same picture. */
async function put(
  client: Client,
  name: string,
  bytes: Uint8Array,
  by: string,
  { isPicture = false } = {},
): Promise<void> {
  // A picture never changes. A complete one came with an earlier version, or from another destination.
  const isThere = async (): Promise<boolean> => isPicture && (await sizeOf(client, name)) === bytes.byteLength
  if (await isThere()) return
  const temporary = `.${name}.${by}.part`
  await client.uploadFrom(Readable.from([Buffer.from(bytes)]), temporary)
  try {
    await client.rename(temporary, name)
  } catch (error) {
    // Some servers cannot rename over an existing file.
    if (!(error instanceof FTPError)) throw error
    if (await isThere()) {
      await client.remove(temporary, true)
      return
    }
    await client.remove(name, true)
    await client.rename(temporary, name)
  }
}

async function sizeOf(client: Client, name: string): Promise<number | null> {
  try {
    return await client.size(name)
  } catch (error) {
    if (error instanceof FTPError) return null
    throw error
  }
}

export const ftps: DestinationKind = {
  name: 'ftps',

  deliver: ({ id, name, text, pictures }, access) =>
    withSession(access, async (client) => {
      for (const { name: file, path } of pictures) {
        await put(client, file, await readFile(path), id, { isPicture: true })
      }
      await put(client, name, Buffer.from(text, 'utf8'), id)
      return { detail: { text: placeOf(access, name) } }
    }),

  test: (access) =>
    withSession(access, async (client) => {
      await put(client, TEST_FILE, Buffer.from('A test by Galley. You can delete it.\n'), randomUUID())
      await client.remove(TEST_FILE)
      return { detail: message('server.delivery.writable', { where: placeOf(access, '') }) }
    }),
}

function placeOf({ settings }: Access, name: string): string {
  const { host, user, folder } = settingsSchema.parse(settings)
  return `ftps://${user}@${host}/${folder === '' ? '' : `${folder.replace(/\/$/, '')}/`}${name}`
}
