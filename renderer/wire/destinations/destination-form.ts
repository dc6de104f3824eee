/** The fields of a destination, by type, and the conversion of what was typed to a request. */
import {
  putDestinationRequestSchema,
  type DestinationFilter,
  type DestinationKindName,
  type DestinationRules,
  type DestinationSettings,
  type PutDestinationRequest,
} from '#shared/protocol/http.ts'

export interface SettingField {
  key: string
  label: string
  kind: 'line' | 'number' | 'switch' | 'lines' | 'text' | 'choice'
  hint?: string
  /** The options of a choice. */
  options?: readonly { value: string; label: string }[]
  /** The initial value. */
  initial: string | boolean
}

export interface SecretField {
  key: string
  label: string
  hint?: string
  /** True for a secret of several lines, e.g. a private key. */
  long?: true
}

const host = (hint?: string): SettingField => ({
  key: 'host',
  label: 'Server',
  kind: 'line',
  initial: '',
  ...(hint !== undefined && { hint }),
})
const port = (initial: string): SettingField => ({ key: 'port', label: 'Port', kind: 'number', initial })
const user: SettingField = { key: 'user', label: 'User', kind: 'line', initial: '' }
const folder: SettingField = {
  key: 'folder',
  label: 'Folder',
  kind: 'line',
  hint: 'At the receiver’s; it has to be there. Empty for the one that one lands in.',
  initial: '',
}
const certificate: SettingField = {
  key: 'certificate',
  label: 'Certificate (PEM)',
  kind: 'text',
  hint: 'Of whoever vouches for the server, when no public authority does.',
  initial: '',
}
const allowPrivate: SettingField = {
  key: 'allowPrivate',
  label: 'It is in the newsroom’s own network',
  kind: 'switch',
  hint: 'Private addresses are refused without this.',
  initial: false,
}
const password: SecretField = { key: 'password', label: 'Password' }

export const KIND_FIELDS: Record<DestinationKindName, { settings: SettingField[]; secrets: SecretField[] }> = {
  'file-drop': {
    settings: [
      {
        key: 'folder',
        label: 'Folder',
        kind: 'line',
        hint: 'On the newsroom’s server: absolute, or within its drop folder. Empty for that folder itself.',
        initial: '',
      },
    ],
    secrets: [],
  },
  http: {
    settings: [
      { key: 'url', label: 'Address', kind: 'line', hint: 'e.g. https://receiver.example/items', initial: '' },
      allowPrivate,
    ],
    secrets: [
      { key: 'signingKey', label: 'Signing key', hint: 'Each item is signed with it (HMAC-SHA256).' },
      { key: 'authorization', label: 'Authorization', hint: 'Sent as that header, e.g. Bearer …' },
    ],
  },
  sftp: {
    settings: [
      host(),
      port('22'),
      user,
      folder,
      {
        key: 'hostKey',
        label: 'Host key',
        kind: 'line',
        hint: 'Its fingerprint, SHA256:…, as ssh-keyscan HOST | ssh-keygen -lf - shows it.',
        initial: '',
      },
      allowPrivate,
    ],
    secrets: [
      password,
      { key: 'privateKey', label: 'Private key', hint: 'OpenSSH or PEM.', long: true },
      { key: 'passphrase', label: 'Passphrase of the key' },
    ],
  },
  ftps: {
    settings: [
      host(),
      port('21'),
      user,
      folder,
      {
        key: 'implicit',
        label: 'Encrypted from the first byte on',
        kind: 'switch',
        hint: 'As on port 990, instead of AUTH TLS.',
        initial: false,
      },
      certificate,
      allowPrivate,
    ],
    secrets: [password],
  },
  mail: {
    settings: [
      host('The mail server that takes it.'),
      port('587'),
      {
        key: 'security',
        label: 'Encryption',
        kind: 'choice',
        options: [
          { value: 'starttls', label: 'STARTTLS, demanded' },
          { value: 'tls', label: 'TLS from the first byte on' },
          { value: 'none', label: 'None: only for a relay on this computer' },
        ],
        initial: 'starttls',
      },
      { ...user, hint: 'Empty for a server that asks for none.' },
      { key: 'from', label: 'From', kind: 'line', initial: '' },
      { key: 'to', label: 'To', kind: 'lines', hint: 'An address to a line.', initial: '' },
      certificate,
      allowPrivate,
    ],
    secrets: [password],
  },
  s3: {
    settings: [
      {
        key: 'endpoint',
        label: 'Endpoint',
        kind: 'line',
        hint: 'Without the bucket, e.g. https://s3.eu-central-1.amazonaws.com',
        initial: '',
      },
      { key: 'region', label: 'Region', kind: 'line', initial: '' },
      { key: 'bucket', label: 'Bucket', kind: 'line', initial: '' },
      { key: 'prefix', label: 'Prefix', kind: 'line', hint: 'Before each file’s name, e.g. wire/', initial: '' },
      { key: 'accessKeyId', label: 'Access key id', kind: 'line', initial: '' },
      allowPrivate,
    ],
    secrets: [{ key: 'secretAccessKey', label: 'Secret access key' }],
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

export type ReadDestination = { request: PutDestinationRequest } | { problems: Record<string, string> }

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
  const problems: Record<string, string> = {}
  for (const { path, message } of parsed.error.issues) {
    // A problem within a list belongs to the list's field.
    problems[path.filter((part) => typeof part === 'string').join('.')] ??= sentence(message)
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

/** The contract's messages continue the name of the field ("cannot be empty"). */
function sentence(message: string): string {
  const whole = /^(?:is|has|cannot)\b/.test(message) ? `It ${message}` : message
  return /[.!?]$/.test(whole) ? whole : `${whole}.`
}
