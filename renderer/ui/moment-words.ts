/** Planned times in words: with their zone where it is another than this computer's. */
import type { Messages } from '#shared/messages/messages.ts'
import type { Moment } from '#shared/protocol/http.ts'
import { clockTime, fullTime, shortTime } from './time-words.ts'

const soon = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' })
const later = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const anotherYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const DAY = 86_400_000

/** The moment in full as it was entered, with what it is on this computer's clock where the two differ. */
export function momentText({ at, local, zone }: Moment, { t, format }: Messages): string {
  const [here, there] = [new Date(at), new Date(local)]
  const place = zone.replaceAll('_', ' ')
  const time = format.fullTime(there)
  if (format.fullTime(here) === time) return t('ui.moment', { time, place })
  const onThisClock = here.toDateString() === there.toDateString() ? format.clockTime(here) : format.fullTime(here)
  return t('ui.moment-elsewhere', { there: time, place, here: onThisClock })
}

/** When it is, by this computer's clock: `18:00` today, `Tue 18:00` within a week, else `3 Mar, 18:00`, with the year when it is another. */
export function shortMoment({ at }: Pick<Moment, 'at'>, now = new Date()): string {
  const time = new Date(at)
  if (time.toDateString() === now.toDateString()) return shortTime(time, now)
  const days = (time.getTime() - now.getTime()) / DAY
  if (days > 0 && days < 6) return soon.format(time)
  return (time.getFullYear() === now.getFullYear() ? later : anotherYear).format(time)
}

/** When it is in full: as it was said, and what that is here when the clocks differ. */
export function longMoment({ at, local, zone }: Moment): string {
  const here = new Date(at)
  const there = new Date(local)
  const place = zone.replaceAll('_', ' ')
  if (fullTime(here) === fullTime(there)) return `${fullTime(here)} (${place})`
  const said = here.toDateString() === there.toDateString() ? clockTime(here) : fullTime(here)
  return `${fullTime(there)} in ${place}, which is ${said} here`
}
