import type { Kysely } from 'kysely'
import type { Article } from '#shared/article/article.ts'
import type { Database } from '../store/schema.ts'

/**
 * Returns the article with the type and the size of each picture as stored: those in the document are a claim of the
 * computer that wrote it. A picture that is not stored is left out.
 */
export async function withStoredPictures(db: Kysely<Database>, article: Article): Promise<Article> {
  const ids = article.figures.flatMap(({ picture }) => (picture === null ? [] : [picture.mediaId]))
  if (ids.length === 0) return article
  const rows = await db.selectFrom('media').select(['id', 'type', 'width', 'height']).where('id', 'in', ids).execute()
  const stored = new Map(rows.map(({ id, ...facts }) => [id, facts]))
  const figures = article.figures.map((figure) => {
    const facts = figure.picture === null ? undefined : stored.get(figure.picture.mediaId)
    return {
      ...figure,
      picture: figure.picture === null || facts === undefined ? null : { ...figure.picture, ...facts },
    }
  })
  return { ...article, figures }
}
