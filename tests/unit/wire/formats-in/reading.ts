/** Helpers that keep a reader's test to a line or two. */
import { expect } from 'vitest'
import type { Block } from '#shared/article/article.ts'
import type { ReadFault, ReadItem, WireReader } from '#shared/wire/reading/read-item.ts'

/** Returns all items of a document. Throws if it was refused. */
export function readAll(reader: WireReader, text: string): ReadItem[] {
  const outcome = reader.read(text)
  if ('faults' in outcome) throw new Error(`Refused: ${JSON.stringify(outcome.faults)}`)
  return outcome.items
}

/** Returns the only item of a document. */
export function readOne(reader: WireReader, text: string): ReadItem {
  const items = readAll(reader, text)
  expect(items).toHaveLength(1)
  return items[0] as ReadItem
}

/** Returns the faults of a refused document. Throws if it was accepted. */
export function refusal(reader: WireReader, text: string): ReadFault[] {
  const outcome = reader.read(text)
  if ('items' in outcome) throw new Error('It was read')
  return outcome.faults
}

/**
 * Returns blocks in a short notation: `p text`, `h2 text`, `> p text`, `- p text`, `3. p text`; `*bold*`, `_italic_`,
 * `[text](href)`, `⏎`.
 */
export function outline(blocks: readonly Block[], prefix = ''): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'paragraph':
        return [`${prefix}p ${inline(block.content)}`]
      case 'heading':
        return [`${prefix}h${block.level} ${inline(block.content)}`]
      case 'blockquote':
        return outline(block.content, `${prefix}> `)
      case 'bulletList':
        return block.items.flatMap((item) => outline(item, `${prefix}- `))
      case 'orderedList':
        return block.items.flatMap((item, index) => outline(item, `${prefix}${block.start + index}. `))
    }
  })
}

function inline(content: Extract<Block, { type: 'paragraph' }>['content']): string {
  return content
    .map((each) =>
      each.type === 'hardBreak'
        ? '⏎'
        : each.marks.reduce(
            (text, mark) =>
              mark.type === 'link' ? `[${text}](${mark.href})` : mark.type === 'bold' ? `*${text}*` : `_${text}_`,
            each.text,
          ),
    )
    .join('')
}

/** Returns the reason and text of everything that was left out, one line each. */
export const left = (item: ReadItem): string[] => item.leftOut.map(({ reason, text }) => `${reason}: ${text}`)
