/** Keeps what the queue shows of a story (slug, headline, words, language) as its document has it. */
import type { Kysely } from 'kysely'
import type * as Y from 'yjs'
import { readArticle } from '#shared/article/read.ts'
import { articleWords, plainText } from '#shared/article/text.ts'
import { slugSchema, type Story } from '#shared/story/story.ts'
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

interface Options {
  db: Kysely<Database>
  readDoc: (storyId: string) => Promise<Y.Doc>
  changed: (story: Story) => void
  /** Whether other nodes do the same. */
  shared?: boolean
}

export function createQueue({ db, readDoc, changed, shared = false }: Options): Queue {
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
    const doc = await readDoc(storyId)
    const article = readArticle(doc)
    doc.destroy()
    const slug = slugSchema.safeParse(article.meta.slug)
    await db
      .updateTable('stories')
      .set({
        headline: plainText(article.headline),
        words: articleWords(article),
        content_hash: contentHash(article),
        changed_at: Date.now(),
        ...(slug.success ? { slug: slug.data } : {}),
        ...(article.meta.language === undefined ? {} : { language: article.meta.language }),
      })
      .where('id', '=', storyId)
      .execute()
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
