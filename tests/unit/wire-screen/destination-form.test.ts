import { describe, expect, test } from 'vitest'
import { DESTINATION_KINDS, DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import {
  draftOf,
  emptyDestination,
  initialSettings,
  KIND_FIELDS,
  readDestination,
  type DestinationDraft,
} from '#renderer/wire/destinations/destination-form.ts'
import { destination } from './made-up-wire.ts'

const read = (change: Partial<DestinationDraft>) =>
  readDestination({ ...emptyDestination('ninjs31'), name: 'Agency', ...change })
const http = (secrets: DestinationDraft['secrets']) => {
  const outcome = read({ settings: { url: 'https://a.example', allowPrivate: false }, secrets })
  return 'request' in outcome ? outcome.request.secrets : outcome
}

describe.each(DESTINATION_KINDS)('%s', (kind) => {
  const contract = DESTINATION_SETTINGS[kind]
  test('has a field for each setting of the contract, and no others', () => {
    const keys = (fields: { key: string }[]) => fields.map(({ key }) => key).sort()
    expect(keys(KIND_FIELDS[kind].settings)).toEqual(Object.keys(contract.settings.shape).sort())
    expect(keys(KIND_FIELDS[kind].secrets)).toEqual(Object.keys(contract.secrets.shape).sort())
  })
  test('shows what is missing at its field', () => {
    const outcome = read({ kind, settings: initialSettings(kind), name: '' })
    expect('problems' in outcome && Object.keys(outcome.problems)).toContain('name')
  })
})

test('says what to enter in a field with a form of its own', () => {
  const outcome = read({ settings: { url: 'no address', allowPrivate: false } })
  expect(outcome).toEqual({ problems: { 'settings.url': { id: 'destination.setting.address.invalid' } } })
})

test('puts a problem in a list at the field of the list', () => {
  const outcome = read({
    kind: 'mail',
    settings: {
      ...initialSettings('mail'),
      host: 'mail.example',
      from: 'wire@example.org',
      to: 'desk@example.org\ndesk',
    },
  })
  expect(outcome).toEqual({ problems: { 'settings.to': { id: 'common.problem.email' } } })
})

describe('a secret', () => {
  test('is not sent if unchanged', () => expect(http({})).toEqual({}))
  test('is not sent if replaced by an empty value', () =>
    expect(http({ signingKey: { kind: 'new', value: '' } })).toEqual({}))
  test('is sent if new', () => expect(http({ signingKey: { kind: 'new', value: 's3' } })).toEqual({ signingKey: 's3' }))
  test('is sent as null if removed', () =>
    expect(http({ signingKey: { kind: 'forgotten' } })).toEqual({ signingKey: null }))
})

test('saves an unedited destination without changes', () => {
  const mail = destination(1, {
    kind: 'mail',
    settings: {
      host: 'mail.example',
      port: 587,
      security: 'starttls',
      user: '',
      from: 'wire@example.org',
      to: ['a@example.org', 'b@example.org'],
      certificate: '',
      allowPrivate: false,
    },
  })
  const outcome = readDestination(draftOf(mail))
  expect('request' in outcome && outcome.request).toMatchObject({ name: mail.name, settings: mail.settings })
})
