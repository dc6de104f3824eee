/**
 * Decides which parts of an item may leave the newsroom, for all formats alike. So no format can forget that a kill is
 * not a version of the story but an order to drop it.
 */
import type { WireItem } from '../item.ts'

/**
 * Returns the item that a writer may write. Of a kill, that is the item's identity (uri, slug, headline, times) and the
 * reason (`edNote`), at the highest urgency, by which receivers sort. The story, its pictures and the writer's name are
 * removed, since any of them may be the reason for the kill.
 */
export function outgoing(item: WireItem): WireItem {
  if (item.kind !== 'kill') return item
  const { uri, version, kind, edNote, firstPublished, versionCreated, language, slug, headline, provider } = item
  return {
    uri,
    version,
    kind,
    ...(edNote === undefined ? {} : { edNote }),
    firstPublished,
    versionCreated,
    language,
    slug,
    keywords: [],
    subjects: [],
    urgency: 1,
    headline,
    standfirst: '',
    byline: '',
    dateline: '',
    body: [],
    words: 0,
    pictures: [],
    provider,
  }
}

/**
 * `canceled` is final; `withheld` lasts until a later version releases the item. The terms are from ninjs and
 * NewsML-G2.
 */
export type PubStatus = 'usable' | 'withheld' | 'canceled'

export function pubStatus({ kind, withheld }: WireItem): PubStatus {
  if (kind === 'kill') return 'canceled'
  return withheld === true ? 'withheld' : 'usable'
}

/** Returns the embargo if it ends after this version was created; otherwise undefined: the item may be used at once. */
export function embargoAhead({ embargo, versionCreated }: WireItem): string | undefined {
  return embargo !== undefined && Date.parse(embargo) > Date.parse(versionCreated) ? embargo : undefined
}

/** Returns the note that readers see at the top of a corrected story; undefined for other kinds. */
export function readersNote({ kind, edNote }: WireItem): string | undefined {
  return kind === 'correction' ? edNote : undefined
}
