/** Every format that Galley reads, and which of them a document is of. A new one is a `read.ts` and a line in here. */
import { atomReader } from '../formats/atom/read.ts'
import { htmlReader } from '../formats/html/read.ts'
import { anpa1312Reader } from '../formats/iptc7901/read-anpa1312.ts'
import { iptc7901Reader } from '../formats/iptc7901/read.ts'
import { jsonFeedReader } from '../formats/json-feed/read.ts'
import { newsMlG2Reader } from '../formats/newsmlg2/read.ts'
import { ninjs } from '../formats/ninjs/read.ts'
import { nitf } from '../formats/nitf36/read.ts'
import { plainText } from '../formats/plain-text/read.ts'
import { rssReader } from '../formats/rss/read.ts'
import type { WireReader } from '../reading/read-item.ts'

export const READERS: readonly WireReader[] = [
  ninjs,
  newsMlG2Reader,
  nitf,
  iptc7901Reader,
  anpa1312Reader,
  rssReader,
  atomReader,
  jsonFeedReader,
  htmlReader,
  plainText,
]

/** Formats that one reader reads in all their versions, by the names under which Galley writes them. */
const WRITTEN_AS: Readonly<Record<string, string>> = { ninjs31: 'ninjs', ninjs22: 'ninjs', nitf36: 'nitf' }

/** The reader of this name, or of the format that is written under it; undefined when there is none. */
export function findReader(name: string): WireReader | undefined {
  const wanted = Object.hasOwn(WRITTEN_AS, name) ? WRITTEN_AS[name] : name
  return READERS.find((reader) => reader.name === wanted)
}

/** The reader that is surest of a text; undefined for a text that no reader would take, which is an empty one. */
export function detectReader(text: string): WireReader | undefined {
  const sure = READERS.map((reader) => ({ reader, how: reader.detect(text) })).sort((a, b) => b.how - a.how)
  return sure[0] !== undefined && sure[0].how > 0 ? sure[0].reader : undefined
}

/**
 * The name under which Galley writes, and can check, what a document is of; undefined for a format that it only reads,
 * such as a version of ninjs before 2.
 */
export function writtenFormat(reader: WireReader, text: string): string | undefined {
  if (reader.name === 'nitf') return 'nitf36'
  if (reader.name === 'plain-text' || reader.name === 'anpa1312') return undefined
  // Any page can be read. Those that say that they are a story can be checked for it.
  if (reader.name === 'html') return text.includes('application/ld+json') ? 'html' : undefined
  if (reader.name !== 'ninjs') return reader.name
  // Version 3 is the one in camel case, version 1 the one without lists.
  const has = (...names: string[]) => names.some((name) => new RegExp(`"${name}"\\s*:`, 'u').test(text))
  if (has('versionCreated', 'contentType', 'pubStatus')) return 'ninjs31'
  if (has('bodies', 'headlines')) return has('versioncreated', 'contenttype', 'pubstatus') ? 'ninjs22' : 'ninjs31'
  return has('headline', 'body_\\w+', 'byline') ? undefined : 'ninjs22'
}
