/**
 * `WireItem` is a published story with no format: everything that a wire format can say about it, and nothing of how.
 * Every writer in `formats/` takes one.
 */
import type { Block, Inline } from '../article/article.ts'

export interface WirePicture {
  mediaId: string
  /** The name of its file as delivered, beside the item. */
  href: string
  type: string
  width: number
  height: number
  alt: string
  caption: string
  credit: string
}

export interface WireItem {
  /** The same for every version of a story. */
  uri: string
  version: number
  kind: 'new' | 'update'
  /** When the story was first published, ISO 8601. */
  firstPublished: string
  /** When this version was made, ISO 8601. */
  versionCreated: string
  language: string
  slug: string
  section?: string
  keywords: string[]
  /** IPTC Media Topic codes. */
  subjects: string[]
  /** 1 (flash) to 9. */
  urgency?: number
  headline: string
  standfirst: string
  byline: string
  dateline: string
  body: Block[]
  /** In the body; by the same count that the story page shows. */
  words: number
  pictures: WirePicture[]
  /** The newsroom that sends it. */
  provider: string
}

export type { Block, Inline }

/** A published item in one format: files that belong together, the first being the item itself. */
export interface RenderedItem {
  /** The extension of the item's file, e.g. `ninjs.json`. */
  extension: string
  contentType: string
  text: string
}

/** A wire format that Galley writes. */
export interface WireFormat {
  name: string
  label: string
  write(item: WireItem): RenderedItem
}
