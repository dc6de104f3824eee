/**
 * Checks the structure of IPTC 7901: SOH header STX text ETX time, without the format's control characters in the text.
 */
import type { Fault } from './fault.ts'
import { placeIn } from './place.ts'

const [SOH, STX, ETX] = ['\u0001', '\u0002', '\u0003'] as const

/** The fields of the header between blanks. Anything after these is up to the provider. */
const HEADER_FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^[A-Za-z]{2,4}\d{1,5}$/, 'The header must begin with the source and its number, such as GAL0001.'],
  [/^[0-9BRUD]$/i, 'The second field of the header must be the priority, such as 4.'],
  [/^[A-Za-z]{1,3}$/, 'The third field of the header must be the category, such as a.'],
  [/^\d{1,6}$/, 'The fourth field of the header must be the number of words.'],
]

export function checkIptc7901(text: string): Fault[] {
  const [start, textStart, end] = [text.indexOf(SOH), text.indexOf(STX), text.indexOf(ETX)]
  const missing = [
    ...(start < 0 ? ['There is no SOH (0x01) before the header.'] : []),
    ...(textStart < 0 ? ['There is no STX (0x02) before the text.'] : []),
    ...(end < 0 ? ['There is no ETX (0x03) after the text.'] : []),
  ]
  if (missing.length > 0) return missing.map((message) => ({ line: 1, message }))
  if (start > textStart || textStart > end) return [{ line: 1, message: 'SOH, STX and ETX are in the wrong order.' }]
  return [
    ...headerFaults(text, start + 1, textStart),
    ...strays(text, textStart + 1, end),
    ...timeFaults(text, end + 1),
  ]
}

function headerFaults(text: string, from: number, to: number): Fault[] {
  const header = text.slice(from, to)
  const place = placeIn(text, from)
  if (!/\r?\n$/.test(header)) return [{ ...place, message: 'The header does not end with a line break before STX.' }]
  const fields = header.trim().split(' ')
  return HEADER_FIELDS.filter(([form], i) => !form.test(fields[i] ?? '')).map(([, message]) => ({ ...place, message }))
}

function strays(text: string, from: number, to: number): Fault[] {
  // oxlint-disable-next-line no-control-regex -- matches exactly these characters
  return [...text.slice(from, to).matchAll(/[\u0000-\u0008\u000B\u000E-\u001F]/g)].map(({ 0: character, index }) => ({
    ...placeIn(text, from + index),
    message: `The control character 0x${character.charCodeAt(0).toString(16).padStart(2, '0')} is in the text.`,
  }))
}

/** Checks day, hour and minute: 222000. */
function timeFaults(text: string, from: number): Fault[] {
  const time = /^\s*(\d\d)(\d\d)(\d\d)/.exec(text.slice(from))
  const [day, hour, minute] = (time ?? []).slice(1).map(Number)
  if (day !== undefined && hour !== undefined && minute !== undefined) {
    if (day >= 1 && day <= 31 && hour <= 24 && minute <= 59) return []
  }
  return [
    { ...placeIn(text, from), message: 'ETX must be followed by day and time, such as 222000 for the 22nd at 20:00.' },
  ]
}
