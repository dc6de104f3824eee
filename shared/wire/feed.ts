/**
 * Feeds: many items in one document, which readers and their software fetch again and again. They are public, so an item
 * that is withheld or under embargo is not in them, whoever asks.
 */
import type { WireItem, WirePicture } from './item.ts'

export interface Feed {
  title: string
  description: string
  language: string
  /** Address of the site's first page. */
  home: string
  /** Address of the feed itself. */
  self: string
  /** When the feed is made, ISO 8601: what is under embargo at this time is left out. */
  time: string
  /** Any versions of any stories, in any order. */
  items: readonly WireItem[]
  /** Address of the item's page. */
  pageOf: (item: WireItem) => string
  /** Address of the picture; a feed of a site without pictures has none. */
  pictureOf?: (picture: WirePicture) => string
}

/** A format that Galley writes feeds in. */
export interface WireFeed {
  name: string
  /** As people call it, e.g. `RSS 2.0`. */
  label: string
  contentType: string
  write: (feed: Feed) => string
}

/** What a feed says of each story: the newest version that is not under embargo, the newest first. */
export interface Entries {
  live: WireItem[]
  killed: WireItem[]
}

export function feedEntries({ items, time }: Pick<Feed, 'items' | 'time'>): Entries {
  const newest = new Map<string, WireItem>()
  for (const item of items) {
    if (item.kind !== 'kill' && item.embargo !== undefined && Date.parse(item.embargo) > Date.parse(time)) continue
    const known = newest.get(item.uri)
    // A kill is for ever, whatever was sent after it.
    if (known === undefined || (known.kind !== 'kill' && (item.kind === 'kill' || item.version > known.version))) {
      newest.set(item.uri, item)
    }
  }
  const entries = [...newest.values()].sort((a, b) => Date.parse(b.versionCreated) - Date.parse(a.versionCreated))
  return {
    live: entries.filter(({ kind, withheld }) => kind !== 'kill' && withheld !== true),
    killed: entries.filter(({ kind }) => kind === 'kill'),
  }
}

/** When anything in the feed changed last; the time of its making when there is nothing in it. */
export function feedUpdated({ live, killed }: Entries, { time }: Pick<Feed, 'time'>): string {
  const newest = [...live, ...killed].map(({ versionCreated }) => versionCreated)
  return newest.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? time
}
