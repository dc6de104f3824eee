/** `wire check`: lists the faults of a document. */
import { writtenFormat } from '#shared/wire/intake/readers.ts'
import type { ReadFault } from '#shared/wire/reading/read-item.ts'
import { decodeText } from '../intake/decode.ts'
import { readDocument } from '../intake/read-document.ts'
import { CHECKED_FORMATS, checkDocument } from '../validate/check-document.ts'
import { loadSchemas } from '../validate/schemas.ts'
import { readInput } from './input.ts'
import { type Check, UsageError } from './options.ts'

export interface Checked {
  faults: ReadFault[]
  /** The format of the document and the rules that it was checked by, in words. */
  as: string
}

/** Rejects with a {@link UsageError} if the file or the schemas cannot be read. */
export async function check({ file, from, encoding, schemas: folder }: Check): Promise<Checked> {
  const { bytes } = await readInput(file)
  const schemas = folder === undefined ? undefined : await schemasIn(folder)
  // A format that Galley writes but does not read, such as a news sitemap, is checked only if named.
  const named = from !== undefined && CHECKED_FORMATS.includes(from) ? from : undefined
  if (named === 'news-sitemap') {
    return { faults: checkDocument(named, decodeText(bytes, { encoding }), schemas), as: named }
  }
  const { format, source, outcome } = await readDocument(bytes, {
    ...(from === undefined ? {} : { format: from }),
    ...(encoding === undefined ? {} : { encoding }),
  })
  const read = 'faults' in outcome ? outcome.faults : []
  const written = named ?? (source === undefined ? undefined : writtenFormat(source.reader, source.text))
  if (source === undefined || written === undefined) {
    return { faults: read, as: `${format.label}, of which Galley knows no more rules than that it can be read` }
  }
  const faults = checkDocument(written, source.text, schemas)
  return { faults: faults.length > 0 ? faults : read, as: written }
}

async function schemasIn(folder: string) {
  try {
    return await loadSchemas(folder)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
