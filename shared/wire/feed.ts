/**
 * Feeds: documents of many items, which readers and their software poll. They are public, so an item that is withheld
 * or under embargo is left out for every client.
 */
import type { WireItem, WirePicture } from './item.ts'

export interface Feed {
  title: string
  description: string
  language: string
  /** The address of the site's home page. */
  home: string
  /** The address of the feed itself. */
  self: string
  /** The creation time of the feed, ISO 8601. Items under embargo at this time are left out. */
  time: string
  /** Any versions of any stories, in any order. */
  items: readonly WireItem[]
  /** Returns the address of an item's page. */
  pageOf: (item: WireItem) => string
  /** Returns the address of a picture. Absent if the site has no pictures. */
  pictureOf?: (picture: WirePicture) => string
}

/** A feed format. */
export interface WireFeed {
  name: string
  /** The common name, e.g. `RSS 2.0`. */
  label: string
  contentType: string
  write: (feed: Feed) => string
}

/** The entries of a feed: the newest version of each story that is not under embargo, newest first. */
export interface Entries {
  live: WireItem[]
  killed: WireItem[]
}

export function feedEntries({ items, time }: Pick<Feed, 'items' | 'time'>): Entries {
  const newest = new Map<string, WireItem>()
  for (const item of items) {
    if (item.kind !== 'kill' && item.embargo !== undefined && Date.parse(item.embargo) > Date.parse(time)) continue
    const known = newest.get(item.uri)
    // A kill is final, whatever was sent after it.
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

/** Returns the time of the last change in the feed; the creation time for an empty feed. */
export function feedUpdated({ live, killed }: Entries, { time }: Pick<Feed, 'time'>): string {
  const newest = [...live, ...killed].map(({ versionCreated }) => versionCreated)
  return newest.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? time
}
