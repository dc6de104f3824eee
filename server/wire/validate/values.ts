/** Checks of values that several wire formats share. */
import { absoluteUri } from '#shared/wire/formats/addresses.ts'

/** Returns whether this is a date and time with a zone: `2026-11-22T20:00:00+02:00` (RFC 3339). */
export function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text))
}

/** Returns whether this is a time, or a date alone. */
export function isDayOrTime(text: string): boolean {
  return isTime(text) || (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)))
}

/**
 * Returns whether this is a time like `Sun, 22 Nov 2026 20:00:00 GMT` (RFC 822 as used by RSS: the weekday is
 * optional).
 */
export function isRfc822Time(text: string): boolean {
  const form = /^([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{2}(\d{2})? \d\d:\d\d(:\d\d)? ([A-Z]{1,3}|[+-]\d{4})$/
  return form.test(text.trim()) && !Number.isNaN(Date.parse(text))
}

/** Returns whether this is a time in NITF's form, `20261122T200000Z`. */
export function isBasicTime(text: string): boolean {
  return /^\d{8}(T\d{4,6}(Z|[+-]\d{4})?)?$/.test(text)
}

export function isUri(text: string): boolean {
  return absoluteUri(text) !== null
}

/** Returns whether a browser can open this address. */
export function isWebAddress(text: string): boolean {
  return isUri(text) && /^https?:/i.test(text)
}
