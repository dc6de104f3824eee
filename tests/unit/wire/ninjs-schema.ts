/** IPTC's own schemas, which are beside the repository. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const FOLDER = resolve(import.meta.dirname, '../../../../shared/iptc')

/** Returns why nothing can be validated here; null if it can. On a build machine the schemas must be there. */
export function schemaMissing(): string | null {
  if (existsSync(FOLDER)) return null
  const reason = `IPTC's schemas are not at ${FOLDER}`
  if (process.env['CI']) throw new Error(reason)
  return reason
}

/** Returns the text of one of IPTC's files, e.g. `examples/ninjs/3.1_005_complex_text_article.json`. */
export const iptcFile = (path: string): string => readFileSync(resolve(FOLDER, path), 'utf8')

/** Returns the faults of a ninjs document of this version, e.g. `3.1`; an empty list if it is valid. */
export function ninjsValidator(version = '3.1'): (document: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  // The schema refers to GeoJSON's by address. Galley sends no shapes, so any object will do.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' })
  const validate = ajv.compile(JSON.parse(iptcFile(`ninjs/ninjs-schema_${version}.json`)) as object)
  return (document) => {
    if (validate(document)) return []
    return (validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message ?? error.keyword}`)
  }
}
