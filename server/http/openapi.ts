/**
 * The HTTP contract as an OpenAPI 3.1 document, built from the same schemas that parse the requests. Run as a script it
 * writes docs/openapi.json.
 */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import * as http from '#shared/protocol/http.ts'
import { storySchema } from '#shared/story/story.ts'

const DOCUMENT = resolve(import.meta.dirname, '../../docs/openapi.json')

interface Operation {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  summary: string
  /** Absent for public endpoints. */
  security?: 'session' | 'source'
  query?: z.ZodObject
  body?: z.ZodType
  /** By status; null for an empty body. */
  answers: Record<number, z.ZodType | null>
}

const session = { security: 'session' } as const

const OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/sign-in',
    summary: 'Opens a session; its token is sent with every other request',
    body: http.signInRequestSchema,
    answers: { 200: http.signInResponseSchema },
  },
  { ...session, method: 'post', path: '/api/sign-out', summary: 'Ends the session', answers: { 204: null } },
  {
    ...session,
    method: 'get',
    path: '/api/me',
    summary: 'Who is signed in, and where',
    answers: { 200: http.meSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/desks',
    summary: 'The desks, in order',
    answers: { 200: http.desksSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/stories',
    summary: 'The stories, page by page: by stage, and within each by the last change',
    query: http.storyQuerySchema,
    answers: { 200: http.storyPageSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/stories/counts',
    summary: 'How many stories each desk has at each stage',
    query: http.storyCountsQuerySchema,
    answers: { 200: http.storyCountsSchema },
  },
  { ...session, method: 'get', path: '/api/stories/{id}', summary: 'One story', answers: { 200: storySchema } },
  {
    ...session,
    method: 'put',
    path: '/api/stories/{id}',
    summary: 'Creates a story; its text is written over the relay',
    body: http.createStoryRequestSchema,
    answers: { 200: storySchema, 201: storySchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/stories/{id}/moves',
    summary: 'Moves a story to its next stage',
    body: http.moveRequestSchema,
    answers: { 200: storySchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/stories/{id}/publications',
    summary: 'The publications of a story, newest first',
    answers: { 200: http.publicationsSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/stories/{id}/publications',
    summary: 'Publishes the current text of a story',
    body: http.publishRequestSchema,
    answers: { 200: http.publicationSchema, 201: http.publicationSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/stories/{id}/schedule',
    summary: 'Freezes the current text of a story, and publishes it at a set time',
    body: http.scheduleRequestSchema,
    answers: { 201: http.scheduledSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/stories/{id}/preview',
    summary: 'A story in a format, as it would go out now',
    body: http.previewRequestSchema,
    answers: { 200: http.renderedSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/stories/{id}/kill',
    summary: 'Withdraws a story from every receiver, for good',
    body: http.killRequestSchema,
    answers: { 200: http.publicationSchema, 201: http.publicationSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/publications/{id}/formats/{format}',
    summary: 'A publication in a format',
    answers: { 200: http.renderedSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/publications/{id}/words',
    summary: 'The content of a publication, part by part',
    answers: { 200: http.itemWordsSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/publications/{id}/resend',
    summary: 'Queues the last publication of a story again',
    body: http.resendRequestSchema,
    answers: { 200: http.publicationSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/formats',
    summary: 'The formats that Galley writes',
    answers: { 200: http.wireFormatsSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/subjects',
    summary: 'The subjects that a story can have',
    answers: { 200: http.subjectsSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/scheduled',
    summary: 'The scheduled publications',
    answers: { 200: http.scheduledListSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/scheduled/{id}/cancel',
    summary: 'Cancels a scheduled publication',
    answers: { 200: http.scheduledSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/deliveries',
    summary: 'The delivery board, a page at a time',
    query: http.boardQuerySchema,
    answers: { 200: http.boardSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/deliveries/{id}/retry',
    summary: 'Retries a delivery',
    answers: { 200: http.boardDeliverySchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/deliveries/{id}/skip',
    summary: 'Skips a delivery',
    body: http.skipRequestSchema,
    answers: { 200: http.boardDeliverySchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/destinations',
    summary: 'The destinations that stories can go to',
    answers: { 200: http.destinationsSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/destinations/settings',
    summary: 'The destinations, without their secrets',
    answers: { 200: http.destinationSettingsListSchema },
  },
  {
    ...session,
    method: 'put',
    path: '/api/destinations/{id}',
    summary: 'Creates or changes a destination',
    body: http.putDestinationRequestSchema,
    answers: { 200: http.destinationSettingsSchema, 201: http.destinationSettingsSchema },
  },
  {
    ...session,
    method: 'delete',
    path: '/api/destinations/{id}',
    summary: 'Removes a destination',
    answers: { 204: null },
  },
  {
    ...session,
    method: 'post',
    path: '/api/destinations/{id}/test',
    summary: 'Sends a test to a destination',
    answers: { 200: http.destinationTestSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/intake',
    summary: 'Incoming items, a page at a time',
    query: http.intakeQuerySchema,
    answers: { 200: http.intakeListSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/intake/{id}',
    summary: 'One item as it was read',
    answers: { 200: http.intakeDetailSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/stories/{id}/source',
    summary: 'The source of a story, and its sender’s latest version',
    answers: { 200: http.storySourceSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/intake/paste',
    summary: 'Takes in text or a file',
    body: http.pasteRequestSchema,
    answers: { 201: http.intakeReceiptSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/intake/{id}/take',
    summary: 'Makes a story of an item',
    body: http.takeRequestSchema,
    answers: { 200: storySchema, 201: storySchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/intake/{id}/read-again',
    summary: 'Reads a quarantined item again',
    answers: { 200: http.intakeItemSchema },
  },
  {
    ...session,
    method: 'post',
    path: '/api/intake/{id}/discard',
    summary: 'Sets an item aside',
    body: http.discardRequestSchema,
    answers: { 200: http.intakeItemSchema },
  },
  {
    ...session,
    method: 'get',
    path: '/api/intake/sources',
    summary: 'The sources of incoming copy',
    answers: { 200: http.intakeSourcesSchema },
  },
  {
    ...session,
    method: 'put',
    path: '/api/intake/sources/{id}',
    summary: 'Creates or changes a source',
    body: http.putIntakeSourceRequestSchema,
    answers: { 200: http.intakeSourceSchema, 201: http.intakeSourceSchema },
  },
  {
    ...session,
    method: 'delete',
    path: '/api/intake/sources/{id}',
    summary: 'Removes a source; its items stay',
    answers: { 204: null },
  },
  {
    ...session,
    method: 'post',
    path: '/api/intake/sources/{id}/token',
    summary: 'A new token for an HTTP endpoint',
    answers: { 200: http.intakeTokenSchema },
  },
]

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

function operation({ path, summary, security, query, body, answers }: Operation): object {
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
    responses: { ...Object.fromEntries(responses), default: { $ref: '#/components/responses/Refusal' } },
  }
}

/** Returns the document. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const each of OPERATIONS) (paths[each.path] ??= {})[each.method] = operation(each)
  paths['/intake/{id}'] = {
    post: {
      ...operation({
        method: 'post',
        path: '/intake/{id}',
        summary: 'Sends copy to the newsroom, in any format that Galley reads',
        security: 'source',
        answers: { 202: http.intakeReceiptSchema },
      }),
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
    },
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
          requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
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
