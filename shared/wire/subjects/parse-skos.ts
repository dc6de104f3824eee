/**
 * Reads Media Topics from SKOS in JSON-LD: IPTC's own form (a `conceptSet` of concepts, labels by language) and the
 * form that RDF tools make of it (`@graph`, labels as a list of values with languages). Properties are read by their
 * local names: `skos:prefLabel` and `http://www.w3.org/2004/02/skos/core#prefLabel` are both `prefLabel`.
 */
import { z } from 'zod'
import { mediaTopicCode } from './media-topic-code.ts'
import type { SubjectTerm } from './subject-term.ts'

type Properties = Record<string, unknown>

/** Throws an Error if the text is not JSON. Concepts of other vocabularies are left out. */
export function parseSkos(text: string): SubjectTerm[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new Error('The file is neither XML nor JSON.', { cause: error })
  }
  return conceptsIn(document).flatMap(term)
}

function conceptsIn(document: unknown): Properties[] {
  if (Array.isArray(document)) return document.map(properties)
  const { conceptSet, graph } = properties(document)
  return list(conceptSet ?? graph).map(properties)
}

function term(concept: Properties): SubjectTerm[] {
  const code = list(concept['uri'] ?? concept['id'] ?? concept['qcode']).map(codeOf)[0] ?? null
  if (code === null || concept['prefLabel'] === undefined) return []
  const broader = list(concept['broader']).map(codeOf)
  return [
    {
      code,
      broader: broader.find((each) => each !== null) ?? null,
      labels: labels(concept['prefLabel']),
      ...(isRetired(concept) ? { retired: true as const } : {}),
    },
  ]
}

const languageValueSchema = z.object({ '@value': z.string(), '@language': z.string().default('en') })

function labels(value: unknown): Record<string, string> {
  if (typeof value === 'string') return { en: value }
  const values = list(value)
    .map((each) => languageValueSchema.safeParse(each))
    .flatMap(({ data }) => (data === undefined ? [] : [[data['@language'], data['@value']] as const]))
  if (values.length > 0) return Object.fromEntries(values)
  return z.record(z.string(), z.string()).safeParse(value).data ?? {}
}

/** Returns whether a concept is retired: IPTC gives the date of retirement, other RDF has `owl:deprecated`. */
function isRetired({ retired, deprecated }: Properties): boolean {
  return list(retired ?? deprecated)
    .map((each) => properties(each)['value'] ?? each)
    .some((each) => each !== false && each !== 'false' && each !== null && each !== '')
}

function codeOf(reference: unknown): string | null {
  const { uri, id } = properties(reference)
  const text = [reference, uri, id].find((each) => typeof each === 'string')
  return mediaTopicCode(text)
}

function list(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** The properties of an object by their local names: after the last `#`, `/`, `:` or `@`. */
function properties(value: unknown): Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.replace(/^.*[#/:@]/, ''), each]))
}
