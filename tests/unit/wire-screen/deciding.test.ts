import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { message } from '#shared/messages/message.ts'
import { createMessages } from '#shared/messages/messages.ts'
import { deliveryWords, receivedWords } from '#renderer/wire/delivery-words.ts'
import { sameSlug } from '#renderer/wire/kill/same-slug.ts'
import { compareWords } from '#renderer/wire/publish/compare-words.ts'
import { momentDraftOf, readMomentDraft } from '#renderer/wire/publish/moment-draft.ts'
import { newDraft, readDraft, underTerms } from '#renderer/wire/publish/publish-draft.ts'
import { sentWords } from '#renderer/wire/publish/sent-words.ts'
import { delivery, intakeItem } from './made-up-wire.ts'

const english = createMessages('en')
const greek = createMessages('el')
const NOW = Date.UTC(2026, 0, 1)
const ATHENS = 'Europe/Athens'
const moment = (date: string, time: string, offset?: string) => ({
  date,
  time,
  zone: ATHENS,
  ...(offset !== undefined && { offset }),
})

describe('a typed time', () => {
  test.each([
    ['none', moment('', '18:00'), { problem: message('wire.moment.missing') }],
    ['past', moment('2025-12-31', '18:00'), { problem: message('wire.moment.past') }],
    [
      'skipped',
      moment('2026-03-29', '03:30'),
      { problem: message('refusal.time-skipped', { time: '2026-03-29 03:30', zone: 'Europe/Athens' }) },
    ],
    ['shown twice', moment('2026-10-25', '03:30'), { twice: ['+03:00', '+02:00'] }],
    ['the first of two', moment('2026-10-25', '03:30', '+03:00'), { moment: { at: '2026-10-25T00:30:00.000Z' } }],
    ['the second of two', moment('2026-10-25', '03:30', '+02:00'), { moment: { at: '2026-10-25T01:30:00.000Z' } }],
    ['plain', moment('2026-07-01', '18:00'), { moment: { at: '2026-07-01T15:00:00.000Z', zone: ATHENS } }],
  ])('%s', (_what, draft, expected) => expect(readMomentDraft(draft, NOW)).toMatchObject(expected))
})

test('converts a time from elsewhere to local input: the same instant, or up to a minute later', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: NOW + 60_000, max: Date.UTC(2031, 0, 1) }),
      fc.constantFrom(ATHENS, 'UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
      (time, zone) => {
        const reading = readMomentDraft(momentDraftOf(time, zone), NOW)
        const at = 'moment' in reading ? Date.parse(reading.moment.at) : NaN
        expect(at - time).toBeGreaterThanOrEqual(0)
        expect(at - time).toBeLessThan(60_000)
      },
    ),
    {
      examples: [
        [Date.UTC(2026, 9, 25, 0, 30), ATHENS],
        [Date.UTC(2026, 9, 25, 1, 30), ATHENS],
      ],
    },
  ))

describe('the terms of a publication', () => {
  const read = (change: Partial<ReturnType<typeof newDraft>>, out = true) =>
    readDraft({ ...newDraft('update'), ...change }, { out, now: NOW, source: null })

  test('are empty at first', () => expect(read({})).toEqual({ options: {}, at: null, broken: [], problems: {} }))
  test('reject a correction of an unpublished story', () =>
    expect(read({ kind: 'correction' }, false)).toEqual({ options: {}, at: null, broken: [], problems: {} }))
  test('reject an embargo that ends before publication', () =>
    expect(read({ at: moment('2026-07-02', '18:00'), embargo: moment('2026-07-01', '18:00') }).problems).toEqual({
      embargo: message('wire.publish.embargo-too-early'),
    }))
  test('limit the length of the note', () =>
    expect(read({ note: 'x'.repeat(2001) }).problems.note).toEqual(
      message('wire.publish.note-too-long', { max: 2000 }),
    ))
})

describe('a draft under its source’s terms', () => {
  const item = intakeItem(1, { embargo: '2026-07-01T15:00:00Z' })
  const under = (embargo: ReturnType<typeof moment> | null, at = NOW) =>
    underTerms({ ...newDraft('update'), embargo, lifted: new Set(['embargo']) }, item, at)
  const instant = (draft: ReturnType<typeof under>) => {
    const reading = draft.embargo === null ? null : readMomentDraft(draft.embargo, NOW)
    return reading !== null && 'moment' in reading ? reading.moment.at : null
  }

  test('takes its embargo, whatever was lifted for another item', () => {
    expect(instant(under(null))).toBe('2026-07-01T15:00:00.000Z')
    expect(under(null).lifted.size).toBe(0)
  })
  test('replaces an earlier embargo', () =>
    expect(instant(under(moment('2026-06-01', '18:00')))).toBe('2026-07-01T15:00:00.000Z'))
  test('keeps a later embargo', () =>
    expect(instant(under(moment('2026-07-02', '18:00')))).toBe('2026-07-02T15:00:00.000Z'))
  test('has no embargo once it is over', () => expect(under(null, Date.UTC(2026, 7, 1)).embargo).toBeNull())
})

