/** Helpers for writing the demo's stories. */
import type { Article, Block, Inline, Mark, Paragraph } from '#shared/article/article.ts'
import type { Stage } from '#shared/story/workflow.ts'

export interface DemoStory {
  id: string
  desk: 'World' | 'Sport' | 'Wire'
  stage: Stage
  /** Complete, except for the pictures of its figures. */
  article: Article
}

type Words = string | Inline

function inline(words: Words): Inline {
  return typeof words === 'string' ? { type: 'text', text: words, marks: [] } : words
}

function marked(text: string, mark: Mark): Inline {
  return { type: 'text', text, marks: [mark] }
}

export const bold = (text: string): Inline => marked(text, { type: 'bold' })
export const italic = (text: string): Inline => marked(text, { type: 'italic' })
export const link = (text: string, href: string): Inline => marked(text, { type: 'link', href })

/** Returns a paragraph. */
export function p(...words: Words[]): Paragraph {
  return { type: 'paragraph', content: words.map(inline) }
}

/** Returns a subhead. */
export function subhead(text: string): Block {
  return { type: 'heading', level: 2, content: [inline(text)] }
}

export function quote(...content: Block[]): Block {
  return { type: 'blockquote', content }
}

export function bullets(...items: string[]): Block {
  return { type: 'bulletList', start: 1, items: items.map((item) => [p(item)]) }
}
