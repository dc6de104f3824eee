/** Keeps what the queue shows of a story (slug, headline, words, language) as its document has it. */
import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import { articleWords, plainText } from '#shared/article/text.ts'
import { slugSchema, type Story } from '#shared/story/story.ts'
import { groupCommit } from '../store/group-commit.ts'
import { readHeads } from '../store/heads.ts'
import type { Database } from '../store/schema.ts'
import { contentHash } from './content-hash.ts'
import { getStory } from './stories.ts'

export interface Queue {
  /** The relay has stored changes to this story: reads what the queue shows of it. */
  stored: (storyId: string) => Promise<void>
  /** Reads the stories whose documents changed after the queue last saw them: the server was killed in between. */
  catchUp: () => Promise<void>
}

/** Looks at a story that changes all the while; each of its changes brings another look anyway. */
const MOST_LOOKS = 3
/** The least time between two commits of what was seen: many stories change each second, and nobody waits for it. */
const COMMIT_MS = 100

interface Options {
  db: Kysely<Database>
  readArticle: (storyId: string) => Promise<Article>
  changed: (story: Story) => void
  /** Whether other nodes do the same. */
  shared?: boolean
}

export function createQueue({ db, readArticle, changed, shared = false }: Options): Queue {
  const write = groupCommit({ db, shared }, COMMIT_MS)

  async function stored(storyId: string): Promise<void> {
    if (shared) await lookUntilStill(storyId)
    else await look(storyId)
    changed(await getStory(db, storyId))
  }

  /** Two nodes may look at once, and the one that saw less write last: it finds then that there is more. */
  async function lookUntilStill(storyId: string): Promise<void> {
    let seen: number | undefined
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      const head = (await readHeads(db, [storyId])).get(storyId)
      if (head === seen) return
      seen = head
      await look(storyId)
    }
  }

  async function look(storyId: string): Promise<void> {
    const article = await readArticle(storyId)
    const slug = slugSchema.safeParse(article.meta.slug)
    const seen = {
      headline: plainText(article.headline),
      words: articleWords(article),
      content_hash: contentHash(article),
      changed_at: Date.now(),
      ...(slug.success ? { slug: slug.data } : {}),
      ...(article.meta.language === undefined ? {} : { language: article.meta.language }),
    }
    await write((trx) => trx.updateTable('stories').set(seen).where('id', '=', storyId).execute())
  }

  return {
    stored,

    async catchUp() {
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
