/**
 * Takes a database of version 2, which kept the queue as one row, to version 3, which has a row for each story. Stories that
 * were made here and not sent yet are in the outbox, which stays as it is.
 */
import { z } from 'zod'
import { idSchema } from '#shared/story/story.ts'
import type { Upgrade } from './upgrade-from-version-1.ts'

const cachedSchema = z.array(z.looseObject({ id: idSchema }))

export async function upgradeFromVersion2(tx: Upgrade): Promise<void> {
  const cache = tx.objectStore('cache')
  const stories = cachedSchema.safeParse(await cache.get('stories')).data ?? []
  await Promise.all([
    ...stories.map((story) => tx.objectStore('stories').put(story, story.id)),
    cache.delete('stories'),
  ])
}
