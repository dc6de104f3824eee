/** Times as a newsroom's clock says them: absolute, so that they stay true while they stand on screen. */

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const whole = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' })
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** `14:32` today, `Tue 14:32` within a week, else `3 Mar`, with the year when it is another. In this computer's zone. */
export function shortTime(at: Date, now = new Date()): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000)
  if (days === 0) return clock.format(at)
  if (days > 0 && days < 7) return `${weekday.format(at)} ${clock.format(at)}`
  return at.getFullYear() === now.getFullYear() ? day.format(at) : dayAndYear.format(at)
}

/** `Tuesday, 3 March 2026 at 14:32 CET`: whoever reads it to somebody elsewhere says the zone too. */
export function longTime(at: Date): string {
  return `${fullTime(at)} ${zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''}`.trim()
}

/** `Tuesday, 3 March 2026 at 14:32`, for where the zone is said beside it. */
export function fullTime(at: Date): string {
  return whole.format(at)
}

/** `14:32`. */
export function clockTime(at: Date): string {
  return clock.format(at)
}
