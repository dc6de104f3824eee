/**
 * Loads IPTC's schemas, which Galley may not ship but a newsroom can download from https://iptc.org/std/. They are found by
 * file name anywhere in a folder.
 */
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type XmlSchema, xmlSchema } from './xml.ts'

/** Returns the faults of a value: the path (`['bodies', 0, 'value']`) and the reason. */
export type JsonSchema = (value: unknown) => { path: (string | number)[]; message: string }[]

/** The schemas, by the names of Galley's formats. */
export interface Schemas {
  xml: ReadonlyMap<string, XmlSchema>
  json: ReadonlyMap<string, JsonSchema>
}

const XML_SCHEMAS: Record<string, string> = {
  newsmlg2: 'NewsML-G2_2.35-spec-All-Power.xsd',
  nitf36: 'nitf-3-6.xsd',
}
const JSON_SCHEMAS: Record<string, string> = {
  ninjs31: 'ninjs-schema_3.1.json',
  ninjs22: 'ninjs-schema_2.2.json',
}

/**
 * Rejects with an Error that says what to do if the folder is missing, has none of the schemas, or has a broken one.
 */
export async function loadSchemas(folder: string): Promise<Schemas> {
  const paths = await filesIn(folder)
  const pathOf = (file: string) => paths.find((each) => basename(each) === file)
  const schemas = { xml: new Map<string, XmlSchema>(), json: new Map<string, JsonSchema>() }
  for (const [format, file] of Object.entries(XML_SCHEMAS)) {
    const path = pathOf(file)
    if (path === undefined) continue
    const siblings = paths.filter((each) => dirname(each) === dirname(path) && each.endsWith('.xsd'))
    const files = new Map<string, Uint8Array>()
    for (const sibling of siblings) files.set(basename(sibling), await readFile(sibling))
    schemas.xml.set(
      format,
      made(path, () => xmlSchema(`schemas/${format}`, file, files)),
    )
  }
  for (const [format, file] of Object.entries(JSON_SCHEMAS)) {
    const path = pathOf(file)
    if (path === undefined) continue
    const text = await readFile(path, 'utf8')
    schemas.json.set(
      format,
      made(path, () => jsonSchema(text)),
    )
  }
  if (schemas.xml.size + schemas.json.size === 0) {
    const wanted = [...Object.values(XML_SCHEMAS), ...Object.values(JSON_SCHEMAS)].join(', ')
    throw new Error(`None of IPTC's schemas is in ${folder}. Put any of these there: ${wanted}.`)
  }
  return schemas
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive: true })).sort().map((path) => join(folder, path))
  } catch (error) {
    throw new Error(`The folder ${folder} cannot be read. Name the one that has IPTC's schemas in it.`, {
      cause: error,
    })
  }
}

function made<Schema>(path: string, make: () => Schema): Schema {
  try {
    return make()
  } catch (error) {
    const why = error instanceof Error ? error.message.trim() : String(error)
    throw new Error(`${path} is not a complete schema. Download it again. (${why})`, { cause: error })
  }
}

function jsonSchema(text: string): JsonSchema {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  // ninjs refers to GeoJSON's schema by address, which is not fetched. Any object will do for a shape.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' })
  const validate = ajv.compile(JSON.parse(text) as object)
  return (value) => {
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message, keyword, params }) => ({
      path: instancePath.split('/').slice(1).map(pathPart),
      message: [
        message ?? keyword,
        ...Object.values(params as Record<string, unknown>).filter((p) => typeof p === 'string'),
      ].join(': '),
    }))
  }
}

/** Decodes a part of a JSON pointer (RFC 6901). */
function pathPart(part: string): string | number {
  const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
  return /^\d+$/.test(name) ? Number(name) : name
}
