import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMediaStore, type MediaStore } from '#server/media/media-store.ts'
import { createPictureReader, type PictureReader } from '#server/media/picture-reader.ts'
import { preparePicture } from '#server/media/pictures.ts'
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

const measure = async (bytes: Buffer) => (await preparePicture(bytes)).measured

describe('measuring a picture', () => {
  it.each([
    ['image/jpeg', () => plain().jpeg().toBuffer()],
    ['image/png', () => plain().png().toBuffer()],
    ['image/webp', () => plain().webp().toBuffer()],
    ['image/gif', () => plain().gif().toBuffer()],
    ['image/avif', () => plain().avif().toBuffer()],
  ])('recognises %s by its bytes', async (type, make) => {
    expect(await measure(await make())).toEqual({ type, width: 30, height: 20 })
  })

  it('returns the size as shown, not as the camera held it', async () => {
    const turned = await plain().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await measure(turned)).toEqual({ type: 'image/jpeg', width: 20, height: 30 })
  })

  it.each([
    ['text', () => Promise.resolve(Buffer.from('no picture at all'))],
    ['nothing', () => Promise.resolve(Buffer.alloc(0))],
    ['SVG', () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))],
    ['TIFF', () => plain().tiff().toBuffer()],
    [
      'a page named as a picture',
      () => Promise.resolve(Buffer.from('\xff\xd8\xff<script>alert(1)</script>', 'latin1')),
    ],
  ])('refuses %s', async (_what, make) => {
    expect(await code(measure(await make()))).toMatch(/^(not-a-picture|picture-format|picture-damaged)$/)
  })

  it('refuses a truncated picture', async () => {
    const noise = await sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg()
      .toBuffer()
    expect(await code(measure(noise.subarray(0, noise.length / 2)))).toBe('picture-damaged')
  })

  it('refuses animations by the pixels of all their frames, and AVIF by fewer pixels', async () => {
    const frames = Buffer.concat([50, 120, 190].map((grey) => Buffer.alloc(30 * 20 * 3, grey)))
    const gif = await sharp(frames, { raw: { width: 30, height: 60, channels: 3, pageHeight: 20 } })
      .gif()
      .toBuffer()
    expect((await sharp((await preparePicture(gif)).rendition).metadata()).pages).toBe(3)
    expect(await code(preparePicture(gif, 1_000))).toBe('picture-too-large')
    const avif = await plain().avif().toBuffer()
    const size = avif.indexOf('ispe') + 8
    avif.writeUInt32BE(6_000, size)
    avif.writeUInt32BE(6_000, size + 4)
    expect(await code(measure(avif))).toBe('picture-too-large')
  })

  it('refuses a small file that unpacks to a huge picture', async () => {
    const bomb = withSize(await plain().png().toBuffer(), 20_000, 6_000)
    expect(await code(measure(bomb))).toBe('picture-too-large')
  })
})

