/**
 * Times as people say them: what the clock shows, and where. Twice a year that is not enough. In spring the clocks skip
 * an hour, and nothing can be planned for it; in autumn they show one twice, and a plan has to say which.
 */
import { z } from 'zod'
import { message, type Message } from '../messages/message.ts'

/**
 * A time as a person gives it: what the clock shows, and where. `offset` (`+02:00`) is for the one hour a year that the
 * clocks show twice; without it that hour is refused, as is the hour that they skip.
 */
export const momentRequestSchema = z.object({
  local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'is a time such as 2026-03-29T18:00'),
  /** IANA, e.g. `Europe/Athens`. */
  zone: z.string().min(1).max(100),
  offset: z
    .string()
    .regex(/^[+-]\d{2}:\d{2}$/, 'is an offset such as +02:00')
    .optional(),
})
export type MomentRequest = z.infer<typeof momentRequestSchema>

/** A time as it is stored: the instant, which counts, and how the person gave it. */
export const momentSchema = z.object({ at: z.iso.datetime(), local: z.string(), zone: z.string() })
export type Moment = z.infer<typeof momentSchema>

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Whether this is the name of a time zone, e.g. `Europe/Athens`. */
export function isZone(zone: string): boolean {
  // An offset, which `Intl` takes too, knows nothing of summer.
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    clockIn(zone)
    return true
  } catch {
    return false
  }
}

function clockIn(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. Throws a RangeError for an unknown zone. */
export function offsetAt(zone: string, at: number): number {
  const parts = new Map(
    clockIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((part) => parts.get(part))
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/**
 * The instants (milliseconds since 1970 UTC, ascending) at which the zone's clocks show this: one, none in the hour that
 * they skip, or two in the one that comes twice. Throws a RangeError for an invalid time or zone.
 */
export function instantsOf({ local, zone }: Pick<MomentRequest, 'local' | 'zone'>): number[] {
  const shown = Date.parse(`${local}Z`)
  if (Number.isNaN(shown) || new Date(shown).toISOString().slice(0, local.length) !== local) {
    throw new RangeError(`${local} is not a time`)
  }
  // Clocks are never changed twice within two days.
  const offsets = new Set([offsetAt(zone, shown - DAY_MS), offsetAt(zone, shown + DAY_MS)])
  return [...offsets]
    .map((offset) => shown - offset)
    .filter((at) => at + offsetAt(zone, at) === shown)
    .sort((a, b) => a - b)
}

/** An offset as it is written: `+05:30`. */
export function offsetText(offset: number): string {
  const minutes = Math.abs(Math.trunc(offset / MINUTE_MS))
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Returns the instant that is meant, or the refusal that says why there is none and what to do. */
export function readMoment(request: MomentRequest): Moment | { problem: Message } {
  const { local, zone, offset } = request
  if (!isZone(zone)) return { problem: message('refusal.time-zone-unknown', { zone }) }
  let instants: number[]
  try {
    instants = instantsOf(request)
  } catch {
    return { problem: message('refusal.time-invalid', { time: local }) }
  }
  const meant = instants.filter((at) => offset === undefined || offsetText(offsetAt(zone, at)) === offset)
  const [at] = meant
  if (at !== undefined && meant.length === 1) return { at: new Date(at).toISOString(), local, zone }
  const said = { time: local.replace('T', ' '), zone: zone.replaceAll('_', ' ') }
  const [first, second] = instants.map((each) => offsetText(offsetAt(zone, each)))
  if (first === undefined) return { problem: message('refusal.time-skipped', said) }
  return meant.length > 1
    ? { problem: message('refusal.time-twice', { ...said, first, second: second ?? first }) }
    : { problem: message('refusal.time-offset-wrong', { ...said, offset: offset ?? '', right: first }) }
}
