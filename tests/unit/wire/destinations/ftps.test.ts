import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ftps } from '#server/wire/destinations/ftps.ts'
import { CERTIFICATE } from './certificate.ts'
import { ftpServer } from './ftp-server.ts'
import { parcelIn, PICTURE, refusal, TEXT, access } from './parcels.ts'

const settings = (port: number, changes: object = {}) => ({
  host: 'localhost',
  port,
  user: 'wire',
  folder: 'in',
  certificate: CERTIFICATE,
  allowPrivate: true,
  ...changes,
})
const SECRETS = { password: 'secret' }

describe('FTPS', () => {
  it('writes each file under a temporary name first, the item last, and replaces existing files', async () => {
    await using server = await ftpServer()
    await using files = await parcelIn()
    await mkdir(join(server.path, 'in'))
    await writeFile(join(server.path, 'in', files.parcel.name), 'half of an earlier attempt')
    const { detail } = await ftps.deliver(files.parcel, access(settings(server.port), SECRETS))
    expect(detail).toEqual({ text: 'ftps://wire@localhost/in/story-v2.ninjs.json' })
    expect((await readdir(join(server.path, 'in'))).sort()).toEqual(['p.jpg', 'story-v2.ninjs.json'])
    expect(await readFile(join(server.path, 'in/story-v2.ninjs.json'), 'utf8')).toBe(TEXT)
    expect(await readFile(join(server.path, 'in/p.jpg'), 'utf8')).toBe(PICTURE)
    expect(server.said.filter((each) => each.startsWith('STOR'))).toEqual([
      `STOR .p.jpg.${files.parcel.id}.part`,
      `STOR .story-v2.ninjs.json.${files.parcel.id}.part`,
    ])
    await ftps.deliver(files.parcel, access(settings(server.port), SECRETS))
    expect(server.said.filter((each) => each.startsWith('STOR .p.jpg'))).toHaveLength(1)
  })

  it('reports a missing folder and a refused login', async () => {
    await using server = await ftpServer()
    await using files = await parcelIn()
    expect((await refusal(ftps.deliver(files.parcel, access(settings(server.port), SECRETS)))).message).toContain(
      'can’t be sent',
    )
    const wrong = await refusal(ftps.test(access(settings(server.port), { password: 'guessed' })))
    expect(wrong).toMatchObject({
      permanent: true,
      message: expect.stringContaining('refused to sign in wire') as string,
    })
  })

  it('rejects an untrusted certificate before sending the password', async () => {
    await using server = await ftpServer()
    const refused = await refusal(ftps.test(access(settings(server.port, { certificate: '' }), SECRETS)))
    expect(refused.message).toContain('certificate')
    expect(server.said.some((each) => each.startsWith('PASS'))).toBe(false)
  })

  it('refuses private addresses unless allowed', async () => {
    await using server = await ftpServer()
    const refused = await refusal(ftps.test(access(settings(server.port, { allowPrivate: false }), SECRETS)))
    expect(refused.message).toContain('internal network')
    expect(server.said).toEqual([])
  })

  it('tests with a file that it removes again', async () => {
    await using server = await ftpServer()
    expect((await ftps.test(access(settings(server.port, { folder: '' }), SECRETS))).detail).toMatchObject({
      id: 'server.delivery.writable',
    })
    expect(await readdir(server.path)).toEqual([])
  })
})
