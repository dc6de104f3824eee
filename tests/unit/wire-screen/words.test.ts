import { describe, expect, test } from 'vitest'
import type { Destination, Publication } from '#shared/protocol/http.ts'
import { formatOf } from '#renderer/wire/destination-format.ts'
import { withPublication } from '#renderer/wire/publications.ts'

describe('publications', () => {
  const publication = (version: number, rest: Partial<Publication> = {}) =>
    ({ id: `publication ${version}`, version, ...rest }) as Publication
  const versions = (list: readonly Publication[]) => list.map(({ version }) => version)

  test('are sorted newest first, in whatever order they arrive', () => {
    expect(
      versions([1, 3, 2].reduce<Publication[]>((list, each) => withPublication(list, publication(each)), [])),
    ).toEqual([3, 2, 1])
  })

  test('replace their earlier state', () => {
    const later = publication(1, { headline: 'Delivered' })
    expect(withPublication([publication(2), publication(1)], later)).toEqual([publication(2), later])
  })
})

test.each([
  ['Wire, ninjs 3.1', 'ninjs31', null],
  ['The web', 'html', 'HTML page'],
  ['A later one', 'nitf', 'nitf'],
])('names the format of the destination "%s", %s, as %s', (name, format, expected) =>
  expect(formatOf({ id: 'x', name, format } satisfies Destination)).toBe(expected),
)
