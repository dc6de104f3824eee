/** The part of the HTTP contract that says where publications go. `http.ts` exports all of it. */
import { z } from 'zod'
import { sentMessageSchema } from '../messages/sent-message.ts'
import { idSchema } from '../story/story.ts'
import { destinationFilterSchema, destinationRulesSchema } from '../wire/destination-rules.ts'
import { webAddress } from './web-address.ts'

export {
  type DestinationFilter,
  destinationFilterSchema,
  type DestinationRules,
  destinationRulesSchema,
  REQUIRABLE,
  type Requirable,
} from '../wire/destination-rules.ts'

/** What everybody may know of a destination. */
export const destinationSchema = z.object({ id: idSchema, name: z.string(), format: z.string() })
export type Destination = z.infer<typeof destinationSchema>

const line = z
  .string()
  .trim()
  .max(500, 'has at most 500 characters')
  .regex(/^\P{Cc}*$/u, 'is one line')
const filledLine = line.min(1, 'cannot be empty')
const port = z.number().int().min(1).max(65_535)
/** Addresses of the newsroom's own network are refused unless this says otherwise: a destination is typed in by a person. */
const allowPrivate = z.boolean().default(false)
/** A folder at the receiver's, `/` between its parts; empty for the one that one lands in. It has to be there. */
const folder = line.default('')
/** Absent: as it was. Null: forgotten. Never sent back. */
const secret = z.string().min(1).max(20_000).nullable().optional()

/** What each kind of destination has to be told, and what of it is secret. */
export const DESTINATION_SETTINGS = {
  /** A folder on the server: absolute, or within GALLEY_DROP; empty for that folder itself. */
  'file-drop': { settings: z.object({ folder: line }), secrets: z.object({}) },
  /** `POST` of the rendered item, signed with `signingKey`. */
  http: {
    settings: z.object({
      /** Its query, which may hold a key, is kept as the secret `query`. */
      url: webAddress('https://receiver.example/items'),
      allowPrivate,
    }),
    secrets: z.object({
      signingKey: secret,
      /** Sent as the `Authorization` header. */ authorization: secret,
      /** The query of the address, from `?` on. */ query: secret,
    }),
  },
  sftp: {
    settings: z.object({
      host: filledLine,
      port: port.default(22),
      user: filledLine,
      folder,
      /** SHA-256 of the server's host key as OpenSSH shows it, e.g. `SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDVPKcd…`. */
      hostKey: line.regex(
        /^SHA256:[A-Za-z0-9+/]{43}=?$/,
        'is a fingerprint such as ssh-keyscan HOST | ssh-keygen -lf - shows',
      ),
      allowPrivate,
    }),
    secrets: z.object({ password: secret, /** OpenSSH or PEM. */ privateKey: secret, passphrase: secret }),
  },
  ftps: {
    settings: z.object({
      host: filledLine,
      port: port.default(21),
      user: filledLine,
      folder,
      /** TLS from the first byte on (port 990) instead of `AUTH TLS`. */
      implicit: z.boolean().default(false),
      /** PEM of the certificate that vouches for the server, where no public authority does. */
      certificate: z.string().max(20_000).default(''),
      allowPrivate,
    }),
    secrets: z.object({ password: secret }),
  },
  mail: {
    settings: z.object({
      host: filledLine,
      port: port.default(587),
      /** `tls`: from the first byte on. `starttls`: demanded before anything is said. `none`: only for a relay on this computer. */
      security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
      /** Empty for a server that asks for none. */
      user: line.default(''),
      from: z.email().max(254),
      to: z.array(z.email().max(254)).min(1).max(50),
      certificate: z.string().max(20_000).default(''),
      allowPrivate,
    }),
    secrets: z.object({ password: secret }),
  },
  /** Anything that speaks Amazon's S3: a `PUT` signed with Signature Version 4. */
  s3: {
    settings: z.object({
      /** Without bucket, e.g. `https://s3.eu-central-1.amazonaws.com`. */
      endpoint: webAddress('https://s3.example.com'),
      region: filledLine,
      bucket: filledLine.regex(/^[a-z0-9][a-z0-9.-]+$/, 'is a bucket’s name'),
      /** Before each file's name, e.g. `wire/`. */
      prefix: line.default(''),
      accessKeyId: filledLine,
      allowPrivate,
    }),
    secrets: z.object({ secretAccessKey: secret }),
  },
} as const

export const DESTINATION_KINDS = ['file-drop', 'http', 'sftp', 'ftps', 'mail', 's3'] as const
export type DestinationKindName = (typeof DESTINATION_KINDS)[number]

const common = {
  name: filledLine.max(100, 'has at most 100 characters'),
  /** A format's name, one of `GET /api/formats`. */
  format: z.string().min(1).max(50),
  /** While paused nothing is sent but kills; what is published meanwhile waits in the queue. */
  paused: z.boolean().default(false),
  filter: destinationFilterSchema.prefault({}),
  rules: destinationRulesSchema.prefault({}),
}

/** `PUT /api/destinations/:id`: makes it, or changes it to this. For the wire desk. */
export const putDestinationRequestSchema = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('file-drop'), ...DESTINATION_SETTINGS['file-drop'] }),
  z.object({ ...common, kind: z.literal('http'), ...DESTINATION_SETTINGS.http }),
  z.object({ ...common, kind: z.literal('sftp'), ...DESTINATION_SETTINGS.sftp }),
  z.object({ ...common, kind: z.literal('ftps'), ...DESTINATION_SETTINGS.ftps }),
  z.object({ ...common, kind: z.literal('mail'), ...DESTINATION_SETTINGS.mail }),
  z.object({ ...common, kind: z.literal('s3'), ...DESTINATION_SETTINGS.s3 }),
])
export type PutDestinationRequest = z.input<typeof putDestinationRequestSchema>

/**
 * `GET /api/destinations/settings` (all, by name; for the wire desk), and the answer to `PUT /api/destinations/:id`.
 * `DELETE /api/destinations/:id` answers 204: nothing more is queued for it, and what is queued is skipped.
 */
export const destinationSettingsSchema = destinationSchema.extend({
  kind: z.enum(DESTINATION_KINDS),
  paused: z.boolean(),
  filter: destinationFilterSchema,
  rules: destinationRulesSchema,
  /** As its kind has them in `DESTINATION_SETTINGS`. */
  settings: z.record(z.string(), z.unknown()),
  /** The names of those secrets that are kept. Their values never leave the server. */
  secrets: z.array(z.string()),
})
export type DestinationSettings = z.infer<typeof destinationSettingsSchema>
export const destinationSettingsListSchema = z.array(destinationSettingsSchema)

/** `POST /api/destinations/:id/test`: connects, signs in, and sends something that says that it is a test. */
export const destinationTestSchema = z.object({
  ok: z.boolean(),
  /** Where the test went, or why not and what to do. */
  detail: sentMessageSchema,
  /** What the receiver answered. */
  response: z.string().nullable(),
  milliseconds: z.number().nonnegative(),
})
export type DestinationTest = z.infer<typeof destinationTestSchema>
