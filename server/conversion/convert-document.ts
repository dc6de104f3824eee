/**
 * Converts a document from schema version 1 to 2: writes the blocks of each field into its flat text, and deletes the old
 * ones. The words keep their order, so each of them keeps its owner.
 */
import * as Y from 'yjs'
import type { Article } from '#shared/article/article.ts'
import { fieldText } from '#shared/article/document.ts'
import { type FieldId, figureFieldId, parseFieldId, STORY_FIELDS } from '#shared/article/fields.ts'
import { CONVERSION_CLIENT_ID } from '#shared/article/seed.ts'
import { readVersion1, version1Fields } from '#shared/article/version-1.ts'
import { writeField } from '#shared/article/write.ts'
import { type IdRange, idsOf } from '../relay/id-range.ts'

/** Characters with new ids, and their old ids. */
export interface Rewritten {
  from: IdRange
  to: IdRange
}

export interface Conversion {
  /** A Yjs V1 update of {@link CONVERSION_CLIENT_ID}. */
  update: Uint8Array
  rewritten: Rewritten[]
}

/** Converts a document that has the seeds of both versions. */
export function convertDocument(doc: Y.Doc): Conversion {
  const article = readVersion1(doc)
  const before = new Map(version1Fields(doc).map(({ field, fragment }) => [field, [...wordsIn(fragment)]]))
  const update = recordUpdate(doc, () => {
    writeFields(doc, article)
    deleteFragments(doc)
  })
  const rewritten = [...before].flatMap(([field, words]) => pair(words, wordsOf(fieldText(doc, field))))
  return { update, rewritten }
}

function recordUpdate(doc: Y.Doc, edit: () => void): Uint8Array {
  const updates: Uint8Array[] = []
  const record = (update: Uint8Array): void => void updates.push(update)
  const { clientID } = doc
  doc.clientID = CONVERSION_CLIENT_ID
  doc.on('update', record)
  doc.transact(edit)
  doc.off('update', record)
  doc.clientID = clientID
  return Y.mergeUpdates(updates)
}

function writeFields(doc: Y.Doc, article: Article): void {
  for (const field of STORY_FIELDS) writeField(doc, field, article[field])
  for (const { id, caption, credit } of article.figures) {
    writeField(doc, figureFieldId('caption', id), caption)
    writeField(doc, figureFieldId('credit', id), credit)
  }
}

/** Returns all fields, those of removed figures included. */
function deleteFragments(doc: Y.Doc): void {
  for (const name of doc.share.keys()) {
    if (!isFieldId(name)) continue
    const fragment = doc.getXmlFragment(name)
    fragment.delete(0, fragment.length)
  }
}

function isFieldId(name: string): name is FieldId {
  try {
    parseFieldId(name)
    return true
  } catch {
    return false
  }
}

/** Returns the characters that `readVersion1` reads, in its order. */
function* wordsIn(parent: Y.XmlFragment): Generator<IdRange> {
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) yield* wordsOf(child)
    else if (child instanceof Y.XmlElement && child.nodeName !== 'hardBreak') yield* wordsIn(child)
  }
}

function wordsOf(text: Y.Text): IdRange[] {
  const words: IdRange[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) words.push(idsOf(item))
  }
  return words
}

/** Pairs characters in order. Returns nothing where one side has more than the other. */
function pair(from: readonly IdRange[], to: readonly IdRange[]): Rewritten[] {
  const length = (ranges: readonly IdRange[]): number => ranges.reduce((sum, range) => sum + range.length, 0)
  if (length(from) !== length(to)) return []
  const pairs: Rewritten[] = []
  const rest = [...to]
  for (let old of from) {
    while (old.length > 0) {
      const next = rest.shift()
      if (next === undefined) return pairs
      const taken = Math.min(old.length, next.length)
      pairs.push({ from: { ...old, length: taken }, to: { ...next, length: taken } })
      if (taken < next.length) rest.unshift(after(next, taken))
      old = after(old, taken)
    }
  }
  return pairs
}

function after({ client, clock, length }: IdRange, taken: number): IdRange {
  return { client, clock: clock + taken, length: length - taken }
}
