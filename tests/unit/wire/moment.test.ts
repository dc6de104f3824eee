import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inEnglish } from '#shared/messages/english.ts'
import { instantsOf, isZone, offsetAt, offsetText, readMoment } from '#shared/story/moment.ts'

const iso = (local: string, zone: string): string[] =>
  instantsOf({ local, zone }).map((at) => new Date(at).toISOString())
const problem = (local: string, zone: string, offset?: string): string => {
  const read = readMoment({ local, zone, ...(offset === undefined ? {} : { offset }) })
  return 'problem' in read ? inEnglish.say(read.problem) : ''
}

describe('a local time [W10]', () => {
  it('is one instant on an ordinary day', () => {
    expect(iso('2026-07-01T18:00', 'Europe/Athens')).toEqual(['2026-07-01T15:00:00.000Z'])
    expect(iso('2026-01-01T00:30', 'Asia/Kolkata')).toEqual(['2025-12-31T19:00:00.000Z'])
  })

  it('is no instant in the hour that the clocks skip, and two in the hour that occurs twice', () => {
    expect(iso('2026-03-29T03:30', 'Europe/Athens')).toEqual([])
    expect(iso('2026-10-25T03:30', 'Europe/Athens')).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'])
    expect(iso('2026-03-29T04:00', 'Europe/Athens')).toEqual(['2026-03-29T01:00:00.000Z'])
  })

  it('is refused with advice', () => {
    expect(problem('2026-03-29T03:30', 'Europe/Athens')).toContain('Choose another time.')
    expect(problem('2026-10-25T03:30', 'Europe/Athens')).toContain('Choose an offset: +03:00 or +02:00.')
    expect(problem('2026-07-01T18:00', 'Europe/Athens', '+02:00')).toContain('are at +03:00, not +02:00')
    expect(problem('2026-02-30T18:00', 'Europe/Athens')).toContain('isn’t a valid time')
    expect(problem('2026-07-01T18:00', '+03:00')).toContain('isn’t a time zone')
  })

  it('is the instant that its offset gives', () => {
    const twice = { local: '2026-10-25T03:30', zone: 'Europe/Athens' }
    expect(readMoment({ ...twice, offset: '+03:00' })).toEqual({ ...twice, at: '2026-10-25T00:30:00.000Z' })
    expect(readMoment({ ...twice, offset: '+02:00' })).toEqual({ ...twice, at: '2026-10-25T01:30:00.000Z' })
  })

  it('of every instant converts back', () => {
    const zones = fc.constantFrom('Europe/Athens', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC')
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 365 * 40 }).map((minute) => Date.UTC(2000, 0) + minute * 60_000)
    fc.assert(
      fc.property(zones, minutes, (zone, at) => {
        const offset = offsetAt(zone, at)
        const local = new Date(at + offset).toISOString().slice(0, 16)
        expect(instantsOf({ local, zone })).toContain(at)
        expect(readMoment({ local, zone, offset: offsetText(offset) })).toMatchObject({
          at: new Date(at).toISOString(),
        })
      }),
      { numRuns: 300 },
    )
  })

  it('accepts zones by name only', () => {
    expect(['Europe/Athens', 'UTC', 'Europe/Nowhere', '+02:00', ''].map(isZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
