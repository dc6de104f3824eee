/**
 * Reads a document into the rows that the intake stores. Runs in a process of its own (`reading-process.ts`), so all that
 * depends on the document's content is worked out here, and the server only stores it.
 */
import { createHash } from 'node:crypto'
import { inEnglish } from '#shared/messages/english.ts'
import { message } from '#shared/messages/message.ts'
import type { ReadFault, ReadItem } from '#shared/wire/reading/read-item.ts'
import { type ItemSummary, summaryOf } from './item-summary.ts'
import { LARGEST_FILE, readDocument } from './read-document.ts'

/** The most items of one document. */
export const MOST_ITEMS = 500
/** In characters of JSON: the longest item, and the most that a document may come to. */
export const LONGEST_ITEM = 1_000_000
const LONGEST_READING = 32_000_000
/** In characters. Databases can't find longer ids. */
const LONGEST_URI = 2_000

/** An item as it is stored. */
export interface ItemRow {
  /** The item, JSON. */
  item: string
  summary: ItemSummary
  uri: string | null
  hash: string
}

export type Reading = { format: string; rows: ItemRow[] } | { format: null; faults: ReadFault[] }

export const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Reads untrusted bytes. Never rejects for their content. */
export async function readArrival(bytes: Uint8Array, encoding: string | null): Promise<Reading> {
  if (bytes.byteLength > LARGEST_FILE) return tooLarge()
  try {
    const { format, outcome } = await readDocument(bytes, { claimed: encoding ?? undefined })
    if ('faults' in outcome) return { format: null, faults: outcome.faults }
    if (outcome.items.length === 0) return refused('It has no items.')
    return rowsOf(format.name, outcome.items)
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}

/** The reading of a document that is too large to be read, or kept. */
export function tooLarge(): Reading {
  return refused(`It has more than ${LARGEST_FILE / 1_000_000} MB, which no story has.`)
}

function rowsOf(format: string, items: readonly ReadItem[]): Reading {
  if (items.length > MOST_ITEMS) {
    return refused(inEnglish.say(message('intake.fault.too-many-items', { count: items.length, most: MOST_ITEMS })))
  }
  const rows: ItemRow[] = []
  let length = 0
  for (const item of items) {
    const text = JSON.stringify(item)
    length += text.length
    if (text.length > LONGEST_ITEM || length > LONGEST_READING) {
      return refused(inEnglish.say(message('intake.fault.too-long', { headline: item.headline.slice(0, 100) })))
    }
    const uri = item.uri ?? null
    if (uri !== null && uri.length > LONGEST_URI) {
      return refused(inEnglish.say(message('intake.fault.id-too-long', { most: LONGEST_URI })))
    }
    rows.push({ item: text, summary: summaryOf(item), uri, hash: hash(text) })
  }
  return { format, rows }
}

export function refused(text: string): Extract<Reading, { faults: unknown }> {
  return { format: null, faults: [{ line: 1, message: text }] }
}
