/**
 * The newsroom's pictures: files in the data folder, named by id, that never change. Beside each is its rendition, which
 * is all that leaves the newsroom; it can be made again at any time.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Kysely } from 'kysely'
import type { Media } from '#shared/protocol/http.ts'
import { syncFile, syncFolder, unfinishedName, writeDurably } from '../durable-file.ts'
import { errorCode } from '../error-code.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { MOST_BYTES } from './picture-limits.ts'
import type { PictureReader } from './picture-reader.ts'

export interface NewPicture {
  bytes: Uint8Array | AsyncIterable<Uint8Array>
  /** The name of the original file. */
  name: string
  /** Who sent it. */
  personId: string
}

/** A picture's file. */
export interface PictureFile {
  path: string
  size: number
}

export type FoundPicture = Media & PictureFile

export interface MediaStore {
  /**
   * Stores a picture under an id that its sender chose. The same picture sent twice is stored once; another one under the
   * same id is refused. Resolves once it is on disk.
   */
  put(id: string, picture: NewPicture): Promise<{ media: Media; created: boolean }>
  /** Resolves to the original, which stays in the newsroom; null when there is none with this id. */
  find(id: string): Promise<FoundPicture | null>
  /** Resolves to the picture as it is delivered and shown to readers; null when there is none with this id. */
  rendition(id: string): Promise<FoundPicture | null>
}

const RENDITIONS = 'renditions'
/** Part of each rendition's name. A change of what renditions hold raises it, and all are made again. */
export const RENDITION_VERSION = 1

export function createMediaStore(
  db: Kysely<Database>,
  folder: string,
  reader: Pick<PictureReader, 'prepare'>,
): MediaStore {
  const find: MediaStore['find'] = async (id) => {
    const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) return null
    const { type, width, height, name, size } = row
    return { id, type, width, height, name, size, path: join(folder, id) }
  }
  const renditionPath = (id: string): string => join(folder, RENDITIONS, `${id}.${RENDITION_VERSION}`)

  /** Pictures that are being stored, by id, so that one sent twice at once is not stored twice. */
  const underWay = new Map<string, Promise<unknown>>()
  /** Renditions that are being made, by id. */
  const rendering = new Map<string, Promise<void>>()

  async function receive(bytes: NewPicture['bytes'], path: string): Promise<number> {
    let size = 0
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        if (size > MOST_BYTES) done(refuse('too-large'))
        else done(null, chunk)
      },
    })
    await pipeline(bytes instanceof Uint8Array ? Readable.from([bytes]) : bytes, count, createWriteStream(path))
    return size
  }

  async function writeRendition(id: string, bytes: Uint8Array): Promise<void> {
    await mkdir(join(folder, RENDITIONS), { recursive: true })
    await writeDurably(renditionPath(id), bytes)
  }

  /** Stores the file that was received under the picture's name. */
  async function keep(
    id: string,
    received: PictureFile,
    { name, personId }: Pick<NewPicture, 'name' | 'personId'>,
  ): Promise<{ media: Media; created: boolean }> {
    const known = await find(id)
    if (known !== null) {
      if (known.size === received.size && (await areSame(known.path, received.path))) {
        return { media: toMedia(known), created: false }
      }
      throw refuse('picture-id-taken')
    }
    const { measured, rendition } = await reader.prepare(received.path, personId)
    await writeRendition(id, rendition)
    await syncFile(received.path)
    await rename(received.path, join(folder, id))
    await syncFolder(folder)
    const media: Media = { id, ...measured, name }
    await db
      .insertInto('media')
      .values({ ...media, size: received.size, person_id: personId, created_at: Date.now() })
      .execute()
    return { media, created: true }
  }

  return {
    find,

    async put(id, { bytes, ...about }) {
      const path = join(folder, unfinishedName(randomUUID()))
      try {
        const size = await receive(bytes, path)
        while (underWay.has(id)) await underWay.get(id)
        const kept = keep(id, { path, size }, about)
        const settled = kept.catch(() => undefined).finally(() => underWay.delete(id))
        underWay.set(id, settled)
        return await kept
      } finally {
        await rm(path, { force: true })
      }
    },

    async rendition(id) {
      const picture = await find(id)
      if (picture === null) return null
      const path = renditionPath(id)
      const made = await sizeOf(path)
      if (made !== null) return { ...picture, path, size: made }
      const making =
        rendering.get(id) ??
        reader
          .prepare(picture.path, 'renditions')
          .then(({ rendition }) => writeRendition(id, rendition))
          .finally(() => rendering.delete(id))
      rendering.set(id, making)
      await making
      return { ...picture, path, size: (await stat(path)).size }
    },
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Returns whether two files of the same size have the same bytes. */
async function areSame(path: string, other: string): Promise<boolean> {
  const others = createReadStream(other)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const next = await others.next()
    // Both streams read files in pieces of the same length.
    if (next.done === true || !chunk.equals(next.value)) return false
  }
  return true
}

function toMedia({ id, type, width, height, name }: Media): Media {
  return { id, type, width, height, name }
}
