import { describe, expect, it } from 'vitest'
import { isOlder } from '#shared/wire/intake/older.ts'
import { emptyItem, type ReadItem } from '#shared/wire/reading/read-item.ts'

const at = (hour: string) => ({ versionCreated: `2024-03-03T${hour}:00:00.000Z` })

describe('a repeated item', () => {
  it.each<[boolean, Partial<ReadItem>, Partial<ReadItem>]>([
    [false, { version: 2 }, { version: 2 }],
    [false, { version: 2 }, { version: 3 }],
    [true, { version: 2 }, { version: 1 }],
    [false, at('10'), at('11')],
    [true, at('10'), at('09')],
    [false, { version: 2, ...at('10') }, { version: 2, ...at('11') }],
    [false, { version: 1, ...at('10') }, { version: 2, ...at('09') }],
    [false, {}, {}],
    [false, { version: 9 }, { version: 1, kind: 'kill' }],
    [true, { version: 1, kind: 'kill' }, { version: 9 }],
    [false, { kind: 'kill' }, { kind: 'kill', edNote: 'again' }],
  ])('is older: %s (%j, then %j)', (older, known, incoming) =>
    expect(isOlder({ ...emptyItem(), ...known }, { ...emptyItem(), ...incoming })).toBe(older),
  )
})
