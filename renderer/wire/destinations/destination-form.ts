/** The fields of a destination, by type, and the conversion of what was typed to a request. */
import type { Message, MessageId } from '#shared/messages/message.ts'
import {
  putDestinationRequestSchema,
  type DestinationFilter,
  type DestinationKindName,
  type DestinationRules,
  type DestinationSettings,
  type PutDestinationRequest,
} from '#shared/protocol/http.ts'
import { fieldProblem } from '../../api/field-problem.ts'

export interface SettingField {
  key: string
  label: MessageId
  kind: 'line' | 'number' | 'switch' | 'lines' | 'text' | 'choice'
  hint?: MessageId
  /** What to enter, for a value that does not have the required form. */
  invalid?: MessageId
  /** The options of a choice. */
  options?: readonly { value: string; label: MessageId }[]
  /** The initial value. */
  initial: string | boolean
}

export interface SecretField {
  key: string
  label: MessageId
  hint?: MessageId
  /** True for a secret of several lines, e.g. a private key. */
  long?: true
}

const host: SettingField = { key: 'host', label: 'destination.setting.host', kind: 'line', initial: '' }
const port = (initial: string): SettingField => ({
  key: 'port',
  label: 'destination.setting.port',
  kind: 'number',
  initial,
})
const user: SettingField = { key: 'user', label: 'destination.setting.user', kind: 'line', initial: '' }
const folder: SettingField = {
  key: 'folder',
  label: 'destination.setting.folder',
  kind: 'line',
  hint: 'destination.setting.folder.hint',
  initial: '',
}
const certificate: SettingField = {
  key: 'certificate',
  label: 'destination.setting.certificate',
  kind: 'text',
  hint: 'destination.setting.certificate.hint',
  initial: '',
}
const allowPrivate: SettingField = {
  key: 'allowPrivate',
  label: 'destination.setting.internal',
  kind: 'switch',
  hint: 'destination.setting.internal.hint',
  initial: false,
}
const password: SecretField = { key: 'password', label: 'destination.secret.password' }

export const KIND_FIELDS: Record<DestinationKindName, { settings: SettingField[]; secrets: SecretField[] }> = {
  'file-drop': {
    settings: [{ ...folder, hint: 'destination.setting.drop-folder.hint' }],
    secrets: [],
  },
  http: {
    settings: [
      {
        key: 'url',
        label: 'destination.setting.address',
        kind: 'line',
        hint: 'destination.setting.address.hint',
        invalid: 'destination.setting.address.invalid',
        initial: '',
      },
      allowPrivate,
    ],
    secrets: [
      { key: 'signingKey', label: 'destination.secret.signing-key', hint: 'destination.secret.signing-key.hint' },
      {
        key: 'authorization',
        label: 'destination.secret.authorization',
        hint: 'destination.secret.authorization.hint',
      },
      { key: 'query', label: 'destination.secret.query', hint: 'destination.secret.query.hint' },
    ],
  },
  sftp: {
    settings: [
      host,
      port('22'),
      user,
      folder,
      {
        key: 'hostKey',
        label: 'destination.setting.host-key',
        kind: 'line',
        hint: 'destination.setting.host-key.hint',
        invalid: 'destination.setting.host-key.invalid',
        initial: '',
      },
      allowPrivate,
    ],
    secrets: [
      password,
      {
        key: 'privateKey',
        label: 'destination.secret.private-key',
        hint: 'destination.secret.private-key.hint',
        long: true,
      },
      { key: 'passphrase', label: 'destination.secret.passphrase' },
    ],
  },
  ftps: {
    settings: [
      host,
      port('21'),
      user,
      folder,
      {
        key: 'implicit',
        label: 'destination.setting.implicit',
        kind: 'switch',
        hint: 'destination.setting.implicit.hint',
        initial: false,
      },
      certificate,
      allowPrivate,
    ],
    secrets: [password],
  },
  mail: {
    settings: [
      { ...host, hint: 'destination.setting.mail-host.hint' },
      port('587'),
      {
        key: 'security',
        label: 'destination.setting.security',
        kind: 'choice',
        options: [
          { value: 'starttls', label: 'destination.setting.security.starttls' },
          { value: 'tls', label: 'destination.setting.security.tls' },
          { value: 'none', label: 'destination.setting.security.none' },
        ],
        initial: 'starttls',
      },
      { ...user, hint: 'destination.setting.user.hint' },
      { key: 'from', label: 'destination.setting.from', kind: 'line', initial: '' },
      { key: 'to', label: 'destination.setting.to', kind: 'lines', hint: 'destination.setting.to.hint', initial: '' },
      certificate,
      allowPrivate,
    ],
    secrets: [password],
  },
  s3: {
    settings: [
      {
        key: 'endpoint',
        label: 'destination.setting.endpoint',
        kind: 'line',
        hint: 'destination.setting.endpoint.hint',
        invalid: 'destination.setting.endpoint.invalid',
        initial: '',
      },
      { key: 'region', label: 'destination.setting.region', kind: 'line', initial: '' },
      {
        key: 'bucket',
        label: 'destination.setting.bucket',
        kind: 'line',
        invalid: 'destination.setting.bucket.invalid',
        initial: '',
      },
      {
        key: 'prefix',
        label: 'destination.setting.prefix',
        kind: 'line',
        hint: 'destination.setting.prefix.hint',
        initial: '',
      },
      { key: 'accessKeyId', label: 'destination.setting.access-key-id', kind: 'line', initial: '' },
      allowPrivate,
    ],
    secrets: [{ key: 'secretAccessKey', label: 'destination.secret.secret-access-key' }],
  },
}

