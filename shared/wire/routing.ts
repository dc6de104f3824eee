/** Decides where a story goes and what each destination requires. Server and screen share this code. */
import type { CheckFailure } from '../story/check-failure.ts'
import type { DestinationFilter, DestinationRules, Requirable } from './destination-rules.ts'
import type { WireItem } from './item.ts'

/** The urgency of a story without one. */
const USUAL_URGENCY = 5

/** The data that a filter reads. */
export type Routed = Pick<WireItem, 'subjects' | 'urgency'> & { deskId: string }

/** Returns the codes of all broader topics, as far as known. */
export type BroaderTopics = (code: string) => readonly string[]

const noneBroader: BroaderTopics = () => []

/** Returns whether a story passes a destination's filter. */
export function passes(filter: DestinationFilter, story: Routed, broader: BroaderTopics = noneBroader): boolean {
  const { desks, subjects, urgencyAtMost } = filter
  const topics = (): Set<string> => new Set(story.subjects.flatMap((code) => [code, ...broader(code)]))
  return (
    (desks.length === 0 || desks.includes(story.deskId)) &&
    (subjects.length === 0 || subjects.some((code) => topics().has(code))) &&
    (urgencyAtMost === null || (story.urgency ?? USUAL_URGENCY) <= urgencyAtMost)
  )
}

const FIELD_WORDS: Record<Requirable, string> = {
  standfirst: 'a standfirst',
  byline: 'a byline',
  dateline: 'a dateline',
  section: 'a section',
  keywords: 'keywords',
  subjects: 'a subject',
  urgency: 'an urgency',
  genre: 'a genre',
  place: 'a place',
  rights: 'rights',
  figure: 'a picture',
}

function has(item: WireItem, field: Requirable): boolean {
  switch (field) {
    case 'figure':
      return item.pictures.length > 0
    case 'keywords':
    case 'subjects':
      return item[field].length > 0
    case 'standfirst':
    case 'byline':
    case 'dateline':
      return item[field] !== ''
    case 'section':
    case 'urgency':
    case 'genre':
    case 'place':
    case 'rights':
      return item[field] !== undefined
  }
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const characters = (text: string): number => [...graphemes.segment(text)].length

/** Returns the reasons for which a destination would refuse the item, each with what to do about it. */
export function checkRules(
  rules: DestinationRules,
  item: WireItem,
  { id, name }: { id: string; name: string },
): CheckFailure[] {
  const failure = (field: string, rule: string, message: string): CheckFailure => ({
    field,
    rule,
    message,
    destination: { id, name },
  })
  const missing = rules.required
    .filter((field) => !has(item, field))
    .map((field) => failure(field, 'required', `${name} needs ${FIELD_WORDS[field]}.`))
  const texts = [
    ['headline', item.headline, rules.headlineAtMost],
    ['slug', item.slug, rules.slugAtMost],
    ['standfirst', item.standfirst, rules.standfirstAtMost],
  ] as const
  const tooLong = texts.flatMap(([field, text, atMost]) => {
    const length = characters(text)
    if (atMost === null || length <= atMost) return []
    return [
      failure(field, 'too-long', `${name} takes a ${field} of at most ${atMost} characters: this one has ${length}.`),
    ]
  })
  const { allowedSubjects } = rules
  const refused = allowedSubjects.length === 0 ? [] : item.subjects.filter((code) => !allowedSubjects.includes(code))
  return [
    ...missing,
    ...tooLong,
    ...(refused.length === 0
      ? []
      : [failure('subjects', 'subject', `${name} does not take the subject ${refused.join(', ')}.`)]),
  ]
}
