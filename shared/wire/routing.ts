/** Decides where a story goes and what each destination requires. Server and screen share this code. */
import { checkFailure, type CheckFailure } from '../story/check-failure.ts'
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
  const missing = rules.required
    .filter((part) => !has(item, part))
    .map((part) => checkFailure(part, 'needed', { destination: name, part }))
  const texts = [
    ['headline', item.headline, rules.headlineAtMost],
    ['slug', item.slug, rules.slugAtMost],
    ['standfirst', item.standfirst, rules.standfirstAtMost],
  ] as const
  const tooLong = texts.flatMap(([part, text, limit]) => {
    const length = characters(text)
    if (limit === null || length <= limit) return []
    return [checkFailure(part, 'too-long', { destination: name, part, limit, length })]
  })
  const { allowedSubjects } = rules
  const refused = allowedSubjects.length === 0 ? [] : item.subjects.filter((code) => !allowedSubjects.includes(code))
  const subjects = { destination: name, count: refused.length, subjects: refused.join(', ') }
  return [...missing, ...tooLong, ...(refused.length === 0 ? [] : [checkFailure('subjects', 'subject', subjects)])].map(
    (failure) => ({ ...failure, destination: { id, name } }),
  )
}
