import type { Block } from '#shared/article/article.ts'
import { inlineText } from '#shared/article/text.ts'

/** Returns the text of each paragraph and subhead of the body, in order. */
export function linesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return [inlineText(block.content)]
      case 'blockquote':
        return linesOf(block.content)
      case 'bulletList':
      case 'orderedList':
        return block.items.flatMap(linesOf)
    }
  })
}
