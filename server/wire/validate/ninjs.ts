/**
 * Checks ninjs by its rules: the allowed properties, their types, and the required ones
 * (http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json and _2.2.json). Version 2.2 has the names of 3.1 in lower case.
 */
import { z } from 'zod'
import { isTime, isUri } from './values.ts'

const uri = z.string().refine(isUri, 'This is not an absolute address.')
const time = z.string().refine(isTime, 'This is not a time with a zone, such as 2026-11-22T20:00:00Z.')
const text = z.string()
const object = z.looseObject({})
const list = z.array(object)
const status = z.enum(['usable', 'withheld', 'canceled'], 'This must be usable, withheld or canceled.')

const TEXTS = [
  'profile',
  'version',
  'copyrightHolder',
  'copyrightNotice',
  'usageTerms',
  'edNote',
  'language',
  'title',
  'by',
  'slugline',
  'located',
]
const TIMES = ['firstCreated', 'versionCreated', 'contentCreated', 'embargoedUntil', 'expires']
const CONCEPTS = ['people', 'organisations', 'places', 'subjects', 'events', 'objects', 'infoSources', 'genres']

export const ninjs31Schema = ninjsSchema((name) => name)
export const ninjs22Schema = ninjsSchema((name) => (name === 'embargoedUntil' ? 'embargoed' : name.toLowerCase()))

function ninjsSchema(named: (name: string) => string): z.ZodType {
  const version2 = named('altIds') === 'altids'
  const strict = (shape: Record<string, z.ZodType>) =>
    z.strictObject(Object.fromEntries(Object.entries(shape).map(([name, schema]) => [named(name), schema])))
  const optional = (shape: Record<string, z.ZodType>) =>
    Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()]))

  const texts = z.array(
    strict({
      ...optional({ role: text, contentType: text, wordCount: z.number(), charCount: z.number() }),
      value: text,
    }),
  )
  const concepts = z.array(z.looseObject(optional({ name: text, rel: text, uri, literal: text })))
  const renditions = z.array(
    z.looseObject({ name: text, ...optional({ href: uri, width: z.number(), height: z.number() }) }),
  )
  const properties = optional({
    type: z.enum(
      [
        'text',
        'audio',
        'video',
        'picture',
        'graphic',
        'composite',
        'component',
        ...(version2 ? [] : ['event', 'planning']),
      ],
      'This is not a ninjs type.',
    ),
    representationType: z.enum(['full', 'partial'], 'This must be full or partial.'),
    ...Object.fromEntries(TEXTS.map((name) => [name, text])),
    ...Object.fromEntries(TIMES.map((name) => [name, time])),
    ...Object.fromEntries(CONCEPTS.map((name) => [name, concepts])),
    pubStatus: status,
    urgency: z.number().min(1, 'This must be 1 to 9.').max(9, 'This must be 1 to 9.'),
    descriptions: texts,
    bodies: texts,
    headlines: texts,
    renditions,
    altIds: z.array(strict(optional({ role: text, value: text }))),
    trustIndicators: list,
    standard: strict(optional({ name: text, version: text, schema: uri })),
    rightsInfo: object,
    digitalSourceType: object,
    ...(version2 ? {} : { eventDetails: object, plannedCoverage: list }),
  })
  const associated = strict({
    ...properties,
    uri,
    name: text,
    ...(version2 ? {} : { rel: text.optional() }),
    associations: list.optional(),
  })
  return strict({ ...properties, uri, associations: z.array(associated).optional() })
}
