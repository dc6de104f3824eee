/** All formats in which Galley sends stories, by name. To add one, add a folder beside this file and a line in it. */
import type { WireFeed } from '../feed.ts'
import type { WireFormat } from '../item.ts'
import { atom } from './atom/write.ts'
import { html } from './html/write.ts'
import { iptc7901 } from './iptc7901/write.ts'
import { jsonFeed } from './json-feed/write.ts'
import { newsSitemap } from './news-sitemap/write.ts'
import { newsMlG2 } from './newsmlg2/write.ts'
import { ninjs22 } from './ninjs22/write.ts'
import { ninjs31 } from './ninjs31/write.ts'
import { nitf36 } from './nitf36/write.ts'
import { rss } from './rss/write.ts'

/** The formats for single items. The first is the default choice. */
export const FORMATS: readonly WireFormat[] = [ninjs31, ninjs22, newsMlG2, nitf36, iptc7901, html]

/** The formats for feeds. */
export const FEEDS: readonly WireFeed[] = [rss, atom, jsonFeed, newsSitemap]

/** Returns the format of this name; undefined if unknown. */
export function findFormat(name: string): WireFormat | undefined {
  return FORMATS.find((format) => format.name === name)
}

/** Returns the feed format of this name; undefined if unknown. */
export function findFeed(name: string): WireFeed | undefined {
  return FEEDS.find((feed) => feed.name === name)
}
