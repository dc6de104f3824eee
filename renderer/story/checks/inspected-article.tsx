import { createContext, use, type ReactNode } from 'react'
import type { Article } from '#shared/article/article.ts'
import { useOpenedStory } from '../opened-story.ts'
import { useArticle } from './use-checks.ts'

const Context = createContext<Article | null>(null)

/** Reads the article once for all tabs of the inspector. */
export function InspectedArticleProvider({ children }: { children: ReactNode }) {
  const { session } = useOpenedStory()
  return <Context value={useArticle(session.doc)}>{children}</Context>
}

export function useInspectedArticle(): Article {
  const article = use(Context)
  if (article === null) throw new Error('No inspector is around this component')
  return article
}
