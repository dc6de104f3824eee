/** Reads a newsroom whose stories were converted. */
import { readAuthors } from '#server/relay/authors.ts'
import { buildDoc, readHistory } from '#server/relay/history.ts'
import type { Store } from '#server/store/store.ts'
import { contentHash } from '#server/story/content-hash.ts'
import type { Article } from '#shared/article/article.ts'
import { readArticle } from '#shared/article/read.ts'
import type { AuthoredRun } from '#shared/protocol/http.ts'
import { version1Stories, WHOLE } from '#tests/support/version-1.ts'

export const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined }

export async function articleOf(store: Store, id: string): Promise<Article> {
  const history = await store.read((trx) => readHistory(trx, id))
  if (history === null) throw new Error(`There is no story ${id}`)
  return readArticle(buildDoc(history))
}

/** Resolves to the content hash of each readable story, by name. */
export async function hashes(store: Store): Promise<Record<string, string>> {
  const found = WHOLE.map(async ({ name, id }) => [name, contentHash(await articleOf(store, id))] as const)
  return Object.fromEntries(await Promise.all(found))
}
export const HASHES = Object.fromEntries(WHOLE.map(({ name, hash }) => [name, hash]))

/** Resolves to who wrote what, by name and field, in the fixture's form. */
export async function authors(store: Store): Promise<Record<string, Record<string, string[]>>> {
  const credited = version1Stories.filter((story) => story.authors !== undefined)
  const found = credited.map(async ({ name, id }) => {
    const fields = ((await readAuthors(store, id)) ?? []).map(({ field, paragraphs }) => [
      field,
      paragraphs.flat().map(named),
    ])
    return [name, Object.fromEntries(fields.filter(([, runs]) => runs?.length !== 0))] as const
  })
  return Object.fromEntries(await Promise.all(found))
}
export const AUTHORS = Object.fromEntries(
  version1Stories.flatMap(({ name, authors }) => (authors === undefined ? [] : [[name, authors]])),
)

function named({ text, by, broughtBy }: AuthoredRun): string {
  return `${by?.name ?? 'no one'}${broughtBy === null ? '' : ` by way of ${broughtBy.name}`}: ${text}`
}

/** Resolves to all rows that a conversion may change, for comparison. */
export async function rowsOf({ db }: Store): Promise<unknown> {
  return {
    stories: await db.selectFrom('stories').selectAll().orderBy('id').execute(),
    log: await db.selectFrom('log').selectAll().orderBy('seq').execute(),
    snapshots: await db.selectFrom('snapshots').selectAll().orderBy('story_id').execute(),
    clients: await db.selectFrom('clients').selectAll().orderBy('story_id').orderBy('client').execute(),
    carried: await db
      .selectFrom('carried')
      .selectAll()
      .orderBy('story_id')
      .orderBy('client')
      .orderBy('clock')
      .execute(),
  }
}
