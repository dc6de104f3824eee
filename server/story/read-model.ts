/** Keeps what the queue shows of a story (slug, headline, words, language) the same as its document. */
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import { articleWords } from '#shared/article/text.ts'
import { searchText } from '#shared/story/search.ts'
import { slugSchema } from '#shared/story/story.ts'
import type { PublishEvents } from '../newsroom-event.ts'
import { groupCommit } from '../store/group-commit.ts'
import { readHeads } from '../store/heads.ts'
import type { Database } from '../store/schema.ts'
import { contentHash } from './content-hash.ts'
import { headlineOf, languageOf } from './listed.ts'

export interface ReadModel {
  /** Updates the story's record after the relay has stored changes to the story. */
  stored: (storyId: string) => Promise<void>
  /** The same after a publication, which may have overtaken an update. Writes and reports only a change. */
  readAgain: (storyId: string) => Promise<void>
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
  publish: PublishEvents
  /** True if other nodes write to the same database. */
  shared?: boolean
}

export function createReadModel({ db, readArticle, publish, shared = false }: Options): ReadModel {
  const write = groupCommit({ db, shared }, COMMIT_MS)

  async function stored(storyId: string): Promise<void> {
    if (shared) await updateUntilCurrent(storyId)
    else await update(storyId)
    await report(storyId)
  }

  function report(storyId: string): Promise<void> {
    return publish([{ type: 'story-edited', storyId, by: null, at: Date.now() }])
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

  /** Returns whether anything was written. */
  async function update(storyId: string, onlyChanges = false): Promise<boolean> {
    const article = await readArticle(storyId)
    const headline = headlineOf(article)
    const language = languageOf(article)
    const slug = slugSchema.safeParse(article.meta.slug).data ?? (await recordedSlug(storyId))
    const shown = {
      slug,
      headline,
      search: searchText({ slug, headline }),
      words: articleWords(article),
      content_hash: contentHash(article),
      changed_at: Date.now(),
      ...(language === null ? {} : { language }),
    }
    const { numUpdatedRows } = await write((trx) =>
      trx
        .updateTable('stories')
        .set(shown)
        .where('id', '=', storyId)
        .$if(onlyChanges, (query) => query.where('content_hash', 'is distinct from', shown.content_hash))
        .executeTakeFirstOrThrow(),
    )
    return numUpdatedRows > 0n
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

    async readAgain(storyId) {
      if (await update(storyId, true)) await report(storyId)
    },

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
