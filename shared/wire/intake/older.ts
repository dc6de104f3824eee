/** Which of two that go by one id is the older: by version, or by time where the format has no versions. */
import type { ReadItem } from '../reading/read-item.ts'

/** Whether an incoming item is older than one that is here. A kill is always news, and nothing follows one. */
export function isOlder(known: ReadItem, incoming: ReadItem): boolean {
  if (incoming.kind === 'kill') return false
  if (known.kind === 'kill') return true
  return (compare(known.version, incoming.version) || compare(time(known), time(incoming))) > 0
}

function time({ versionCreated }: ReadItem): number | undefined {
  return versionCreated === undefined ? undefined : Date.parse(versionCreated)
}

/** Above zero when the first is greater; zero when they are the same, or when one of them is not told. */
function compare(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? 0 : a - b
}
