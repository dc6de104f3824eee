/** The plain text and the word count of an article. */
import type { Article, Block, Inline } from './article.ts'

/** Returns the plain text of blocks, one line for each paragraph. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('\n')
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.content)
    case 'blockquote':
      return plainText(block.content)
    case 'bulletList':
    case 'orderedList':
      return block.items.map(plainText).join('\n')
  }
}

/** Returns the plain text of a paragraph's content. A line break is a newline. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.type === 'text' ? inline.text : '\n')).join('')
}

/**
 * Returns the number of words as a newsroom counts them: anything between blanks that has a letter or a digit. A dash
 * on its own does not count; "Lukashenka's" and "3.5" count as one each.
 */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** Returns the length of an article in words. Only the body counts towards the target. */
export function articleWords(article: Article): number {
  return countWords(plainText(article.body))
}
