/**
 * What intake makes of a document that somebody sent: items as far as their format told, or the named faults for which
 * it was refused. A reader never throws, fetches nothing, and believes nothing that it was sent: bodies come out as
 * Galley's own blocks, and what did not fit is shown to the editor instead of lost.
 */
import type { Block } from '../../article/article.ts'
import type { WireItem } from '../item.ts'
import { wireText } from '../wire-text.ts'

/** A picture as the document refers to it. Galley does not fetch it: the editor sees the address and decides. */
export interface ReadPicture {
  /** The picture's own id where the document gives one, e.g. `urn:uuid:…`. */
  uri?: string
  /** As the document has it: an address on the web, or the name of a file that came along. */
  href?: string
  /** MIME type. */
  type?: string
  /** In pixels. */
  width?: number
  height?: number
  alt: string
  caption: string
  credit: string
}

/** Words or markup that stand in the document and not in the item. */
export interface LeftOut {
  /** Why, in a few words, for the editor. */
  reason: string
  /** The words themselves, shortened when there are very many. */
  text: string
}

/** What may be absent is absent when the document did not tell. The headline may be empty, the body may have no blocks. */
export interface ReadItem extends Partial<Omit<WireItem, 'headline' | 'body' | 'keywords' | 'subjects' | 'pictures'>> {
  headline: string
  body: Block[]
  keywords: string[]
  subjects: string[]
  pictures: ReadPicture[]
  leftOut: LeftOut[]
}

/** A fault and its place: the first line and the first column are 1. */
export interface ReadFault {
  line: number
  column?: number
  message: string
}

export type ReadOutcome = { items: ReadItem[] } | { faults: ReadFault[] }

/** A wire format that Galley reads. */
export interface WireReader {
  name: string
  label: string
  /** How sure it is that this text is of its format: 0 (it is not) to 1. Looks at the beginning only, and never throws. */
  detect(text: string): number
  read(text: string): ReadOutcome
}

/** Why a document was refused, on its way out of a parser to the reader's outcome. */
export class ReadRefusal extends Error {
  readonly faults: ReadFault[]

  constructor(fault: ReadFault) {
    super(fault.message)
    this.faults = [fault]
  }
}

/** The longest document that is read, in UTF-16 units: far more than any story, and little enough to read at once. */
export const LONGEST_DOCUMENT = 8_000_000

/**
 * Turns a reading that may refuse into an outcome. A fault of the reader itself is a refusal too: one document that
 * nobody foresaw must not stop the feed that it came in.
 */
export function outcomeOf(text: string, read: (text: string) => ReadItem[]): ReadOutcome {
  if (text.length > LONGEST_DOCUMENT) {
    return refused(`The document is longer than ${LONGEST_DOCUMENT / 1_000_000} million characters. Send it in parts.`)
  }
  try {
    return { items: read(text.toWellFormed()).map(withoutControls) }
  } catch (error) {
    if (error instanceof ReadRefusal) return { faults: error.faults }
    return refused(`This document could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The item without the characters that no story can hold, whichever of its values they got into. */
function withoutControls<Value>(value: Value): Value {
  if (typeof value === 'string') return wireText(value) as Value
  if (Array.isArray(value)) return value.map(withoutControls) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutControls(each)])) as Value
}

function refused(message: string): ReadOutcome {
  return { faults: [{ line: 1, message }] }
}

/** An item that says nothing yet. */
export function emptyItem(): ReadItem {
  return { headline: '', body: [], keywords: [], subjects: [], pictures: [], leftOut: [] }
}

const LONGEST_LEFT_OUT = 10_000

/** A note of what was left out; undefined when it has no words in it. */
export function leftOut(reason: string, text: string): LeftOut | undefined {
  const words = text
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n\s*/gu, '\n')
    .trim()
  if (words === '') return undefined
  return {
    reason,
    text: words.length > LONGEST_LEFT_OUT ? `${words.slice(0, LONGEST_LEFT_OUT).toWellFormed()}…` : words,
  }
}
