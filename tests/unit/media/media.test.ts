import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMediaStore, type MediaStore } from '#server/media/media-store.ts'
import { measurePicture } from '#server/media/pictures.ts'
import { type TestStore, testStore } from '../server/test-store.ts'

const plain = (width = 30, height = 20) => sharp({ create: { width, height, channels: 3, background: '#a63b3b' } })
/** Returns a PNG whose header claims another size. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(width, 16)
  bomb.writeUInt32BE(height, 20)
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
  return bomb
}
const code = (refused: Promise<unknown>) =>
  refused.then(
    () => 'taken',
    (error: unknown) => (error as { code?: string }).code,
  )

describe('measuring a picture', () => {
  it.each([
    ['image/jpeg', () => plain().jpeg().toBuffer()],
    ['image/png', () => plain().png().toBuffer()],
    ['image/webp', () => plain().webp().toBuffer()],
    ['image/gif', () => plain().gif().toBuffer()],
    ['image/avif', () => plain().avif().toBuffer()],
  ])('recognises %s by its bytes', async (type, make) => {
    expect(await measurePicture(await make())).toEqual({ type, width: 30, height: 20 })
  })

  it('returns the size as shown, not as the camera held it', async () => {
    const turned = await plain().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await measurePicture(turned)).toEqual({ type: 'image/jpeg', width: 20, height: 30 })
  })

  it.each([
    ['text', 'not-a-picture', () => Promise.resolve(Buffer.from('no picture at all'))],
    ['nothing', 'not-a-picture', () => Promise.resolve(Buffer.alloc(0))],
    [
      'SVG',
      'picture-format',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
    ],
    ['TIFF', 'picture-format', () => plain().tiff().toBuffer()],
    [
      'a page named as a picture',
      'not-a-picture',
      () => Promise.resolve(Buffer.from('\xff\xd8\xff<script>alert(1)</script>', 'latin1')),
    ],
  ])('refuses %s', async (_what, refusal, make) => {
    expect(await code(measurePicture(await make()))).toBe(refusal)
  })

  it('refuses a truncated picture', async () => {
    const noise = await sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg()
      .toBuffer()
    expect(await code(measurePicture(noise.subarray(0, noise.length / 2)))).toBe('picture-damaged')
  })

  it('refuses a small file that unpacks to a huge picture', async () => {
    const bomb = withSize(await plain().png().toBuffer(), 20_000, 6_000)
    expect(await code(measurePicture(bomb))).toBe('picture-too-large')
  })
})

describe('the media store', () => {
  let newsroom: TestStore
  let media: MediaStore
  let folder: string
  beforeAll(async () => {
    newsroom = await testStore()
    folder = join(newsroom.folder, 'media')
    await mkdir(folder)
    media = createMediaStore(newsroom.db, folder)
  })
  afterAll(() => newsroom[Symbol.asyncDispose]())

  const put = (id: string, bytes: Buffer) => media.put(id, { bytes, name: 'a.jpg', personId: newsroom.reporter.id })

  it('stores a picture once, however often it is sent [H4]', async () => {
    const id = randomUUID()
    const bytes = await plain().jpeg().toBuffer()
    const outcomes = await Promise.all([put(id, bytes), put(id, bytes), put(id, bytes)])
    expect(outcomes.map(({ created }) => created).filter(Boolean)).toHaveLength(1)
    expect(outcomes[0].media).toEqual({ id, type: 'image/jpeg', width: 30, height: 20, name: 'a.jpg' })
    const found = await media.find(id)
    expect(await readFile(found?.path ?? '')).toEqual(bytes)
  })

  it('never changes a stored picture', async () => {
    const id = randomUUID()
    const first = await plain().jpeg().toBuffer()
    await put(id, first)
    expect(await code(put(id, await plain(9, 9).jpeg().toBuffer()))).toBe('picture-id-taken')
    expect(await readFile((await media.find(id))?.path ?? '')).toEqual(first)
  })

  it('leaves nothing behind when it refuses a picture or the disk fails', async () => {
    const before = await readdir(folder)
    expect(await code(put(randomUUID(), Buffer.from('no picture')))).toBe('not-a-picture')
    expect(await readdir(folder)).toEqual(before)

    const nowhere = createMediaStore(newsroom.db, join(newsroom.folder, 'gone'))
    const id = randomUUID()
    const bytes = await plain().jpeg().toBuffer()
    await expect(nowhere.put(id, { bytes, name: 'a.jpg', personId: newsroom.reporter.id })).rejects.toThrow('ENOENT')
    expect(await media.find(id)).toBeNull()
    // It can be sent again once the disk works.
    expect((await put(id, bytes)).created).toBe(true)
  })

  it('accepts a picture again whose bytes were lost before its row was written', async () => {
    const id = randomUUID()
    const bytes = await plain().png().toBuffer()
    await put(id, bytes)
    await newsroom.db.deleteFrom('media').where('id', '=', id).execute()
    await rm(join(folder, id))
    expect((await put(id, bytes)).created).toBe(true)
  })
})
