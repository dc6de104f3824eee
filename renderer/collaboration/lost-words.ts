/** Walks through the fields of a story, the dead with the living, to find words that are lost and where they stood. */
import * as Y from 'yjs'
import { parseFieldId } from '#shared/article/fields.ts'
import type { FieldId } from '#shared/article/fields.ts'
import type { IdRange } from '#shared/protocol/http.ts'

/** How much of the words before a place is kept, in characters. */
const LANDMARK = 80

/** Words that one change took out of neighbouring paragraphs of a field. */
export interface Loss {
  field: FieldId
  /** The words that stand just before the place. */
  after: string
  paragraphs: Run[][]
  /** What was deleted, if not the words themselves: the figure they belonged to. */
  around: IdRange[]
}

/** A piece of text under consecutive ids. */
export interface Run extends IdRange {
  text: string
  /** Whether the update that took it away named it. */
  named: boolean
  /** Whether something of another kind stood between this run and the one before. */
  apart: boolean
}

/**
 * Walks through a field, the dead with the living, and picks the runs that are lost. Paragraphs belong to one loss as
 * long as there is no living text between them.
 */
export function lossesIn(
  fragment: Y.XmlFragment,
  field: FieldId,
  lost: (item: Y.Item, text: string) => Run[] | null,
): Loss[] {
  const losses: Loss[] = []
  let living = ''
  /** The living text, without the ends of its paragraphs, up to the last run that was lost. */
  let livingAtLast = -1
  let livingLength = 0
  for (const block of textBlocksIn(fragment)) {
    const runs: Run[] = []
    let apart = false
    for (const item of itemsOf(block)) {
      const text = item.content instanceof Y.ContentString ? item.content.str : null
      const found = text === null ? null : lost(item, text)
      if (found === null) {
        apart ||= item.countable
        if (text === null || item.deleted) continue
        living += text
        livingLength += text.length
        continue
      }
      if (runs.length === 0) {
        if (livingAtLast !== livingLength)
          losses.push({ field, after: living.slice(-LANDMARK), paragraphs: [], around: [] })
        losses.at(-1)?.paragraphs.push(runs)
      }
      runs.push(...found.map((run, index) => ({ ...run, apart: apart && index === 0 })))
      livingAtLast = livingLength
      apart = false
    }
    if (living !== '' && !living.endsWith('\n')) living += '\n'
  }
  return losses
}

interface YList {
  _start: Y.Item | null
}

/** The nodes that hold text, dead or alive, in their order. */
function* textBlocksIn(list: YList): Generator<YList> {
  const children = [...listItems(list)].map(({ content }) => (content instanceof Y.ContentType ? content.type : null))
  if (children.some((child) => child instanceof Y.XmlText)) yield list
  for (const child of children) if (child instanceof Y.XmlElement) yield* textBlocksIn(child)
}

/** What stands in a block: the pieces of its texts, and its line breaks. */
function* itemsOf(block: YList): Generator<Y.Item> {
  for (const item of listItems(block)) {
    const type = item.content instanceof Y.ContentType ? item.content.type : null
    if (type instanceof Y.XmlText) yield* listItems(type)
    else yield item
  }
}

function* listItems({ _start }: YList): Generator<Y.Item> {
  for (let item = _start; item !== null; item = item.right) yield item
}

export function runOf(item: Y.Item, text: string): Run {
  return { client: item.id.client, clock: item.id.clock, length: item.length, text, named: false, apart: false }
}

/** Cuts a run along ranges; each part comes with the range that holds it, if any does. */
export function pieces<R extends IdRange>(run: Run, ranges: readonly R[]): { part: Run; of: R | undefined }[] {
  const end = run.clock + run.length
  const touching = ranges.filter(
    ({ client, clock, length }) => client === run.client && clock < end && clock + length > run.clock,
  )
  const edges = touching.flatMap(({ clock, length }) => [clock, clock + length])
  const inside = edges.filter((edge) => edge > run.clock && edge < end)
  const bounds = [...new Set([run.clock, ...inside, end])].sort((a, b) => a - b)
  return bounds.slice(0, -1).map((clock, index) => {
    const length = (bounds[index + 1] ?? end) - clock
    const at = clock - run.clock
    const part = { ...run, clock, length, text: run.text.slice(at, at + length), apart: index === 0 && run.apart }
    return { part, of: touching.find((range) => range.clock <= clock && clock < range.clock + range.length) }
  })
}

/** The field that an item is in; null for one that is in none, such as a comment. */
export function fieldOf(item: Y.Item): FieldId | null {
  let type = item.parent
  while (type instanceof Y.AbstractType && type._item !== null) type = type._item.parent
  if (!(type instanceof Y.AbstractType)) return null
  const name = Y.findRootTypeKey(type)
  try {
    parseFieldId(name)
    return name as FieldId
  } catch {
    return null
  }
}
