import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { seedStory } from '#shared/article/seed.ts'
import { writeArticle } from '#shared/article/write.ts'
import { slugSchema } from '#shared/story/story.ts'
import { articleOf } from '#shared/wire/reading/article.ts'
import type { ReadItem } from '#shared/wire/reading/read-item.ts'

const LONGEST_SLUG = 80

/** Returns the Yjs update that turns a new story into this item's article. */
export function changesFor(json: string): Uint8Array {
  const item = JSON.parse(json) as ReadItem
  const doc = new Y.Doc()
  seedStory(doc)
  const seed = Y.encodeStateVector(doc)
  writeArticle(doc, articleOf({ ...item, slug: slugFor(item) }, randomUUID))
  const changes = Y.encodeStateAsUpdate(doc, seed)
  doc.destroy()
  return changes
}

/** Returns the item's own slug, or one from the first words of its headline. */
export function slugFor({ slug, headline }: Pick<ReadItem, 'headline'> & { slug?: string }): string {
  const words =
    (slug ?? '').trim() === ''
      ? headline
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u)
          .filter(Boolean)
          .slice(0, 4)
          .join('-')
      : (slug ?? '')
  const line = words
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_SLUG)
    .toWellFormed()
    .trim()
  return slugSchema.safeParse(line).data ?? 'intake'
}
