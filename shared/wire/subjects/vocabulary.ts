/** Looks subjects up by their place in the hierarchy and by name. */
import { labelOf, type SubjectTerm } from './subject-term.ts'

export interface SubjectMatch {
  term: SubjectTerm
  /** The subjects above it, from the top, without itself. */
  path: SubjectTerm[]
}

export interface Vocabulary {
  find(code: string): SubjectTerm | undefined
  /**
   * Returns the children of a subject, or the top level for null, sorted by label in this language, without retired
   * ones.
   */
  under(code: string | null, language: string): SubjectTerm[]
  /** Returns the subjects above it, from the top; empty for an unknown code. */
  above(code: string): SubjectTerm[]
  /**
   * Returns the subjects whose label has all words of the query, each at the start of a word or at least within one,
   * ignoring accents and case: best match first, then broadest first. A code matches too. Retired subjects are left
   * out.
   */
  search(query: string, language: string, limit?: number): SubjectMatch[]
}

export function createVocabulary(terms: readonly SubjectTerm[]): Vocabulary {
  const byCode = new Map(terms.map((term) => [term.code, term]))
  const current = terms.filter(({ retired }) => retired !== true)
  /** A subject whose parent is absent or unknown is at the top. */
  const parentOf = ({ broader }: SubjectTerm) => (broader !== null && byCode.has(broader) ? broader : null)
  const children = Map.groupBy(current, parentOf)

  function above(code: string): SubjectTerm[] {
    const path: SubjectTerm[] = []
    const seen = new Set([code])
    // An imported vocabulary may contain a cycle.
    for (let at = byCode.get(code)?.broader; at != null && !seen.has(at); at = byCode.get(at)?.broader) {
      const term = byCode.get(at)
      if (term === undefined) break
      seen.add(at)
      path.unshift(term)
    }
    return path
  }

  return {
    find: (code) => byCode.get(code),
    above,
    under(code, language) {
      const collator = collatorFor(language)
      return (children.get(code) ?? []).toSorted((a, b) => collator.compare(labelOf(a, language), labelOf(b, language)))
    },
    search(query, language, limit = 50) {
      const words = wordsOf(query)
      if (words.length === 0) return []
      const collator = collatorFor(language)
      return current
        .map((term) => ({ term, path: above(term.code), rank: rankOf(term, words, language) }))
        .filter(({ rank }) => rank !== null)
        .sort(
          (a, b) =>
            (a.rank ?? 0) - (b.rank ?? 0) ||
            a.path.length - b.path.length ||
            collator.compare(labelOf(a.term, language), labelOf(b.term, language)),
        )
        .slice(0, limit)
        .map(({ term, path }) => ({ term, path }))
    },
  }
}

/** Returns how closely a subject matches (0 is best); null if it does not match. */
function rankOf(term: SubjectTerm, asked: readonly string[], language: string): number | null {
  const query = asked.join(' ')
  if (plain(term.code) === query || plain(term.code).endsWith(`:${query}`)) return 0
  const label = wordsOf(labelOf(term, language))
  if (label.join(' ') === query) return 1
  if (label.join(' ').startsWith(query)) return 2
  if (asked.every((word) => label.some((each) => each.startsWith(word)))) return 3
  return asked.every((word) => label.some((each) => each.includes(word))) ? 4 : null
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[\s,;/()]+/u)
    .filter((word) => word !== '')
}

/** Strips accents and case: `Πολιτική` becomes `πολιτικη`, and a final sigma a plain one. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ')
}

function collatorFor(language: string): Intl.Collator {
  try {
    return new Intl.Collator(language)
  } catch {
    return new Intl.Collator('en')
  }
}
