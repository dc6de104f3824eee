/**
 * Parses XML with libxml2 and no other input: entities are not resolved, addresses not fetched, and the only files
 * opened are the schemas registered here by name.
 */
import {
  type ErrorDetail,
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  xmlRegisterInputProvider,
  XsdValidator,
} from 'libxml2-wasm'
import type { Fault } from './fault.ts'

const OPTIONS = {
  option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES,
}

/** Parses a document, runs `check` on it, and releases it. A document that cannot be parsed is a fault. */
export function checkXml(text: string, check: (document: XmlDocument) => Fault[]): Fault[] {
  let document
  try {
    document = XmlDocument.fromString(text, OPTIONS)
  } catch (error) {
    return faultsOf(error)
  }
  try {
    if (document.dtd !== null) return [{ line: 1, message: 'The document has a DOCTYPE. Remove it: news has none.' }]
    return check(document)
  } finally {
    document.dispose()
  }
}

/** Returns a schema's faults in a document. */
export type XmlSchema = (document: XmlDocument) => Fault[]

const schemaFiles = new XmlBufferInputProvider({})
let registered = false

/**
 * Compiles a schema from its file and the files beside it that it may include, by name. Throws an Error if it is
 * invalid. `base` distinguishes schemas whose files have the same names.
 */
export function xmlSchema(base: string, file: string, files: ReadonlyMap<string, Uint8Array>): XmlSchema {
  if (!registered) registered = xmlRegisterInputProvider(schemaFiles)
  for (const [name, bytes] of files) schemaFiles.addBuffer(`${base}/${name}`, bytes)
  const bytes = files.get(file)
  if (bytes === undefined) throw new Error(`There is no ${file} among the schemas.`)
  const document = XmlDocument.fromBuffer(bytes, { ...OPTIONS, url: `${base}/${file}` })
  try {
    const validator = XsdValidator.fromDoc(document)
    return (checked) => {
      try {
        validator.validate(checked)
        return []
      } catch (error) {
        return faultsOf(error)
      }
    }
  } finally {
    document.dispose()
    for (const name of files.keys()) schemaFiles.removeBuffer(`${base}/${name}`)
  }
}

function faultsOf(error: unknown): Fault[] {
  if (!(error instanceof XmlLibError)) throw error
  return error.details.map(faultOf)
}

function faultOf({ line, col, message }: ErrorDetail): Fault {
  return { line: Math.max(1, line), ...(col > 0 ? { column: col } : {}), message: message.trim() }
}