describe('the slug typed to confirm a kill', () => {
  test.each([
    ['ferry-strike', 'FERRY-STRIKE', true],
    [' Ferry  strike ', 'ferry–strike', true],
    ['Απεργία', 'ΑΠΕΡΓΊΑ', true],
    ['ferry', 'ferry-strike', false],
    ['', 'ferry-strike', false],
    ['ferry-strike-2', 'ferry-strike', false],
  ])('"%s" for %s is %s', (typed, slug, expected) => expect(sameSlug(typed, slug)).toBe(expected))
})

describe('the comparison of two versions', () => {
  const body = (...lines: string[]) => [{ name: 'Body', lines }]
  const text = (kind: 'added' | 'removed') => (before: string[], after: string[]) =>
    compareWords(body(...before), body(...after)).flatMap(({ lines }) =>
      lines.flatMap((line) =>
        'runs' in line ? line.runs.filter((run) => run.kind === kind).map((run) => run.text) : [],
      ),
    )

  test('is empty for the same text', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        expect(compareWords(body(...lines), body(...lines))).toEqual([])
      }),
    )
  })

  test('returns both versions in full', () => {
    const lines = fc.array(fc.string({ minLength: 1 }), { maxLength: 8 })
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const side = (gone: 'added' | 'removed', own: string[]) => {
          const [part] = compareWords(body(...before), body(...after))
          if (part === undefined) return own
          let at = 0
          return part.lines.flatMap((line) => {
            if ('same' in line) return own.slice(at, (at += line.same))
            const runs = line.runs.filter(({ kind }) => kind !== gone)
            if (runs.length === 0) return []
            at++
            return [runs.map((run) => run.text).join('')]
          })
        }
        expect(side('added', before)).toEqual(before)
        expect(side('removed', after)).toEqual(after)
      }),
    )
  })

  test('marks a single changed word', () => {
    expect(text('added')(['The ferries stop for a day.'], ['The ferries stop for a week.'])).toEqual(['week'])
    expect(text('removed')(['The ferries stop for a day.'], ['The ferries stop for a week.'])).toEqual(['day'])
  })

  test('marks a whole line that is different', () =>
    expect(text('added')(['The ferries stop.'], ['Nobody came to the harbour today'])).toEqual([
      'Nobody came to the harbour today',
    ]))

  test('marks a removed part', () =>
    expect(compareWords([{ name: 'Genre', lines: ['genre:Analysis'] }], [])).toEqual([
      { name: 'Genre', lines: [{ runs: [{ text: 'genre:Analysis', kind: 'removed' }] }] },
    ]))
})

describe('deliveries in words', () => {
  test.each([
    [delivery(1), 'Queued'],
    [delivery(1, { status: 'failed', attempts: 1 }), '1 failed attempt, will retry'],
    [delivery(1, { status: 'dead', attempts: 8 }), 'Failed after 8 attempts'],
  ])('%#', (each, expected) => expect(deliveryWords(each, english)).toBe(expected))

  test('give the hour of the next attempt, past midnight too', () => {
    vi.useFakeTimers({ now: new Date(2026, 2, 3, 23, 58) })
    onTestFinished(() => void vi.useRealTimers())
    const nextTryAt = new Date(2026, 2, 4, 0, 3).toISOString()
    expect(deliveryWords(delivery(1, { status: 'failed', attempts: 3, nextTryAt }), english)).toMatch(
      /^3 failed attempts, next try Wed,? 00:03$/,
    )
  })

  test.each([
    [[], 'Not sent to any destination.'],
    [['skipped'], 'Not sent to any destination; 1 delivery was skipped.'],
    [['sent'], 'Received by the only destination.'],
    [['sent', 'sent', 'skipped'], 'Received by both destinations; 1 delivery was skipped.'],
    [['sent', 'dead'], 'Received by 1 of 2 destinations.'],
  ] as const)('%j', (statuses, expected) =>
    expect(
      receivedWords(
        statuses.map((status) => ({ status })),
        'story',
        english,
      ),
    ).toBe(expected),
  )

  test('say in Greek who has received a kill', () => {
    const received = (...statuses: ('sent' | 'dead')[]) =>
      receivedWords(
        statuses.map((status) => ({ status })),
        'kill',
        greek,
      )
    expect(received('sent', 'dead')).toBe('Η ανάκληση έφτασε σε 1 από 2 αποδέκτες.')
    expect(received('sent', 'sent')).toBe('Η ανάκληση έφτασε και στους δύο αποδέκτες.')
  })
})

test.each([
  [1, null, message('wire.publish.sent', { version: 1 })],
  [3, 2, message('wire.publish.sent', { version: 3 })],
  [2, 2, message('wire.publish.nothing-sent', { version: 2 })],
])('says so when publishing returns version %i while %s was out', (version, before, expected) =>
  expect(sentWords({ version }, before).title).toEqual(expected),
)
