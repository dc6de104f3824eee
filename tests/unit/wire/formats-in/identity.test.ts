import { describe, expect, it } from 'vitest'
import { identityKey, recognise } from '#shared/wire/intake/identity.ts'
import { emptyItem, type ReadItem } from '#shared/wire/intake/read-item.ts'
import { p } from '../articles.ts'

const read = (changes: Partial<ReadItem> = {}): ReadItem => ({
  ...emptyItem(),
  uri: 'urn:a',
  headline: 'A',
  ...changes,
})

describe('an item that comes again', () => {
  it.each<[string, Partial<ReadItem>, Partial<ReadItem>]>([
    ['duplicate', { version: 2 }, { version: 2 }],
    ['update', { version: 2 }, { version: 3 }],
    ['older', { version: 2 }, { version: 1 }],
    ['conflict', { version: 2 }, { version: 2, headline: 'B' }],
    ['update', { versionCreated: '2024-03-03T10:00:00.000Z' }, { versionCreated: '2024-03-03T11:00:00.000Z' }],
    ['older', { versionCreated: '2024-03-03T10:00:00.000Z' }, { versionCreated: '2024-03-03T09:00:00.000Z' }],
    [
      'update',
      { version: 2, versionCreated: '2024-03-03T10:00:00.000Z' },
      { version: 2, versionCreated: '2024-03-03T11:00:00.000Z' },
    ],
    ['duplicate', {}, {}],
    ['update', { version: 9 }, { version: 1, kind: 'kill' }],
    ['older', { version: 1, kind: 'kill' }, { version: 9 }],
    ['duplicate', { kind: 'kill' }, { kind: 'kill', edNote: 'again' }],
  ])('is its %s', (expected, known, incoming) => expect(recognise(read(known), read(incoming))).toBe(expected))

  it('is known by its id, and by its words when it has none', () => {
    expect(identityKey(read({ headline: 'B' }))).toBe('id:urn:a')
    const copied = (headline: string, body: string): ReadItem => ({ ...emptyItem(), headline, body: [p(body)] })
    expect(identityKey(copied('A “headline”', 'One,  two.'))).toBe(identityKey(copied('A "Headline"', 'One, two.')))
    expect(identityKey(copied('A', 'One'))).not.toBe(identityKey(copied('A', 'Two')))
  })
})
