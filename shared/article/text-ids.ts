import * as Y from 'yjs'
import type { IdRun } from './copies.ts'

export function idsIn(text: Y.Text, index: number, length: number): IdRun[] {
  const runs: IdRun[] = []
  let at = 0
  for (let item = text._start; item !== null && at < index + length; item = item.right) {
    if (item.deleted || !item.countable) continue
    const from = Math.max(0, index - at)
    const to = Math.min(item.length, index + length - at)
    at += item.length
    if (from < to) runs.push({ client: item.id.client, clock: item.id.clock + from, length: to - from })
  }
  void Y
  return runs
}