/** A draft of a secret: unchanged, removed, or new. */
export type SecretDraft = { kind: 'as-kept' } | { kind: 'forgotten' } | { kind: 'new'; value: string }

export interface DestinationDraft {
  name: string
  kind: DestinationKindName
  format: string
  paused: boolean
  filter: DestinationFilter
  rules: DestinationRules
  /** As typed in their fields. */
  settings: Record<string, string | boolean>
  secrets: Record<string, SecretDraft>
}

export function emptyDestination(format: string): DestinationDraft {
  return {
    name: '',
    kind: 'http',
    format,
    paused: false,
    filter: { desks: [], subjects: [], urgencyAtMost: null },
    rules: { required: [], headlineAtMost: null, slugAtMost: null, standfirstAtMost: null, allowedSubjects: [] },
    settings: initialSettings('http'),
    secrets: {},
  }
}

export function initialSettings(kind: DestinationKindName): DestinationDraft['settings'] {
  return Object.fromEntries(KIND_FIELDS[kind].settings.map(({ key, initial }) => [key, initial]))
}

export function draftOf({
  name,
  kind,
  format,
  paused,
  filter,
  rules,
  settings,
}: DestinationSettings): DestinationDraft {
  const shown = KIND_FIELDS[kind].settings.map((field) => [field.key, shownValue(settings[field.key], field)] as const)
  return { name, kind, format, paused, filter, rules, settings: Object.fromEntries(shown), secrets: {} }
}

function shownValue(value: unknown, { initial }: SettingField): string | boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.join('\n')
  return initial
}

export type ReadDestination = { request: PutDestinationRequest } | { problems: Record<string, Message> }

/** Returns the request, or the problems by the path of their field: `name`, `settings.host`, `secrets.password`. */
export function readDestination({ settings, secrets, ...rest }: DestinationDraft): ReadDestination {
  const fields = KIND_FIELDS[rest.kind]
  const request = {
    ...rest,
    settings: Object.fromEntries(fields.settings.map((field) => [field.key, sentValue(settings[field.key], field)])),
    secrets: Object.fromEntries(fields.secrets.flatMap(({ key }) => sentSecret(key, secrets[key]))),
  }
  const parsed = putDestinationRequestSchema.safeParse(request)
  if (parsed.success) return { request: parsed.data }
  const problems: Record<string, Message> = {}
  for (const issue of parsed.error.issues) {
    // A problem within a list belongs to the list's field.
    const path = issue.path.filter((part) => typeof part === 'string').join('.')
    const invalid = fields.settings.find(({ key }) => path === `settings.${key}`)?.invalid
    problems[path] ??= issue.code === 'invalid_format' && invalid !== undefined ? { id: invalid } : fieldProblem(issue)
  }
  return { problems }
}

function sentValue(value: string | boolean | undefined, { kind }: SettingField): unknown {
  if (typeof value !== 'string') return value
  if (kind === 'number') return value.trim() === '' ? undefined : Number(value)
  if (kind === 'lines')
    return value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  return value
}

/** Returns the value to send for a secret. An unchanged secret is not sent. */
function sentSecret(key: string, secret: SecretDraft | undefined): [string, string | null][] {
  if (secret === undefined || secret.kind === 'as-kept') return []
  if (secret.kind === 'forgotten') return [[key, null]]
  return secret.value === '' ? [] : [[key, secret.value]]
}
