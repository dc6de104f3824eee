/** A document as it arrived, in any format that Galley reads, as items or as the faults for which it is refused. */
import type { ReadFault, ReadOutcome, WireReader } from '#shared/wire/intake/read-item.ts'
import { detectReader, findReader, READERS } from '#shared/wire/intake/readers.ts'
import { decodeText, type Naming } from './decode.ts'
import { isDocx, readDocx } from './docx.ts'
import { notText } from './not-text.ts'

/** The one format that is not text, so that no `WireReader` can read it. */
export const DOCX = { name: 'docx', label: 'Word document (.docx)' }

/** All formats that can be read, by name. */
export const READ_FORMATS: readonly { name: string; label: string }[] = [...READERS, DOCX]

export interface ReadDocument {
  format: { name: string; label: string }
  /** Absent for a Word document, which has no text of its own. */
  source?: { reader: WireReader; text: string }
  outcome: ReadOutcome
}

/** Larger files are no stories. */
export const LARGEST_FILE = 32_000_000

/**
 * Reads a document. Never rejects for what is in it; throws a `RangeError` for a format or an encoding that nobody knows.
 *
 * @param format - the name of its format; detected without it
 */
export async function readDocument(
  bytes: Uint8Array,
  { format, ...naming }: { format?: string } & Naming = {},
): Promise<ReadDocument> {
  if (format === DOCX.name || (format === undefined && isDocx(bytes))) {
    return { format: DOCX, outcome: await readDocx(bytes) }
  }
  const text = decodeText(bytes, naming)
  const reader = format === undefined ? detectReader(text) : findReader(format)
  if (reader === undefined && format !== undefined) throw new RangeError(`Galley reads no format "${format}".`)
  if (reader === undefined)
    return {
      format: { name: 'none', label: 'Nothing' },
      outcome: { faults: [{ line: 1, message: 'The document is empty.' }] },
    }
  // What is found to be of a format is text; what is not may be anything.
  const kind = format === undefined && reader.name === 'plain-text' ? notText(bytes, text) : null
  if (kind !== null) return { format: { name: 'none', label: 'No text' }, outcome: { faults: [unreadable(kind)] } }
  return { format: reader, source: { reader, text }, outcome: reader.read(text) }
}

function unreadable(kind: string): ReadFault {
  const message = `This is ${kind}, which Galley does not read. Send the words as text, HTML or a Word document (.docx).`
  return { line: 1, message }
}