describe('the rendition of a picture', () => {
  const XMP =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"' +
    ' xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" photoshop:Credit="Maria/Agency" aux:SerialNumber="SECRET">' +
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Amery &amp; Co</rdf:li></rdf:Alt></dc:rights>' +
    '<dc:creator><rdf:Seq><rdf:li>SECRET</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>'
  const taken = () =>
    plain()
      .withMetadata({ orientation: 6 })
      .withExif({
        IFD0: { Artist: 'SECRET', Model: 'SECRET', Orientation: '6' },
        IFD2: { BodySerialNumber: 'SECRET', MakerNote: 'SECRET' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 10/1 0/1' },
      })
      .withXmp(XMP)

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'is upright, and has rights and credit and nothing else: %s',
    async (format) => {
      const original = await taken()[format]().toBuffer()
      expect(original.includes('SECRET')).toBe(true)
      const { measured, rendition } = await preparePicture(original)
      expect(measured).toMatchObject({ width: 20, height: 30 })
      expect(rendition.includes('SECRET')).toBe(false)
      const { width, height, orientation, exif, icc, iptc, xmp } = await sharp(rendition).metadata()
      expect({ width, height, orientation, exif, icc, iptc }).toEqual({ width: 20, height: 30 })
      expect(xmp?.toString()).toContain('>© 2026 Amery &amp; Co<')
      expect(xmp?.toString()).toContain('<photoshop:Credit>Maria/Agency</photoshop:Credit>')
    },
  )

  it('has no comments, no text, and nothing that stands behind the picture', async () => {
    const [jpeg, png] = [await plain().jpeg().toBuffer(), await plain().png().toBuffer()]
    const comment = Buffer.from('\xff\xfe\x00\x08SECRET', 'latin1')
    const text = Buffer.from('\0\0\0\x0etEXtComment\0SECRET\0\0\0\0', 'latin1')
    text.writeUInt32BE(crc32(text.subarray(4, -4)), text.length - 4)
    const originals = [
      Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
      Buffer.concat([jpeg, Buffer.from('<script>SECRET</script>')]),
      Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]),
    ]
    for (const original of originals) {
      const { rendition } = await preparePicture(original)
      expect([original.includes('SECRET'), rendition.includes('SECRET')]).toEqual([true, false])
    }
  })

  it('has the rights of old IPTC records', async () => {
    const record = (dataset: number, said: string) =>
      Buffer.concat([Buffer.from([0x1c, 2, dataset, 0, said.length]), Buffer.from(said, 'latin1')])
    const iim = Buffer.concat([record(80, 'SECRET'), record(110, 'Agency'), record(116, '(c) Amery')])
    const about = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1')
    about.writeUInt32BE(iim.length, about.length - 4)
    const even = iim.length % 2 === 0 ? Buffer.alloc(0) : Buffer.alloc(1)
    const segment = Buffer.concat([Buffer.from([0xff, 0xed, 0, 0]), about, iim, even])
    segment.writeUInt16BE(segment.length - 2, 2)
    const jpeg = await plain().jpeg().toBuffer()
    const { rendition } = await preparePicture(Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]))
    const xmp = (await sharp(rendition).metadata()).xmp?.toString()
    expect(xmp).toContain('>(c) Amery<')
    expect(xmp).toContain('>Agency<')
    expect(rendition.includes('SECRET')).toBe(false)
  })
})

describe('the media store', () => {
  let newsroom: TestStore
  let media: MediaStore
  let folder: string
  let reader: PictureReader
  beforeAll(async () => {
    newsroom = await testStore()
    folder = join(newsroom.folder, 'media')
    await mkdir(folder)
    reader = createPictureReader()
    media = createMediaStore(newsroom.db, folder, reader)
  })
  afterAll(async () => {
    await reader.close()
    await newsroom[Symbol.asyncDispose]()
  })

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

    const nowhere = createMediaStore(newsroom.db, join(newsroom.folder, 'gone'), reader)
    const id = randomUUID()
    const bytes = await plain().jpeg().toBuffer()
    await expect(nowhere.put(id, { bytes, name: 'a.jpg', personId: newsroom.reporter.id })).rejects.toThrow('ENOENT')
    expect(await media.find(id)).toBeNull()
    // It can be sent again once the disk works.
    expect((await put(id, bytes)).created).toBe(true)
  })

  it('makes the rendition of a picture again when it is missing', async () => {
    const id = randomUUID()
    const bytes = await plain().jpeg().toBuffer()
    await put(id, bytes)
    const { rendition } = await preparePicture(bytes)
    await rm(join(folder, 'renditions'), { recursive: true })
    const all = await Promise.all([media.rendition(id), media.rendition(id)])
    for (const found of all) {
      expect(found).toMatchObject({ type: 'image/jpeg', size: rendition.length })
      expect(await readFile(found?.path ?? '')).toEqual(rendition)
    }
    expect(await media.rendition(randomUUID())).toBeNull()
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
