/**
 * `WireItem` is a published story independent of any format: all the content that a wire format can carry. Every writer
 * in `formats/` takes one.
 */
import type { Block, Inline } from '../article/article.ts'

/** A `kill` withdraws the item from every receiver. It is final. */
export const WIRE_KINDS = ['new', 'update', 'correction', 'kill'] as const
export type WireKind = (typeof WIRE_KINDS)[number]

export interface WirePicture {
  mediaId: string
  /** The name of its file as delivered, next to the item. */
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
   * The note to receivers, and for a correction to readers too: what was corrected, what an update adds, why an item
   * was killed. Corrections and kills always have one.
   */
  edNote?: string
  /** The time before which the item must not be used, ISO 8601. */
  embargo?: string
  /** True if sent for information only: receivers must not use the item until a later version releases it. */
  withheld?: true
  /** When the story was first published, ISO 8601. */
  firstPublished: string
  /** When this version was created, ISO 8601. */
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
  /** The place the story was filed from, if the desk set it separately from the dateline. */
  place?: string
  /** The date of the dateline, `YYYY-MM-DD`. */
  datelineDate?: string
  body: Block[]
  /** The length of the body, counted as on the story page. */
  words: number
  pictures: WirePicture[]
  /** The newsroom that sends the item. */
  provider: string
  rights?: WireRights
  /** Other items of interest to a reader of this one, in the desk's order. */
  related?: RelatedItem[]
}

/** The rights lines. Empty ones are absent. */
export interface WireRights {
  /** The owner, e.g. `The Daily Example`. */
  holder?: string
  /** e.g. `© 2026 The Daily Example`. */
  notice?: string
  /** The terms of use for receivers. */
  usage?: string
}

export interface RelatedItem {
  /** The `uri` of a wire item, or the address of a web page. */
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

/** A wire format for single items. */
export interface WireFormat {
  name: string
  /** The common name, e.g. `ninjs 3.1`. */
  label: string
  /** The file extension without the leading dot, e.g. `ninjs.json`. */
  extension: string
  contentType: string
  write: (item: WireItem) => RenderedItem
}
