/** The newsroom's pictures: files in the data folder, named by id, that never change. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Media } from '#shared/protocol/http.ts'
import { writeDurably } from '../durable-file.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { type MeasuredPicture, measurePicture } from './pictures.ts'

export interface NewPicture {
  bytes: Buffer
  /** The name of the original file. */
  name: string
  /** Who sent it. */
  personId: string
}

export interface MediaStore {
  /**
   * Stores a picture under an id that its sender chose. The same picture sent twice is stored once; another one under the
   * same id is refused. Resolves once it is on disk.
   */
  put(id: string, picture: NewPicture): Promise<{ media: Media; created: boolean }>
  /** Resolves to the picture; null when there is none with this id. */
  find(id: string): Promise<(Media & { path: string; size: number }) | null>
}

export function createMediaStore(db: Kysely<Database>, folder: string): MediaStore {
  const find: MediaStore['find'] = async (id) => {
    const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) return null
    const { type, width, height, name, size } = row
    return { id, type, width, height, name, size, path: join(folder, id) }
  }

  /** Pictures that are being stored, by id, so that one sent twice at once is not stored twice. */
  const underWay = new Map<string, Promise<unknown>>()

  async function keep(id: string, measured: MeasuredPicture, { bytes, name, personId }: NewPicture) {
    const known = await find(id)
    if (known !== null) {
      if (!(await readFile(known.path)).equals(bytes)) {
        throw refuse('picture-id-taken')
      }
      return { media: toMedia(known), created: false }
    }
    await writeDurably(join(folder, id), bytes)
    const media: Media = { id, ...measured, name }
    await db
      .insertInto('media')
      .values({ ...media, size: bytes.length, person_id: personId, created_at: Date.now() })
      .execute()
    return { media, created: true }
  }

  return {
    find,

    async put(id, { bytes, name, personId }) {
      const measured = await measurePicture(bytes)
      while (underWay.has(id)) await underWay.get(id)
      const kept = keep(id, measured, { bytes, name, personId })
      const settled = kept.catch(() => undefined).finally(() => underWay.delete(id))
      underWay.set(id, settled)
      return kept
    },
  }
}

function toMedia({ id, type, width, height, name }: Media): Media {
  return { id, type, width, height, name }
}
