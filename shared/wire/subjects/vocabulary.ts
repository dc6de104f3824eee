/** Subjects as a person looks for them: by their place under others, and by what they are called. */
import { labelOf, type SubjectTerm } from './subject-term.ts'

export interface SubjectMatch {
  term: SubjectTerm
  /** Those above it, from the top, itself left out. */
  path: SubjectTerm[]
}

export interface Vocabulary {
  find(code: string): SubjectTerm | undefined
  /** Those right below this one, or the top for null, by their labels in this language. Retired ones are left out. */
  under(code: string | null, language: string): SubjectTerm[]
  /** Those above it, from the top; empty for a code that is not known. */
  above(code: string): SubjectTerm[]
  /**
   * Those with all words of the query in their label, each as the beginning of a word or at least within one, whatever
   * accents and case: the best first, and of equals the widest. A code is found by itself. Retired ones are left out.
   */
  search(query: string, language: string, limit?: number): SubjectMatch[]
}

export function createVocabulary(terms: readonly SubjectTerm[]): Vocabulary {
  const byCode = new Map(terms.map((term) => [term.code, term]))
  const current = terms.filter(({ retired }) => retired !== true)
  /** What hangs under a subject that is not there, or under nothing, is at the top. */
  const parentOf = ({ broader }: SubjectTerm) => (broader !== null && byCode.has(broader) ? broader : null)
  const children = Map.groupBy(current, parentOf)

  function above(code: string): SubjectTerm[] {
    const path: SubjectTerm[] = []
    const seen = new Set([code])
    // A vocabulary from outside may run in a circle.
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

/** How far the label is from what was asked for; null when it is not meant. */
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

/** Without accents and case: `Πολιτική` is `πολιτικη`, and a final sigma is a sigma. */
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
