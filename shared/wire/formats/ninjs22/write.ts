/**
 * Writes ninjs 2.2 (http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json) for receivers that have not moved to version 3:
 * the same document with property names in lower case, one of them renamed. Associations have no `rel`: a picture has
 * type `picture`, a related item no type.
 */
import { newsObject, ninjsText } from '../ninjs31/write.ts'
import { wireFormat } from '../wire-format.ts'

export const ninjs22 = wireFormat({
  name: 'ninjs22',
  label: 'ninjs 2.2',
  extension: 'ninjs2.json',
  contentType: 'application/json',
  text: (item) =>
    ninjsText({
      standard: { name: 'ninjs', version: '2.2', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json#' },
      ...(inVersion2(newsObject(item)) as object),
    }),
})

const RENAMED: Record<string, string> = { embargoedUntil: 'embargoed' }

function inVersion2(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inVersion2)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      RENAMED[name] ?? name.toLowerCase(),
      name === 'associations' ? (each as object[]).map(withoutRel).map(inVersion2) : inVersion2(each),
    ]),
  )
}

function withoutRel(association: object): object {
  return Object.fromEntries(Object.entries(association).filter(([name]) => name !== 'rel'))
}
