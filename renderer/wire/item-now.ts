import type { Article } from '#shared/article/article.ts'
import type { Story } from '#shared/story/story.ts'
import { wireItem } from '#shared/wire/from-article.ts'
import type { WireItem } from '#shared/wire/item.ts'

/** The data of an item beside the article. */
export type ItemStory = Pick<
  Story,
  'id' | 'slug' | 'language' | 'publishedVersion' | 'publishedAt' | 'changedAt' | 'deskId'
>

/**
 * Returns the wire item that publishing now would create. Its times are those of the last change, so that it is stable.
 */
export function itemNow(article: Article, story: ItemStory, provider: string): WireItem {
  return wireItem(article, {
    storyId: story.id,
    slug: article.meta.slug ?? story.slug,
    language: article.meta.language ?? story.language,
    version: (story.publishedVersion ?? 0) + 1,
    kind: story.publishedVersion === null ? 'new' : 'update',
    firstPublished: story.publishedAt ?? story.changedAt,
    versionCreated: story.changedAt,
    provider,
  })
}
