/**
 * How a duplicate and an update of an item are recognised: by its id, and then by its version, or by its time where the
 * format has no versions. What has no id (copied text, a Word document) is known by its words alone.
 */
import { plainText } from '../../article/text.ts'
import type { ReadItem } from './read-item.ts'

/** What an item is known by; two items with the same key are versions of one, or one and the same. */
export function identityKey({ uri, headline, body }: ReadItem): string {
  if (uri !== undefined) return `id:${uri}`
  // The words without what copying changes: case, blanks, kinds of quotation marks and dashes.
  const words =
    `${headline}\n${plainText(body)}`
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return `words:${words.join(' ')}`
}

/** `conflict`: the same version of the same item with other words, which a person has to look at. */
export type Recognised = 'duplicate' | 'update' | 'older' | 'conflict'

/** What an incoming item is to one that is known under the same key. A kill is always news, and nothing follows one. */
export function recognise(known: ReadItem, incoming: ReadItem): Recognised {
  if (known.kind === 'kill') return incoming.kind === 'kill' ? 'duplicate' : 'older'
  if (incoming.kind === 'kill') return 'update'
  const order = compare(known.version, incoming.version) || compare(time(known), time(incoming))
  if (order !== 0) return order < 0 ? 'update' : 'older'
  return sameWords(known, incoming) ? 'duplicate' : 'conflict'
}

function time({ versionCreated }: ReadItem): number | undefined {
  return versionCreated === undefined ? undefined : Date.parse(versionCreated)
}

/** Below zero when the second is greater; zero when they are the same, or when one of them is not told. */
function compare(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? 0 : a - b
}

function sameWords(a: ReadItem, b: ReadItem): boolean {
  const said = ({ headline, standfirst, edNote, embargo, withheld, body }: ReadItem) =>
    JSON.stringify([headline, standfirst, edNote, embargo, withheld, body])
  return said(a) === said(b)
}
