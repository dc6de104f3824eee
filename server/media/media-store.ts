/** The newsroom's pictures: files in the data folder, named by their ids, never changed once they are there. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Media } from '#shared/protocol/http.ts'
import { writeDurably } from '../durable-file.ts'
import { Refusal } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { type MeasuredPicture, measurePicture } from './pictures.ts'

export interface NewPicture {
  bytes: Buffer
  /** The name of the file it came from. */
  name: string
  /** Who sent it. */
  personId: string
}

export interface MediaStore {
  /**
   * Keeps a picture under an id that its sender chose. The same picture sent twice is kept once; another one under the
   * same id is refused. Returns after it is on disk.
   */
  put(id: string, picture: NewPicture): Promise<{ media: Media; created: boolean }>
  /** The picture, or null when there is none of this id. */
  find(id: string): Promise<(Media & { path: string; size: number }) | null>
}

export function createMediaStore(db: Kysely<Database>, folder: string): MediaStore {
  const find: MediaStore['find'] = async (id) => {
    const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) return null
    const { type, width, height, name, size } = row
    return { id, type, width, height, name, size, path: join(folder, id) }
  }

  /** By id: what is being kept at the moment, so that the same picture sent twice at once is not kept twice. */
  const underWay = new Map<string, Promise<unknown>>()

  async function keep(id: string, measured: MeasuredPicture, { bytes, name, personId }: NewPicture) {
    const known = await find(id)
    if (known !== null) {
      if (!(await readFile(known.path)).equals(bytes)) {
        throw new Refusal('conflict', 'There is already another picture with this id. Add the picture again.')
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
