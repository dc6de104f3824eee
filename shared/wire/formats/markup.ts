/**
 * Writes the body as markup that is both HTML and well-formed XML, so that ninjs can call it XHTML and a page can embed
 * it. All text is escaped. A link that a story must not have becomes plain text.
 */
import type { Block, Inline, Mark } from '../../article/article.ts'
import { isStoryLink } from '../../article/links.ts'
import { wireText } from '../wire-text.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes text for an element's content or a quoted attribute. */
export function escapeMarkup(text: string): string {
  return wireText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/**
 * Returns blocks as markup. `attributes`, e.g. ` dir="auto"`, is added verbatim to every element that holds lines of
 * text.
 */
export function blocksMarkup(blocks: readonly Block[], attributes = ''): string {
  return blocks.map((block) => blockMarkup(block, attributes)).join('\n')
}

function blockMarkup(block: Block, attributes: string): string {
  switch (block.type) {
    case 'paragraph':
      return `<p${attributes}>${inlineMarkup(block.content)}</p>`
    case 'heading':
      return `<h${block.level}${attributes}>${inlineMarkup(block.content)}</h${block.level}>`
    case 'blockquote':
      return `<blockquote>${blocksMarkup(block.content, attributes)}</blockquote>`
    case 'bulletList':
      return `<ul>${itemsMarkup(block.items, attributes)}</ul>`
    case 'orderedList': {
      const start = block.start === 1 ? '' : ` start="${block.start}"`
      return `<ol${start}>${itemsMarkup(block.items, attributes)}</ol>`
    }
  }
}

function itemsMarkup(items: readonly Block[][], attributes: string): string {
  return items.map((item) => `<li>${blocksMarkup(item, attributes)}</li>`).join('')
}

function inlineMarkup(content: readonly Inline[]): string {
  return content
    .map((inline) => (inline.type === 'hardBreak' ? '<br/>' : inline.marks.reduce(marked, escapeMarkup(inline.text))))
    .join('')
}

function marked(markup: string, mark: Mark): string {
  switch (mark.type) {
    case 'bold':
      return `<strong>${markup}</strong>`
    case 'italic':
      return `<em>${markup}</em>`
    case 'link':
      return isStoryLink(mark.href) ? `<a href="${escapeMarkup(mark.href)}">${markup}</a>` : markup
  }
}
