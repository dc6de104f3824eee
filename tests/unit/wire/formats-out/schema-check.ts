/** Validates documents against IPTC's schemas, which are beside the repository. */
import { resolve } from 'node:path'
import type { Fault } from '#server/wire/validate/fault.ts'
import { loadSchemas } from '#server/wire/validate/schemas.ts'
import { checkXml } from '#server/wire/validate/xml.ts'

const FOLDER = resolve(import.meta.dirname, '../../../../../shared/iptc')

/** Returns the check of an XML format by its schema. Check `schemaMissing` first. */
export async function xsdCheck(format: string): Promise<(text: string) => Fault[]> {
  const schema = (await loadSchemas(FOLDER)).xml.get(format)
  if (schema === undefined) throw new Error(`IPTC's schema for ${format} is not in ${FOLDER}`)
  return (text) => checkXml(text, schema)
}
