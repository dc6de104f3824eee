import { describe, expect, test } from 'vitest'
import { withDelivery, withFirstPage, withNextPage, type BoardRows } from '#renderer/wire/board/board-rows.ts'
import { boardDelivery } from './made-up-wire.ts'

const ALL = { view: 'all', destination: null } as const
const OPEN = { view: 'open', destination: null } as const
const rows = (numbers: number[], next: string | null = null): BoardRows => ({
  rows: numbers.map((number) => boardDelivery(number)),
  next,
})
const shown = ({ rows, next }: BoardRows) => [rows.map(({ slug }) => slug), next]

describe('a delivery event', () => {
  const sent = boardDelivery(2, { status: 'sent' })

  test('replaces the row', () =>
    expect(withDelivery(rows([3, 2, 1]), ALL, sent).rows.map(({ status }) => status)).toEqual([
      'queued',
      'sent',
      'queued',
    ]))
  test('removes the row when it no longer matches the filter', () =>
    expect(shown(withDelivery(rows([3, 2, 1]), OPEN, sent))).toEqual([['story-3', 'story-1'], null]))
  test('is ignored for another destination', () => {
    const filter = { view: 'all' as const, destination: sent.destination.id }
    expect(withDelivery(rows([1]), filter, sent)).toEqual(rows([1]))
  })
})

describe('the first page, read again', () => {
  test.each<[string, BoardRows, BoardRows, unknown]>([
    ['begins an empty list', rows([]), rows([2, 1], 'x'), [['story-2', 'story-1'], 'x']],
    [
      'goes before what is older',
      rows([3, 2, 1], 'x'),
      rows([4, 3], 'y'),
      [['story-4', 'story-3', 'story-2', 'story-1'], 'x'],
    ],
    ['takes over when something may lie between', rows([2, 1], 'x'), rows([9, 8], 'y'), [['story-9', 'story-8'], 'y']],
    ['is all there is, when nothing follows', rows([3, 2, 1]), rows([3, 1]), [['story-3', 'story-1'], null]],
    ['keeps its own end, when nothing is older', rows([2, 1], 'x'), rows([2, 1], 'y'), [['story-2', 'story-1'], 'y']],
  ])('%s', (_what, before, read, expected) => expect(shown(withFirstPage(before, read))).toEqual(expected))
})

test('a further page adds no row twice', () =>
  expect(shown(withNextPage(rows([3, 2], 'x'), rows([2, 1])))).toEqual([['story-3', 'story-2', 'story-1'], null]))
