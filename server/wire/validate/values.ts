/** The kinds of value that wire formats have in common. */
import { absoluteUri } from '#shared/wire/formats/addresses.ts'

/** A day and a time with its zone: `2026-11-22T20:00:00+02:00` (RFC 3339). */
export function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text))
}

/** A time, or a day alone. */
export function isDayOrTime(text: string): boolean {
  return isTime(text) || (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)))
}

/** `Sun, 22 Nov 2026 20:00:00 GMT` (RFC 822 as RSS takes it: the weekday may be left out). */
export function isRfc822Time(text: string): boolean {
  const form = /^([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{2}(\d{2})? \d\d:\d\d(:\d\d)? ([A-Z]{1,3}|[+-]\d{4})$/
  return form.test(text.trim()) && !Number.isNaN(Date.parse(text))
}

/** `20261122T200000Z`, as NITF asks for it. */
export function isBasicTime(text: string): boolean {
  return /^\d{8}(T\d{4,6}(Z|[+-]\d{4})?)?$/.test(text)
}

export function isUri(text: string): boolean {
  return absoluteUri(text) !== null
}

/** An address that a browser opens. */
export function isWebAddress(text: string): boolean {
  return isUri(text) && /^https?:/i.test(text)
}
