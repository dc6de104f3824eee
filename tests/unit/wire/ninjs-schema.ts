/** IPTC's own schema for ninjs 3.1, which lies beside the repository. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const FILE = resolve(import.meta.dirname, '../../../../shared/iptc/ninjs/ninjs-schema_3.1.json')

/** Why nothing can be held against the schema here; null when it can. On a build machine the schema has to be there. */
export function schemaMissing(): string | null {
  if (existsSync(FILE)) return null
  const reason = `IPTC's schema is not at ${FILE}`
  if (process.env['CI']) throw new Error(reason)
  return reason
}

/** Returns what is wrong with a ninjs document; an empty list when it is valid. */
export function ninjsValidator(): (document: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  // The schema refers to the one of GeoJSON by its address. Galley sends no places, so any object will do for it.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' })
  const validate = ajv.compile(JSON.parse(readFileSync(FILE, 'utf8')) as object)
  return (document) => {
    if (validate(document)) return []
    return (validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message ?? error.keyword}`)
  }
}
