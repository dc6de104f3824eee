/** Keeps what the queue shows of a story (slug, headline, words, language) the same as its document. */
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import { articleWords, plainText } from '#shared/article/text.ts'
import { searchText } from '#shared/story/search.ts'
import { slugSchema, type Story } from '#shared/story/story.ts'
import { groupCommit } from '../store/group-commit.ts'
import { readHeads } from '../store/heads.ts'
import type { Database } from '../store/schema.ts'
import { contentHash } from './content-hash.ts'
import { getStory } from './stories.ts'

export interface ReadModel {
  /** Updates the story's record after the relay has stored changes to the story. */
  stored: (storyId: string) => Promise<void>
  /** Updates the stories that changed while no server was running to update them. */
  catchUp: () => Promise<void>
}

/** Limits the reads of a story that keeps changing; each later change causes another read. */
const MAX_READS = 3
/** The shortest time between two commits. Many stories change each second, and none of these writes is urgent. */
const COMMIT_MS = 100

interface Options {
  db: Kysely<Database>
  readArticle: (storyId: string) => Promise<Article>
  changed: (story: Story) => void
  /** True if other nodes write to the same database. */
  shared?: boolean
}

export function createReadModel({ db, readArticle, changed, shared = false }: Options): ReadModel {
  const write = groupCommit({ db, shared }, COMMIT_MS)

  async function stored(storyId: string): Promise<void> {
    if (shared) await updateUntilCurrent(storyId)
    else await update(storyId)
    changed(await getStory(db, storyId))
  }

  /** If two nodes update at once, the one with the older document may write last. It then finds newer rows in the log. */
  async function updateUntilCurrent(storyId: string): Promise<void> {
    let read: number | undefined
    for (let reads = 0; reads < MAX_READS; reads++) {
      const head = (await readHeads(db, [storyId])).get(storyId)
      if (head === read) return
      read = head
      await update(storyId)
    }
  }

  async function update(storyId: string): Promise<void> {
    const article = await readArticle(storyId)
    const headline = plainText(article.headline)
    const slug = slugSchema.safeParse(article.meta.slug).data ?? (await recordedSlug(storyId))
    const shown = {
      slug,
      headline,
      search: searchText({ slug, headline }),
      words: articleWords(article),
      content_hash: contentHash(article),
      changed_at: Date.now(),
      ...(article.meta.language === undefined ? {} : { language: article.meta.language }),
    }
    await write((trx) => trx.updateTable('stories').set(shown).where('id', '=', storyId).execute())
  }

  /** A document without a usable slug leaves the story the one it has. */
  async function recordedSlug(storyId: string): Promise<string> {
    return (await db.selectFrom('stories').select('slug').where('id', '=', storyId).executeTakeFirstOrThrow()).slug
  }

  /** Stories of a database that is older than the column are found by words from the first start on. */
  async function indexForSearch(): Promise<void> {
    const missing = await db.selectFrom('stories').select(['id', 'slug', 'headline']).where('search', '=', '').execute()
    await Promise.all(
      missing.map(({ id, ...story }) =>
        write((trx) =>
          trx
            .updateTable('stories')
            .set({ search: searchText(story) })
            .where('id', '=', id)
            .where('search', '=', '')
            .execute(),
        ),
      ),
    )
  }

  return {
    stored,

    async catchUp() {
      await indexForSearch()
      const behind = await db
        .selectFrom('stories')
        .innerJoin('log', 'log.story_id', 'stories.id')
        .select('stories.id')
        .whereRef('log.at', '>', 'stories.changed_at')
        .distinct()
        .execute()
      for (const { id } of behind) await stored(id)
    },
  }
}
