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
  test('has a field for everything that the contract asks, and for nothing else', () => {
    const keys = (fields: { key: string }[]) => fields.map(({ key }) => key).sort()
    expect(keys(KIND_FIELDS[kind].settings)).toEqual(Object.keys(contract.settings.shape).sort())
    expect(keys(KIND_FIELDS[kind].secrets)).toEqual(Object.keys(contract.secrets.shape).sort())
  })
  test('says what is missing by its field', () => {
    const outcome = read({ kind, settings: initialSettings(kind), name: '' })
    expect('problems' in outcome && Object.keys(outcome.problems)).toContain('name')
  })
})

test('what is wrong is a sentence', () => {
  const outcome = read({ settings: { url: 'no address', allowPrivate: false } })
  expect(outcome).toEqual({ problems: { 'settings.url': 'It is an address such as https://receiver.example/items.' } })
})

describe('a secret', () => {
  test('that was not touched is not sent', () => expect(http({})).toEqual({}))
  test('that is replaced by nothing is not sent', () =>
    expect(http({ signingKey: { kind: 'new', value: '' } })).toEqual({}))
  test('that is new is sent', () =>
    expect(http({ signingKey: { kind: 'new', value: 's3' } })).toEqual({ signingKey: 's3' }))
  test('that is to be forgotten is null', () =>
    expect(http({ signingKey: { kind: 'forgotten' } })).toEqual({ signingKey: null }))
})

test('a destination that is read and saved is what it was', () => {
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
