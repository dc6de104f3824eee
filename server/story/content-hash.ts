import { createHash } from 'node:crypto'
import type { Article } from '#shared/article/article.ts'

/** Tells whether two articles say the same. The length that a desk has asked for is between it and the writer. */
export function contentHash(article: Article): string {
  const meta = { ...article.meta, targetLength: undefined }
  return createHash('sha256')
    .update(JSON.stringify({ ...article, meta }))
    .digest('hex')
}
