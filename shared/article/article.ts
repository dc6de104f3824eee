/**
 * `Article` is the plain tree read from a story's `Y.Doc`: what versions, diffs, checks and the wire work on.
 * It holds no Yjs and no ProseMirror types, and is JSON through and through.
 */

export type Mark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; href: string }

/** A run of text under the same marks, or a line break inside a block. */
export type Inline = { type: 'text'; text: string; marks: Mark[] } | { type: 'hardBreak' }

export interface Paragraph {
  type: 'paragraph'
  content: Inline[]
}
/** A subhead inside the body. The page's headline is level 1, so a body's subheads are 2 and 3. */
export interface Subhead {
  type: 'heading'
  level: 2 | 3
  content: Inline[]
}
export interface Quote {
  type: 'blockquote'
  content: Block[]
}
export interface List {
  type: 'bulletList' | 'orderedList'
  /** An ordered list's first number; 1 for a bullet list. */
  start: number
  items: Block[][]
}
export type Block = Paragraph | Subhead | Quote | List

/** A picture as the story refers to it; its bytes are in the media store, never in the document. */
export interface Picture {
  /** The media id (a UUID), which is also the name under which the relay serves it. */
  mediaId: string
  /** The MIME type of the original, e.g. `image/jpeg`. */
  type: string
  /** In pixels. */
  width: number
  height: number
  /** The name of the file it came from. */
  name: string
  /** What the picture shows, for those who cannot see it. */
  alt: string
}

export interface Figure {
  id: string
  picture: Picture | null
  caption: Paragraph[]
  credit: Paragraph[]
}

/** What the desk knows of a story beside its words. Absent values are absent, never empty strings. */
export interface StoryMeta {
  slug?: string
  section?: string
  keywords?: string[]
  /** IPTC Media Topic codes, e.g. `medtop:11000000`. */
  subjects?: string[]
  /** IPTC urgency: 1 (flash) to 9 (least urgent). */
  urgency?: number
  /** A BCP 47 language tag. */
  language?: string
  /** IPTC genre code, e.g. `genre:Analysis`. */
  genre?: string
  /** Where the story is filed from. */
  place?: string
  /** The day of the dateline, `YYYY-MM-DD`. */
  datelineDate?: string
  /** Who owns the story, and what may be done with it. */
  rights?: { holder?: string; notice?: string; usage?: string }
  /** Other items, by their uri or address. */
  related?: { uri: string; title: string }[]
  /** In words. */
  targetLength?: number
}

export interface Article {
  headline: Paragraph[]
  standfirst: Paragraph[]
  byline: Paragraph[]
  dateline: Paragraph[]
  figures: Figure[]
  body: Block[]
  meta: StoryMeta
}
