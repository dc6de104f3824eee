/** The content of a wire item as labelled lines of plain text, for comparing two versions. */
import { plainText } from '../article/text.ts'
import type { Block, WireItem } from './item.ts'

export interface ItemWords {
  /** The label on screen: "Headline", "Body", "Picture 2". */
  name: string
  lines: string[]
}

/**
 * Returns everything the desk decides about an item. Data added by sending (version, times, notes) and empty parts are
 * left out.
 */
export function itemWords(item: Omit<WireItem, 'version' | 'kind' | 'firstPublished' | 'versionCreated'>): ItemWords[] {
  const { rights } = item
  const parts: [string, readonly (string | undefined)[]][] = [
    ['Headline', [item.headline]],
    ['Standfirst', item.standfirst.split('\n')],
    ['Byline', [item.byline]],
    ['Dateline', [item.dateline]],
    ...item.pictures.map(({ href, caption, credit, alt }, index): [string, string[]] => [
      item.pictures.length === 1 ? 'Picture' : `Picture ${index + 1}`,
      [href, caption, credit, alt],
    ]),
    ['Body', item.body.flatMap(blockLines)],
    ['Slug', [item.slug]],
    ['Section', [item.section]],
    ['Subjects', item.subjects],
    ['Keywords', item.keywords],
    ['Urgency', [item.urgency?.toString()]],
    ['Genre', [item.genre]],
    ['Place', [item.place]],
    ['Day of the dateline', [item.datelineDate]],
    ['Language', [item.language]],
    ['Rights', [rights?.holder, rights?.notice, rights?.usage]],
    ['Related items', (item.related ?? []).map(({ uri, title }) => `${title} (${uri})`)],
  ]
  return parts
    .map(([name, lines]) => ({ name, lines: lines.filter((line) => line !== undefined && line !== '') as string[] }))
    .filter(({ lines }) => lines.length > 0)
}

function blockLines(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [plainText([block])]
    case 'blockquote':
      return block.content.flatMap(blockLines)
    case 'bulletList':
    case 'orderedList':
      return block.items.flatMap((item) => item.flatMap(blockLines))
  }
}
