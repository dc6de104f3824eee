/**
 * `Article` is the plain tree read from a story's `Y.Doc`: the input of versions, diffs, checks and the wire.
 * It holds no Yjs or ProseMirror types and serializes to JSON.
 */
import type { StoryMeta } from './meta.ts'

export type { StoryMeta }

export type Mark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; href: string }

/** A run of text under the same marks, or a line break inside a block. */
export type Inline = { type: 'text'; text: string; marks: Mark[] } | { type: 'hardBreak' }

export interface Paragraph {
  type: 'paragraph'
  content: Inline[]
}
/** A subhead in the body. The page's headline is level 1, so subheads are 2 and 3. */
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
  /** The first number of an ordered list; 1 for a bullet list. */
  start: number
  items: Block[][]
}
export type Block = Paragraph | Subhead | Quote | List

/** A picture as the story refers to it. Its bytes are in the media store, never in the document. */
export interface Picture {
  /** The media id (a UUID). The relay serves the picture under this name. */
  mediaId: string
  /** The MIME type of the original, e.g. `image/jpeg`. */
  type: string
  /** In pixels. */
  width: number
  height: number
  /** The original file name. */
  name: string
  /** What the picture shows, for readers who cannot see it. */
  alt: string
}

export interface Figure {
  id: string
  picture: Picture | null
  caption: Paragraph[]
  credit: Paragraph[]
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
