/**
 * `WireItem` is a published story with no format: everything that a wire format can say about it, and nothing of how.
 * Every writer in `formats/` takes one.
 */
import type { Block, Inline } from '../article/article.ts'

/** `kill` withdraws the item from every receiver, and cannot be taken back. */
export const WIRE_KINDS = ['new', 'update', 'correction', 'kill'] as const
export type WireKind = (typeof WIRE_KINDS)[number]

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
  kind: WireKind
  /**
   * What receivers, and of a correction readers too, are told: what was corrected, what an update adds, why an item was
   * killed. A correction and a kill always have one.
   */
  edNote?: string
  /** Not to be used before this time, ISO 8601. */
  embargo?: string
  /** Sent so that desks know of it, and not to be used until a later version says so. */
  withheld?: true
  /** When the story was first published, ISO 8601. */
  firstPublished: string
  /** When this version was made, ISO 8601. */
  versionCreated: string
  language: string
  slug: string
  section?: string
  /** IPTC genre code, e.g. `genre:Analysis` (http://cv.iptc.org/newscodes/genre/). */
  genre?: string
  keywords: string[]
  /** IPTC Media Topic codes. */
  subjects: string[]
  /** 1 (flash) to 9. */
  urgency?: number
  headline: string
  standfirst: string
  byline: string
  dateline: string
  /** Where the story was filed from, when the desk has named the place apart from the dateline's words. */
  place?: string
  /** The day of the dateline, `YYYY-MM-DD`. */
  datelineDate?: string
  body: Block[]
  /** In the body; by the same count that the story page shows. */
  words: number
  pictures: WirePicture[]
  /** The newsroom that sends it. */
  provider: string
  rights?: WireRights
  /** Other items that a reader of this one may want, in the desk's order. */
  related?: RelatedItem[]
}

/** Each line is absent when there is nothing to say. */
export interface WireRights {
  /** Who owns it, e.g. `The Daily Example`. */
  holder?: string
  /** e.g. `© 2026 The Daily Example`. */
  notice?: string
  /** What a receiver may do with it. */
  usage?: string
}

export interface RelatedItem {
  /** The `uri` of a wire item, or the address of a page. */
  uri: string
  title: string
}

export type { Block, Inline }

/** A published item in one format. */
export interface RenderedItem {
  /** The extension of the item's file, e.g. `ninjs.json`. */
  extension: string
  contentType: string
  text: string
}

/** A wire format that Galley writes single items in. */
export interface WireFormat {
  name: string
  /** As people call it, e.g. `ninjs 3.1`. */
  label: string
  /** Of the item's file, without the leading dot, e.g. `ninjs.json`. */
  extension: string
  contentType: string
  write: (item: WireItem) => RenderedItem
}
