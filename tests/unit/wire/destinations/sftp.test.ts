import { generateKeyPairSync } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import ssh2, { type Connection } from 'ssh2'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, sftp } from '#server/wire/destinations/sftp.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { parcelIn, PICTURE, refusal, TEXT, access } from './parcels.ts'

const { Server, utils } = ssh2
const { OPEN_MODE, STATUS_CODE } = utils.sftp
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})
const parsed = utils.parseKey(privateKey)
if (parsed instanceof Error) throw parsed
const HOST_KEY = fingerprintOf(parsed.getPublicSSH())

/** An SFTP server over a folder. Like many, it cannot rename over an existing file, and has no OpenSSH extensions. */
async function sftpServer() {
  const folder = await tempFolder()
  const said: string[] = []
  const connections = new Set<Connection>()
  const server = new Server({ hostKeys: [privateKey] }, (client) => {
    connections.add(client)
    client.on('error', () => {})
    client.on('close', () => connections.delete(client))
    client.on('authentication', (asked) => {
      if (asked.method === 'password' && asked.username === 'wire' && asked.password === 'secret') asked.accept()
      else asked.reject(['password'])
    })
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        const session = acceptSftp()
        const files = new Map<number, FileHandle>()
        const at = (path: string) => join(folder.path, path)
        const answer = (request: number, work: Promise<unknown>) =>
          void work.then(
            () => session.status(request, STATUS_CODE.OK),
            () => session.status(request, STATUS_CODE.FAILURE),
          )
        session.on('OPEN', (request, path, flags) => {
          said.push(`open ${path}`)
          void open(at(path), (flags & OPEN_MODE.WRITE) === 0 ? 'r' : 'w').then(
            (file) => {
              files.set(file.fd, file)
              const handle = Buffer.alloc(4)
              handle.writeUInt32BE(file.fd)
              session.handle(request, handle)
            },
            () => session.status(request, STATUS_CODE.NO_SUCH_FILE),
          )
        })
        session.on('WRITE', (request, handle, offset, data) => {
          answer(
            request,
            files.get(handle.readUInt32BE(0))?.write(data, 0, data.length, offset) ?? Promise.reject(new Error()),
          )
        })
        session.on('FSETSTAT', (request) => session.status(request, STATUS_CODE.OK))
        session.on('CLOSE', (request, handle) => {
          answer(request, files.get(handle.readUInt32BE(0))?.close() ?? Promise.reject(new Error()))
        })
        session.on('STAT', (request, path) => {
          void stat(at(path)).then(
            ({ size, mode, uid, gid, atimeMs, mtimeMs }) =>
              session.attrs(request, { size, mode, uid, gid, atime: atimeMs / 1000, mtime: mtimeMs / 1000 }),
            () => session.status(request, STATUS_CODE.NO_SUCH_FILE),
          )
        })
        session.on('RENAME', (request, from, to) => {
          said.push(`rename ${to}`)
          const there = stat(at(to)).then(
            () => Promise.reject(new Error('It is there')),
            () => rename(at(from), at(to)),
          )
          answer(request, there)
        })
        session.on('REMOVE', (request, path) => answer(request, rm(at(path))))
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    path: folder.path,
    said,
    port,
    async [Symbol.asyncDispose]() {
      for (const connection of connections) connection.end()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await folder.remove()
    },
  }
}

const settings = (port: number, changes: object = {}) => ({
  host: '127.0.0.1',
  port,
  user: 'wire',
  folder: 'in',
  hostKey: HOST_KEY,
  allowPrivate: true,
  ...changes,
})
const SECRETS = { password: 'secret' }

describe('SFTP', () => {
  it('writes each file under a temporary name first, the item last, and replaces existing files', async () => {
    await using server = await sftpServer()
    await using files = await parcelIn()
    await mkdir(join(server.path, 'in'))
    await writeFile(join(server.path, 'in', files.parcel.name), 'half of an earlier attempt')
    const { detail } = await sftp.deliver(files.parcel, access(settings(server.port), SECRETS))
    expect(detail).toEqual({ text: 'sftp://wire@127.0.0.1/in/story-v2.ninjs.json' })
    expect((await readdir(join(server.path, 'in'))).sort()).toEqual(['p.jpg', 'story-v2.ninjs.json'])
    expect(await readFile(join(server.path, 'in/story-v2.ninjs.json'), 'utf8')).toBe(TEXT)
    expect(await readFile(join(server.path, 'in/p.jpg'), 'utf8')).toBe(PICTURE)
    expect(server.said.filter((each) => each.startsWith('open'))).toEqual([
      `open in/.p.jpg.${files.parcel.id}.part`,
      `open in/.story-v2.ninjs.json.${files.parcel.id}.part`,
    ])
    await sftp.deliver(files.parcel, access(settings(server.port), SECRETS))
    expect(server.said.filter((each) => each.startsWith('open in/.p.jpg'))).toHaveLength(1)
  })

  it('keeps a picture when two deliveries to one folder send it at once', async () => {
    await using server = await sftpServer()
    await using files = await parcelIn()
    await mkdir(join(server.path, 'in'))
    await Promise.all(
      ['one', 'another'].map((id) =>
        sftp.deliver({ ...files.parcel, id, name: `${id}.json` }, access(settings(server.port), SECRETS)),
      ),
    )
    expect((await readdir(join(server.path, 'in'))).sort()).toEqual(['another.json', 'one.json', 'p.jpg'])
  })

  it('reports a missing folder and a refused login', async () => {
    await using server = await sftpServer()
    await using files = await parcelIn()
    expect((await refusal(sftp.deliver(files.parcel, access(settings(server.port), SECRETS)))).message).not.toBe(
      'taken',
    )
    const wrong = await refusal(sftp.test(access(settings(server.port), { password: 'guessed' })))
    expect(wrong).toMatchObject({
      permanent: true,
      message: expect.stringContaining('refused to sign in wire') as string,
    })
    expect(wrong.message).not.toContain('guessed')
  })

  it('rejects another host key before sending the password', async () => {
    await using server = await sftpServer()
    const other = { hostKey: `SHA256:${'A'.repeat(43)}` }
    const refused = await refusal(sftp.test(access(settings(server.port, other), SECRETS)))
    expect(refused).toMatchObject({ permanent: true, message: expect.stringContaining(HOST_KEY) as string })
  })

  it('refuses private addresses unless allowed', async () => {
    await using server = await sftpServer()
    const refused = await refusal(sftp.test(access(settings(server.port, { allowPrivate: false }), SECRETS)))
    expect(refused.message).toContain('internal network')
  })

  it('tests with a file that it removes again', async () => {
    await using server = await sftpServer()
    expect((await sftp.test(access(settings(server.port, { folder: '' }), SECRETS))).detail).toMatchObject({
      id: 'server.delivery.writable',
    })
    expect(await readdir(server.path)).toEqual([])
  })

  it('stops when aborted', async () => {
    await using server = await sftpServer()
    const stopped = AbortSignal.abort()
    expect((await refusal(sftp.test(access(settings(server.port), SECRETS, stopped)))).message).not.toBe('taken')
  })
})
