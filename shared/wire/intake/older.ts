/** Compares two items of one id: by version, or by time where the format has no versions. */
import type { ReadItem } from '../reading/read-item.ts'

/** What is compared. */
type Dated = { [Key in 'kind' | 'version' | 'versionCreated']?: ReadItem[Key] | undefined }

/** Returns whether an incoming item is older than a known one. A kill is never older, and nothing is newer than one. */
export function isOlder(known: Dated, incoming: Dated): boolean {
  if (incoming.kind === 'kill') return false
  if (known.kind === 'kill') return true
  return (compare(known.version, incoming.version) || compare(time(known), time(incoming))) > 0
}

function time({ versionCreated }: Dated): number | undefined {
  return versionCreated === undefined ? undefined : Date.parse(versionCreated)
}

/** Returns more than zero if the first is greater, and zero if they are equal or one is unknown. */
function compare(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? 0 : a - b
}
