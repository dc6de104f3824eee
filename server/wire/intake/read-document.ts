/** A document as it arrived, in any format that Galley reads, as items or as the faults for which it is refused. */
import type { ReadOutcome, WireReader } from '#shared/wire/intake/read-item.ts'
import { detectReader, findReader, READERS } from '#shared/wire/intake/readers.ts'
import { decodeText } from './decode.ts'
import { isDocx, readDocx } from './docx.ts'

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
  { format, encoding }: { format?: string; encoding?: string } = {},
): Promise<ReadDocument> {
  if (format === DOCX.name || (format === undefined && isDocx(bytes))) {
    return { format: DOCX, outcome: await readDocx(bytes) }
  }
  const text = decodeText(bytes, encoding)
  const reader = format === undefined ? detectReader(text) : findReader(format)
  if (reader === undefined && format !== undefined) throw new RangeError(`Galley reads no format "${format}".`)
  if (reader === undefined)
    return {
      format: { name: 'none', label: 'Nothing' },
      outcome: { faults: [{ line: 1, message: 'The document is empty.' }] },
    }
  return { format: reader, source: { reader, text }, outcome: reader.read(text) }
}
