import { describe, expect, it } from 'vitest'
import { destinationFilterSchema, destinationRulesSchema } from '#shared/protocol/http.ts'
import { wireItem } from '#shared/wire/from-article.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { checkRules, passes, type Routed } from '#shared/wire/routing.ts'
import { article } from './articles.ts'

const DESK = '00000000-0000-4000-8000-00000000000a'
const OTHER = '00000000-0000-4000-8000-00000000000b'
const STORY: Routed = { deskId: DESK, subjects: ['medtop:11000000'] }
const filter = (given: object) => destinationFilterSchema.parse(given)
const rules = (given: object) => destinationRulesSchema.parse(given)
const SENDING = {
  storyId: DESK,
  slug: 'HARBOUR',
  language: 'en',
  version: 1,
  kind: 'new',
  provider: 'The Test',
} as const
const TIME = '2026-03-03T12:00:00.000Z'
const item = (changes: Partial<WireItem> = {}): WireItem => ({
  ...wireItem(article(), { ...SENDING, firstPublished: TIME, versionCreated: TIME }),
  ...changes,
})
const broken = (given: object, changes?: Partial<WireItem>) =>
  checkRules(rules(given), item(changes), { id: DESK, name: 'AP' }).map(({ field, rule }) => `${field} ${rule}`)

describe('a filter [W9]', () => {
  it('passes everything that it does not mention', () => {
    expect(passes(filter({}), STORY)).toBe(true)
  })

  it('requires one of its desks', () => {
    expect(passes(filter({ desks: [OTHER, DESK] }), STORY)).toBe(true)
    expect(passes(filter({ desks: [OTHER] }), STORY)).toBe(false)
  })

  it('requires one of its subjects, or a narrower one', () => {
    expect(passes(filter({ subjects: ['medtop:11000000'] }), STORY)).toBe(true)
    expect(passes(filter({ subjects: ['medtop:15000000'] }), STORY)).toBe(false)
    const narrow = { ...STORY, subjects: ['medtop:20000065'] }
    expect(passes(filter({ subjects: ['medtop:11000000'] }), narrow, () => ['medtop:11000000'])).toBe(true)
  })

  it('requires an urgency, and assumes 5 if there is none', () => {
    expect(passes(filter({ urgencyAtMost: 3 }), { ...STORY, urgency: 3 })).toBe(true)
    expect(passes(filter({ urgencyAtMost: 3 }), { ...STORY, urgency: 4 })).toBe(false)
    expect(passes(filter({ urgencyAtMost: 5 }), STORY)).toBe(true)
    expect(passes(filter({ urgencyAtMost: 4 }), STORY)).toBe(false)
  })
})

describe('a destination’s rules [W9]', () => {
  it('require fields', () => {
    expect(
      broken({ required: ['byline', 'dateline', 'subjects', 'figure', 'urgency'] }, { byline: 'By A', dateline: '' }),
    ).toEqual(['dateline needed', 'subjects needed', 'figure needed', 'urgency needed'])
  })

  it('count characters as graphemes', () => {
    const flags = '🇬🇷🇨🇾'
    expect(broken({ headlineAtMost: 2 }, { headline: flags })).toEqual([])
    expect(broken({ headlineAtMost: 1, slugAtMost: 3 }, { headline: flags })).toEqual([
      'headline too-long',
      'slug too-long',
    ])
  })

  it('limit the allowed subjects', () => {
    const subjects = ['medtop:1', 'medtop:2']
    expect(broken({ allowedSubjects: ['medtop:1'] }, { subjects })).toEqual(['subjects subject'])
    expect(broken({ allowedSubjects: subjects }, { subjects })).toEqual([])
  })
})
