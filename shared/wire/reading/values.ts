/** Single values as feeds write them, in the one form that a wire item has them in; undefined for what is none. */

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(z|[+-]\d{2}:?(?:\d{2})?)?)?$/iu

/**
 * A time as ISO 8601 in UTC, from ISO 8601 in either of its notations or from the one of mail (RFC 822). A time without a
 * zone is taken for UTC: nothing says whose it is, and it must not depend on where Galley runs.
 */
export function isoTime(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? ''
  if (trimmed.length > 100) return undefined
  const parts = ISO.exec(trimmed)
  if (parts !== null) {
    const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
      parts
    const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()
    const millis = fraction.padEnd(3, '0').slice(0, 3)
    return validTime(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${offset}`)
  }
  if (!/^(?:\p{L}{3,9}\.?,?\s+)?\d{1,2}\s+\p{L}{3,9}\.?\s+\d{2,4}\b/u.test(trimmed)) return undefined
  return validTime(
    /(?:[+-]\d{4}|\b(?:gmt|utc?|z|[ecmp][sd]t))\s*(?:\(.*\))?$/iu.test(trimmed) ? trimmed : `${trimmed} GMT`,
  )
}

function validTime(text: string): string | undefined {
  const time = Date.parse(text)
  // A year of five digits is not written as other years are.
  return Number.isNaN(time) || time > Date.UTC(9999, 11, 31) || time < Date.UTC(1, 0)
    ? undefined
    : new Date(time).toISOString()
}

/** A day, `YYYY-MM-DD`, from a day alone or a time of nothing on that day. */
export function isoDay(text: string | undefined): string | undefined {
  const [, year, month, day] =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:T00:?00(?::?00)?(?:Z|\+00:?00)?)?$/u.exec(text?.trim() ?? '') ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  return validTime(`${year}-${month}-${day}`) === undefined ? undefined : `${year}-${month}-${day}`
}

/** A whole number in a range. */
export function wholeNumber(text: string | undefined, least: number, most: number): number | undefined {
  const digits = /^\s*0*(\d{1,15})\s*$/u.exec(text ?? '')?.[1]
  const value = digits === undefined ? Number.NaN : Number(digits)
  return value >= least && value <= most ? value : undefined
}

export const urgencyOf = (text: string | undefined): number | undefined => wholeNumber(text, 1, 9)

/** A version as a number; a standard that calls a version by anything else cannot be compared. */
export const versionOf = (text: string | undefined): number | undefined => wholeNumber(text, 1, Number.MAX_SAFE_INTEGER)

/** A language by its BCP 47 tag. */
export function languageOf(text: string | undefined): string | undefined {
  const tag = (text ?? '').trim().replaceAll('_', '-')
  return /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/iu.test(tag) ? tag : undefined
}

/** What an item's publication status says of it, in any of the words that the standards and their dialects have for it. */
export function statusOf(status: string | undefined): { kind?: 'kill'; withheld?: true } {
  const word = (status ?? '').replace(/^.*[:/#]/u, '').toLowerCase()
  if (/^(?:cancel(?:l?ed)?|kill(?:ed)?|mandatory-?kill|deleted?|withdrawn|void)$/u.test(word)) return { kind: 'kill' }
  return /^(?:withheld|withhold)$/u.test(word) ? { withheld: true } : {}
}

/** When it may be used; an embargo whose end is not told, or cannot be read, has none until somebody says so. */
export function embargoOf(text: string | undefined): { embargo?: string; withheld?: true } {
  if (text === undefined) return {}
  const time = isoTime(text)
  return time === undefined ? { withheld: true } : { embargo: time }
}

/** The entries that have a value: what a document did not tell is absent, never undefined or empty. */
export function told<Values extends object>(
  values: Values,
): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  const there = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(there) as { [Key in keyof Values]?: Exclude<Values[Key], undefined> }
}
