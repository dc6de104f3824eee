/**
 * Reads Media Topics from a NewsML-G2 KnowledgeItem: each `concept` with its `conceptId`, a `name` for each language,
 * and its `broader` concept. The `conceptId` of a retired concept has the date of its retirement.
 */
import { childrenOf, descendants, lineText, type TreeElement } from '../reading/tree.ts'
import { parseXml } from '../reading/xml.ts'
import { mediaTopicCode } from './media-topic-code.ts'
import type { SubjectTerm } from './subject-term.ts'

/** Throws an Error if the text is not XML. Concepts of other vocabularies are left out. */
export function parseKnowledgeItem(text: string): SubjectTerm[] {
  const root = parseXml(text)
  const language = root.attributes['lang'] ?? 'en'
  return descendants(root, 'concept').flatMap((concept) => term(concept, language))
}

function term(concept: TreeElement, language: string): SubjectTerm[] {
  const id = childrenOf(concept, 'conceptid')[0]
  const code = codeOf(id)
  if (code === null) return []
  const labels = childrenOf(concept, 'name').map(
    (name) => [name.attributes['lang'] ?? language, lineText(name)] as const,
  )
  const broader = childrenOf(concept, 'broader').map(codeOf)
  return [
    {
      code,
      broader: broader.find((each) => each !== null) ?? null,
      labels: Object.fromEntries(labels.filter(([, label]) => label !== '')),
      ...(id?.attributes['retired'] === undefined ? {} : { retired: true as const }),
    },
  ]
}

function codeOf(element: TreeElement | undefined): string | null {
  return mediaTopicCode(element?.attributes['qcode']) ?? mediaTopicCode(element?.attributes['uri'])
}
