/** Makes parcels of frozen items. */
import { message } from '#shared/messages/message.ts'
import { findFormat } from '#shared/wire/formats/index.ts'
import type { RenderedItem, WireItem } from '#shared/wire/item.ts'
import type { MediaStore } from '../media/media-store.ts'
import { MessageError } from '../message-error.ts'
import type { Store } from '../store/store.ts'
import type { Claimed } from './claim.ts'
import type { Parcel } from './destinations/destination.ts'
import { readItem } from './last-out.ts'

/** The number of rendered versions to cache: one that goes to many destinations at once is rendered once. */
const MOST_KEPT = 64

/** Rejects with an Error that says what is missing. */
export function createParcels(store: Store, media: MediaStore): (delivery: Claimed) => Promise<Parcel> {
  const kept = new Map<string, { item: WireItem; rendered: RenderedItem }>()

  async function render({ story_id, version, format: name }: Claimed) {
    const key = `${story_id} ${version} ${name}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const format = findFormat(name)
    if (format === undefined) throw new MessageError(message('server.delivery.format-unknown', { format: name }))
    const { item: text } = await store.db
      .selectFrom('publications')
      .select('item')
      .where('story_id', '=', story_id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    const item = readItem(text)
    const made = { item, rendered: format.write(item) }
    const [oldest] = kept.keys()
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    kept.set(key, made)
    return made
  }

  return async (delivery) => {
    const { item, rendered } = await render(delivery)
    const pictures = []
    // A kill has no pictures.
    for (const { mediaId, href } of item.kind === 'kill' ? [] : item.pictures) {
      const found = await media.rendition(mediaId)
      if (found === null) throw new MessageError(message('server.delivery.picture-missing', { name: href }))
      pictures.push({ name: href, type: found.type, path: found.path })
    }
    const { text, contentType, extension } = rendered
    const name = `${delivery.story_id}-v${delivery.version}.${extension}`
    return { id: delivery.id, name, text, contentType, item, pictures }
  }
}
