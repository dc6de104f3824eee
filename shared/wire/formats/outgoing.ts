/**
 * What of an item may leave the newsroom, for every format alike, so that none can forget that a kill is not a version of
 * the story but an order to drop it.
 */
import type { WireItem } from '../item.ts'

/**
 * The item as a writer may write it. Of a kill that is which item is meant (uri, slug, headline, times) and why (`edNote`),
 * at the highest urgency, by which receivers sort. The story, its pictures and its writer's name, any of which may be what
 * it was killed for, are gone.
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

/** `canceled` is for ever; `withheld` until a later version says otherwise. The words are those of ninjs and NewsML-G2. */
export type PubStatus = 'usable' | 'withheld' | 'canceled'

export function pubStatus({ kind, withheld }: WireItem): PubStatus {
  if (kind === 'kill') return 'canceled'
  return withheld === true ? 'withheld' : 'usable'
}

/** When it may be used, for a version that was made before that time; undefined for one that may be used as it comes. */
export function embargoAhead({ embargo, versionCreated }: WireItem): string | undefined {
  return embargo !== undefined && Date.parse(embargo) > Date.parse(versionCreated) ? embargo : undefined
}

/** What readers are told at the top of a corrected story; undefined for any other. */
export function readersNote({ kind, edNote }: WireItem): string | undefined {
  return kind === 'correction' ? edNote : undefined
}
