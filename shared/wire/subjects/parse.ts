/** IPTC's Media Topics as IPTC publishes them, in either of two forms, told apart by how they begin. */
import { parseKnowledgeItem } from './parse-knowledge-item.ts'
import { parseSkos } from './parse-skos.ts'
import type { SubjectTerm } from './subject-term.ts'

/**
 * Reads a NewsML-G2 KnowledgeItem (XML) or SKOS (JSON-LD). Throws an Error that says what is wrong with the file when it
 * is neither, or has no Media Topic in it.
 */
export function parseSubjects(text: string): SubjectTerm[] {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  const terms = start.startsWith('<') ? parseKnowledgeItem(text) : parseSkos(start)
  if (terms.length === 0) {
    throw new Error(
      'There is no Media Topic in the file. Download the vocabulary from https://cv.iptc.org/newscodes/mediatopic/ as NewsML-G2 or as JSON-LD.',
    )
  }
  return terms
}
