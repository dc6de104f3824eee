/**
 * The HTTP contract as an OpenAPI 3.1 document, built from the same schemas that parse the requests. Run as a script it
 * writes docs/openapi.json.
 */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import * as http from '#shared/protocol/http.ts'
import { ROUTES, type Route } from '#shared/protocol/routes.ts'
import { storySchema } from '#shared/story/story.ts'

const DOCUMENT = resolve(import.meta.dirname, '../../docs/openapi.json')

/** The schemas that are used more than once, by their name in the document. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Story: storySchema,
  Moment: http.momentSchema,
  Destination: http.destinationSchema,
  DestinationSettings: http.destinationSettingsSchema,
  CheckFailure: http.checkFailureSchema,
  Delivery: http.deliverySchema,
  BoardDelivery: http.boardDeliverySchema,
  Publication: http.publicationSchema,
  Scheduled: http.scheduledSchema,
  IntakeSource: http.intakeSourceSchema,
  IntakeItem: http.intakeItemSchema,
  IntakeReceipt: http.intakeReceiptSchema,
  Refused: http.errorSchema,
}
const addressOf = (name: string): string => `#/components/schemas/${name}`
const withoutDialect = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'))

/** Returns the named schemas, which refer to each other. */
function namedSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: addressOf, unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutDialect(schema)]))
}

/** Returns JSON Schema 2020-12, which OpenAPI 3.1 accepts. Request bodies are described before they are transformed. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const named = Object.entries(NAMED).find(([, each]) => each === schema)
  if (named !== undefined) return { $ref: addressOf(named[0]) }
  if (schema instanceof z.ZodArray) return { type: 'array', items: jsonSchema(schema.element as z.ZodType, io) }
  return withoutDialect(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
}

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
})

const FILE = { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } }

function operation({ path, summary, security, query, body, file, answers }: Route): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'id' ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }))
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: jsonSchema(schema as z.ZodType, 'input'),
  }))
  const responses = Object.entries(answers).map(([status, schema]): [string, object] => [
    status,
    { description: 'Done', ...(schema === null ? {} : json(jsonSchema(schema, 'output'))) },
  ])
  return {
    summary,
    ...(security === undefined ? { security: [] } : { security: [{ [security]: [] }] }),
    ...(inPath.length + inQuery.length === 0 ? {} : { parameters: [...inPath, ...inQuery] }),
    ...(body === undefined ? {} : { requestBody: { required: true, ...json(jsonSchema(body, 'input')) } }),
    ...(file === undefined ? {} : { requestBody: FILE }),
    responses: { ...Object.fromEntries(responses), default: { $ref: '#/components/responses/Refusal' } },
  }
}

/** Returns the document. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of Object.values<Route>(ROUTES)) {
    if (route.internal === undefined) (paths[route.path] ??= {})[route.method] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Galley',
      version: '1',
      description:
        'A newsroom’s server. shared/protocol/PROTOCOL.md says what each request means; docs/wire.md has examples.',
    },
    security: [{ session: [] }],
    paths,
    webhooks: {
      delivery: {
        post: {
          summary:
            'What an HTTP destination is sent: each picture of an item, and then the item, which has Galley-Item',
          parameters: [
            header('Idempotency-Key', 'The delivery’s id, or that and the picture’s name: the same at each attempt'),
            header('Galley-File', 'The file’s name, percent-encoded'),
            header('Galley-Timestamp', 'Seconds since 1970'),
            header('Galley-Signature', 'v1= and the HMAC-SHA256 of `<timestamp>.<body>` in hexadecimal digits'),
          ],
          requestBody: FILE,
          responses: { '2XX': { description: 'Received. After any other response the request is sent again.' } },
        },
      },
    },
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of a session' },
        source: { type: 'http', scheme: 'bearer', description: 'The token of a source' },
      },
      responses: {
        Refusal: { description: 'The reason, and what to do', ...json(jsonSchema(http.errorSchema, 'output')) },
      },
    },
  }
}

if (import.meta.main) await writeFile(DOCUMENT, `${JSON.stringify(openApi(), null, 2)}\n`)
