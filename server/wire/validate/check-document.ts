/**
 * Validates documents. Galley's own rules are always checked, and IPTC's schemas too if the newsroom has them
 * (`schemas.ts`).
 */
import { FEEDS, FORMATS } from '#shared/wire/formats/index.ts'
import type { Fault } from './fault.ts'
import { checkHtml } from './html.ts'
import { checkIptc7901 } from './iptc7901.ts'
import { checkJson, zodFaults } from './json.ts'
import { jsonFeedSchema } from './json-feed.ts'
import { ninjs22Schema, ninjs31Schema } from './ninjs.ts'
import type { Schemas } from './schemas.ts'
import { checkXml } from './xml.ts'
import { xmlFormatCheck } from './xml-formats.ts'

/** The names of all formats that can be checked: every format that Galley writes. */
export const CHECKED_FORMATS: readonly string[] = [...FORMATS, ...FEEDS].map(({ name }) => name)

const JSON_FORMATS = { ninjs31: ninjs31Schema, ninjs22: ninjs22Schema, 'json-feed': jsonFeedSchema }

/** Returns the faults of a document in this format, top to bottom; empty if it is valid. */
export function checkDocument(format: string, text: string, schemas?: Schemas): Fault[] {
  return faultsIn(format, text, schemas).sort((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0))
}

function faultsIn(format: string, text: string, schemas: Schemas | undefined): Fault[] {
  if (format === 'iptc7901') return checkIptc7901(text)
  if (format === 'html') return checkHtml(text)
  if (Object.hasOwn(JSON_FORMATS, format)) {
    const [own, schema] = [JSON_FORMATS[format as keyof typeof JSON_FORMATS], schemas?.json.get(format)]
    return checkJson(text, (value) => [...zodFaults(own, value), ...(schema?.(value) ?? [])])
  }
  const own = xmlFormatCheck(format)
  if (own === undefined) {
    throw new Error(`Galley cannot check the format ${format}. It can check ${CHECKED_FORMATS.join(', ')}.`)
  }
  const schema = schemas?.xml.get(format)
  return checkXml(text, (document) => [...own(document), ...(schema?.(document) ?? [])])
}
