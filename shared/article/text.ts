/** The words of an article as plain text, and how many there are. */
import type { Article, Block, Inline } from './article.ts'

/** The plain text of blocks, a paragraph to a line. */
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

/** The plain text of a paragraph's content; a line break is a newline. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.type === 'text' ? inline.text : '\n')).join('')
}

/**
 * How many words there are, as a newsroom counts them: what stands between blanks and has a letter or a digit in it. A
 * dash on its own is no word; "Lukashenka's" and "3.5" are one each.
 */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** The length of an article in words: its body, and nothing else, is held against the target. */
export function articleWords(article: Article): number {
  return countWords(plainText(article.body))
}
