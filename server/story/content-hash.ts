import { createHash } from 'node:crypto'
import type { Article } from '#shared/article/article.ts'

/** Returns a hash that is equal for articles of equal content. Ignores the target length, which is not published. */
export function contentHash(article: Article): string {
  const meta = { ...article.meta, targetLength: undefined }
  return createHash('sha256')
    .update(JSON.stringify({ ...article, meta }))
    .digest('hex')
}
