/** Finds words of mine that the newsroom does not have, or that nobody can see, as texts for the tray. */
import * as Y from 'yjs'
import { fieldText, figureIds } from '#shared/article/document.ts'
import { FIGURE_FIELDS, fieldsInPageOrder, figureFieldId, type FieldId } from '#shared/article/fields.ts'
import { countWords } from '#shared/article/text.ts'
import { version1Fields } from '#shared/article/version-1.ts'
import type { KeptText, WhyKept } from './kept-text.ts'

/** What the newsroom is known to have: the next clock by client id. */
type Acknowledged = ReadonlyMap<number, number>

/** Returns the living words that the newsroom does not have. Words that are found again keep their ids. */
export function wordsBeyond(doc: Y.Doc, acknowledged: Acknowledged): KeptText[] {
  return fieldsInPageOrder(figureIds(doc)).flatMap((field) =>
    wordsIn(fieldText(doc, field), field, 'unsent', (client) => acknowledged.get(client) ?? 0),
  )
}

/** Returns the living words of a document of schema version 1 that the newsroom does not have. */
export function version1WordsBeyond(doc: Y.Doc, acknowledged: Acknowledged): KeptText[] {
  return version1Fields(doc).flatMap(({ field, fragment }) =>
    wordsIn(fragment, field, 'update', (client) => acknowledged.get(client) ?? 0),
  )
}

/**
 * Returns the living words of these clients in the caption and credit of a figure that was removed. Removing a figure
 * deletes the words that are known then, so the ones that live were added meanwhile.
 */
export function wordsOfRemovedFigure(doc: Y.Doc, figureId: string, clients: ReadonlySet<number>): KeptText[] {
  return FIGURE_FIELDS.map((kind) => figureFieldId(kind, figureId)).flatMap((field) =>
    wordsIn(fieldText(doc, field), field, 'figure', (client) => (clients.has(client) ? 0 : Infinity)),
  )
}

/** How much of the words before a place is kept, in characters. */
const LANDMARK = 80

/**
 * Returns the living words of a field that were inserted at or after the clock that `from` returns for their client. They
 * are one text as long as no other words stand between them.
 */
function wordsIn(root: YList, field: FieldId, why: WhyKept, from: (client: number) => number): KeptText[] {
  const found: Pick<KeptText, 'id' | 'text' | 'after'>[] = []
  let before = ''
  let open: (typeof found)[number] | null = null
  for (const piece of livingPieces(root)) {
    if (piece === LINE_END) {
      if (open !== null) open.text += '\n'
      if (before !== '' && !before.endsWith('\n')) before += '\n'
      continue
    }
    const { client, clock, text } = piece
    const at = Math.min(Math.max(from(client) - clock, 0), text.length)
    if (at > 0) {
      before += text.slice(0, at)
      open = null
    }
    if (at === text.length) continue
    if (open === null) {
      // Named after its first character, so that two windows which find the same words keep them once.
      open = { id: `${idPrefix(why)}:${client}:${clock + at}`, text: '', after: before.slice(-LANDMARK) }
      found.push(open)
    }
    open.text += text.slice(at)
  }
  return found.flatMap(({ id, text, after }) => {
    const lines = text.split('\n').filter((line) => /\S/u.test(line))
    if (lines.length === 0) return []
    return [{ id, why, field, text: lines.join('\n'), words: countWords(text), at: Date.now(), after }]
  })
}

/** What Galley of schema version 1 kept of unsent words has the same ids, and is replaced. */
function idPrefix(why: WhyKept): string {
  return why === 'update' ? 'unsent' : why
}

interface YList {
  _start: Y.Item | null
}

const LINE_END = Symbol('a block begins, or a line ends')

/** The living characters below a type, in their order: for flat text, and for the nested nodes of schema version 1. */
function* livingPieces({
  _start,
}: YList): Generator<{ client: number; clock: number; text: string } | typeof LINE_END> {
  for (let item = _start; item !== null; item = item.right) {
    const { id, content, deleted, countable } = item
    if (deleted || !countable) continue
    if (content instanceof Y.ContentString) yield { client: id.client, clock: id.clock, text: content.str }
    else {
      const type = content instanceof Y.ContentType ? content.type : null
      if (!(type instanceof Y.XmlText)) yield LINE_END
      if (type !== null) yield* livingPieces(type)
    }
  }
}
