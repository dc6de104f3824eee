/** What lists show of a document. People write it, and everyone is sent it: it is bounded and validated here. */
import { plainText } from '#shared/article/text.ts'
import type { Article } from '#shared/article/article.ts'

/** In UTF-16 units. Longer headlines are cut in lists, not in the story. */
export const LONGEST_LISTED_HEADLINE = 500
/** The longest tag that BCP 47 asks systems to take. */
const LONGEST_LANGUAGE = 35

/** Returns a headline as lists show it: at most 500 characters. */
export function listedHeadline(text: string): string {
  if (text.length <= LONGEST_LISTED_HEADLINE) return text.toWellFormed()
  return `${text.slice(0, LONGEST_LISTED_HEADLINE - 1).replace(/[\uD800-\uDBFF]$/, '')}…`.toWellFormed()
}

/** Returns the headline of a document as lists show it. */
export function headlineOf({ headline }: Pick<Article, 'headline'>): string {
  return listedHeadline(plainText(headline))
}

/** Returns the document's language; null if it is not a valid language tag. */
export function languageOf({ meta: { language } }: Pick<Article, 'meta'>): string | null {
  if (language === undefined || language.length > LONGEST_LANGUAGE) return null
  try {
    return Intl.getCanonicalLocales(language)[0] ?? null
  } catch {
    return null
  }
}
