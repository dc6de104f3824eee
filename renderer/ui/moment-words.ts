/** Scheduled times in words. */
import type { Messages } from '#shared/messages/messages.ts'
import type { Moment } from '#shared/protocol/http.ts'

/** Returns the moment in full as it was entered, and the time on this computer's clock where the two differ. */
export function momentText({ at, local, zone }: Moment, { t, format }: Messages): string {
  const [here, there] = [new Date(at), new Date(local)]
  const place = zone.replaceAll('_', ' ')
  const time = format.fullTime(there)
  if (format.fullTime(here) === time) return t('ui.moment', { time, place })
  const onThisClock = here.toDateString() === there.toDateString() ? format.clockTime(here) : format.fullTime(here)
  return t('ui.moment-elsewhere', { there: time, place, here: onThisClock })
}
