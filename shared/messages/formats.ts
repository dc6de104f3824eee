/** Dates, times, numbers and lists as the interface's language writes them. */

export interface Formats {
  number: (value: number) => string
  /** `Anna, Maria and Nikos`. */
  list: (items: readonly string[]) => string
  /** `Anna, Maria or Nikos`. */
  alternatives: (items: readonly string[]) => string
  /** `14:32`. */
  clockTime: (at: Date) => string
  /** `14:32` today, `Tue 14:32` within a week, else `3 Mar`, with the year when it is another. In this computer's zone. */
  shortTime: (at: Date, now?: Date) => string
  /** `Tue 14:32` within a week from now, else `3 Mar, 14:32`, with the year when it is another. */
  comingTime: (at: Date, now?: Date) => string
  /** `Tuesday, 3 March 2026 at 14:32`, for where the zone is said beside it. */
  fullTime: (at: Date) => string
  /** `Tuesday, 3 March 2026 at 14:32 CET`. */
  longTime: (at: Date) => string
  /** `3 Mar, 14:32`. */
  dayAndTime: (at: Date) => string
  /** `Tuesday, 3 March 2026`. */
  wholeDay: (at: Date) => string
  /** A language's name from its BCP 47 tag: `Greek (Cyprus)`. The tag itself when it names none. */
  languageName: (tag: string) => string
  /** For sorting names. */
  compare: (a: string, b: string) => number
}

const DAY_MS = 86_400_000

export function createFormats(locale: string): Formats {
  // Newsrooms write times by the 24-hour clock, Greek ones too.
  const dates = (options: Intl.DateTimeFormatOptions) =>
    lazily(() => new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23' }))
  const number = lazily(() => new Intl.NumberFormat(locale))
  const list = lazily(() => new Intl.ListFormat(locale, { type: 'conjunction' }))
  const alternatives = lazily(() => new Intl.ListFormat(locale, { type: 'disjunction' }))
  const languages = lazily(() => new Intl.DisplayNames(locale, { type: 'language' }))
  const collator = lazily(() => new Intl.Collator(locale))
  const clock = dates({ hour: '2-digit', minute: '2-digit' })
  const weekday = dates({ weekday: 'short' })
  const day = dates({ day: 'numeric', month: 'short' })
  const dayOfYear = dates({ day: 'numeric', month: 'short', year: 'numeric' })
  const weekdayAndTime = dates({ weekday: 'short', hour: '2-digit', minute: '2-digit' })
  const dayAndTime = dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const dayOfYearAndTime = dates({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
  const wholeDay = dates({ dateStyle: 'full' })
  const full = dates({ dateStyle: 'full', timeStyle: 'short' })
  const zone = dates({ timeZoneName: 'short' })

  return {
    number: (value) => number().format(value),
    list: (items) => list().format(items),
    alternatives: (items) => alternatives().format(items),
    clockTime: (at) => clock().format(at),
    shortTime(at, now = new Date()) {
      const days = Math.round((midnight(now) - midnight(at)) / DAY_MS)
      if (days === 0) return clock().format(at)
      if (days > 0 && days < 7) return `${weekday().format(at)} ${clock().format(at)}`
      return (at.getFullYear() === now.getFullYear() ? day : dayOfYear)().format(at)
    },
    comingTime(at, now = new Date()) {
      const days = Math.round((midnight(at) - midnight(now)) / DAY_MS)
      if (days === 0) return clock().format(at)
      if (days > 0 && days < 7) return weekdayAndTime().format(at)
      return (at.getFullYear() === now.getFullYear() ? dayAndTime : dayOfYearAndTime)().format(at)
    },
    fullTime: (at) => full().format(at),
    longTime(at) {
      const zoneName = zone()
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value
      return `${full().format(at)} ${zoneName ?? ''}`.trim()
    },
    dayAndTime: (at) => dayAndTime().format(at),
    wholeDay: (at) => wholeDay().format(at),
    languageName(tag) {
      try {
        return languages().of(tag) ?? tag
      } catch {
        return tag
      }
    },
    compare: (a, b) => collator().compare(a, b),
  }
}

/** A formatter costs some milliseconds to make, and most are not asked for. */
function lazily<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => (made ??= make())
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
