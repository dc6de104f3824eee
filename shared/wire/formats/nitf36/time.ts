/** The times in NITF's `norm` attributes: ISO 8601 without separators, to the second (`20261122T200000Z`). */

export function nitfTime(iso: string): string {
  return new Date(iso).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
}

/** Returns a date, which NITF wants with a zero time: `2026-11-22` becomes `20261122T000000Z`. */
export function nitfDay(day: string): string {
  return `${day.replaceAll('-', '')}T000000Z`
}
