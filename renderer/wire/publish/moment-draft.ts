/** A time while it is being typed. */
import { message, type MessageOrText } from '#shared/messages/message.ts'
import type { Moment, MomentRequest } from '#shared/protocol/http.ts'
import { instantsOf, isZone, offsetAt, offsetText, readMoment } from '#shared/story/moment.ts'

const MINUTE_MS = 60_000

export interface MomentDraft {
  /** `YYYY-MM-DD`, as in a date field; empty if not set. */
  date: string
  /** `HH:MM`. */
  time: string
  /** An IANA name. */
  zone: string
  /** The chosen offset in an hour that occurs twice: `+02:00`. */
  offset?: string
}

export type MomentReading =
  { request: MomentRequest; moment: Moment } | { problem: MessageOrText } | { twice: readonly [string, string] }

/** Returns the zone of this computer. */
export function zoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

export const emptyMoment = (): MomentDraft => ({ date: '', time: '', zone: zoneHere() })

/** Returns a time as it would be typed here: to the minute, rounded up. */
export function momentDraftOf(time: number, zone = zoneHere()): MomentDraft {
  const at = Math.ceil(time / MINUTE_MS) * MINUTE_MS
  const local = new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16)
  const [date = '', clock = ''] = local.split('T')
  const twice = instantsOf({ local, zone }).length > 1
  return { date, time: clock, zone, ...(twice && { offset: offsetText(offsetAt(zone, at)) }) }
}

/** Returns the time of the draft; `twice`, with both offsets, if the hour occurs twice and none is chosen. */
export function readMomentDraft({ date, time, zone, offset }: MomentDraft, now: number): MomentReading {
  if (date === '' || time === '') return { problem: message('wire.moment.missing') }
  const request: MomentRequest = { local: `${date}T${time}`, zone, ...(offset !== undefined && { offset }) }
  const offsets = offsetsOf(request)
  const [first, second] = offsets
  if (offset === undefined && first !== undefined && second !== undefined) return { twice: [first, second] }
  const moment = readMoment(request)
  if ('problem' in moment) return { problem: moment.problem }
  if (Date.parse(moment.at) <= now) return { problem: message('wire.moment.past') }
  return { request, moment }
}

function offsetsOf({ local, zone }: MomentRequest): string[] {
  if (!isZone(zone)) return []
  try {
    return instantsOf({ local, zone }).map((at) => offsetText(offsetAt(zone, at)))
  } catch {
    return []
  }
}

/** Returns every zone by name, this computer's first. */
export function zoneOptions(current: string): { value: string; label: string }[] {
  const zones = new Set([zoneHere(), current, 'UTC', ...Intl.supportedValuesOf('timeZone')])
  return [...zones].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}
