/** Reads IPTC's Media Topics in either of the two forms that IPTC publishes, told apart by how the file begins. */
import { parseKnowledgeItem } from './parse-knowledge-item.ts'
import { parseSkos } from './parse-skos.ts'
import type { SubjectTerm } from './subject-term.ts'

/**
 * Reads a NewsML-G2 KnowledgeItem (XML) or SKOS (JSON-LD). Throws an Error that names the problem if the file is
 * neither, or has no Media Topics.
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
