/** Reads a document in any format that Galley knows. Returns its items, or the faults for which it is refused. */
import { detectReader, findReader, READERS } from '#shared/wire/intake/readers.ts'
import type { ReadFault, ReadOutcome, WireReader } from '#shared/wire/reading/read-item.ts'
import { decodeText, type Naming } from './decode.ts'
import { isDocx, readDocx } from './docx.ts'
import { notText } from './not-text.ts'

/** The one format that is not text, so a `WireReader` cannot read it. */
export const DOCX = { name: 'docx', label: 'Word document (.docx)' }

/** All readable formats, by name. */
export const READ_FORMATS: readonly { name: string; label: string }[] = [...READERS, DOCX]

export interface ReadDocument {
  format: { name: string; label: string }
  /** Absent for a Word document, which is not text. */
  source?: { reader: WireReader; text: string }
  outcome: ReadOutcome
}

/** In bytes. Larger files are not stories. */
export const LARGEST_FILE = 32_000_000

/**
 * Reads a document. Never rejects for its content. Throws a `RangeError` for an unknown format or encoding.
 *
 * @param format - the name of its format; default: detected
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
  // A document of a detected format is text. Anything else may be any kind of file.
  const kind = format === undefined && reader.name === 'plain-text' ? notText(bytes, text) : null
  if (kind !== null) return { format: { name: 'none', label: 'No text' }, outcome: { faults: [unreadable(kind)] } }
  return { format: reader, source: { reader, text }, outcome: reader.read(text) }
}

function unreadable(kind: string): ReadFault {
  const message = `This is ${kind}, which Galley does not read. Send the words as text, HTML or a Word document (.docx).`
  return { line: 1, message }
}
