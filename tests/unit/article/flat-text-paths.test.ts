import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from '#shared/article/article.ts'
import {
  type BlockPlace,
  type Container,
  containersOf,
  pathBetween,
  sameContainers,
} from '#shared/article/block-path.ts'
import { blocksOf, flatBlocksOf } from '#shared/article/flat-blocks.ts'
import { anyPath } from './flat-text-paths.ts'

const at = (path: string | null, split = false): BlockPlace => ({ in: path, split })
/** Returns the normalized paths of blocks. */
const normal = (...places: BlockPlace[]) => {
  let before: readonly Container[] = []
  return containersOf(places).map((containers) => {
    const path = pathBetween(before, containers)
    before = containers
    return path
  })
}
/** Returns the structure of blocks as HTML-like text without the words. */
const tree = (...places: BlockPlace[]) => {
  const show = (block: Block): string => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return 'p'
      case 'blockquote':
        return `quote(${block.content.map(show).join(' ')})`
      case 'bulletList':
        return `bullets(${block.items.map((item) => item.map(show).join(' ')).join(', ')})`
      case 'orderedList':
        return `numbers${block.start}(${block.items.map((item) => item.map(show).join(' ')).join(', ')})`
    }
  }
  return blocksOf(places.map((place) => ({ kind: { h: null, ...place }, content: [] })))
    .map(show)
    .join(' ')
}

describe('paths', () => {
  test.each<[string, (string | null)[]]>([
    ['p p', [null, null]],
    ['quote(p p)', ['q', 'q']],
    ['quote(p) quote(p)', ['q', 'q!']],
    ['bullets(p, p)', ['-', '-']],
    ['bullets(p p)', ['-', '-~']],
    ['bullets(p) bullets(p)', ['-', '-!']],
    ['numbers1(p, p)', ['#', '#']],
    ['numbers5(p, p)', ['#5', '#']],
    ['numbers1(p) numbers5(p)', ['#', '#!5']],
    ['numbers0(p)', ['#0']],
    ['numbers-3(p)', ['#-3']],
    ['quote(p bullets(p, p)) p', ['q', 'q -', 'q -', null]],
    ['bullets(p bullets(p, p), p)', ['-', '-~ -', '-~ -', '-']],
    ['bullets(bullets(p), bullets(p))', ['- -', '- -']],
    ['bullets(quote(p) quote(p))', ['- q', '-~ q!']],
    ['quote(numbers1(p)) quote(numbers1(p))', ['q #', 'q! #']],
  ])('%s', (shown, paths) => {
    expect(tree(...paths.map((path) => at(path)))).toBe(shown)
    expect(normal(...paths.map((path) => at(path)))).toEqual(paths)
  })
  test.each<[string, (string | null)[], (string | null)[]]>([
    ['an item with no list before it starts a list', ['-~'], ['-']],
    ['a new list after a paragraph is a plain list', [null, '-!'], [null, '-']],
    ['a list cannot continue across a paragraph', ['-', null, '-~'], ['-', null, '-']],
    ['a list cannot continue in another quote', ['q -', 'q! -'], ['q -', 'q! -']],
    ['a continued list keeps its number', ['#', '#5'], ['#', '#']],
    ['bullets cannot continue as numbers', ['-', '#~'], ['-', '#']],
    ['a meaningless token is left out', ['q x - ##'], ['q -']],
    ['a number that is too long drops its token only', ['q #99999999999'], ['q']],
    ['an empty path is no path', ['', ' '], [null, null]],
  ])('%s', (_, paths, expected) => {
    expect(normal(...paths.map((path) => at(path)))).toEqual(expected)
  })
  test('are limited in depth', () => {
    expect(containersOf([at('q '.repeat(500_000))])[0]).toHaveLength(20)
    expect(containersOf([at('x'.repeat(1_000_000))])[0]).toHaveLength(0)
  })
  test('have one normalized form with the same meaning', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(anyPath), fc.boolean()), { maxLength: 12 }), (drawn) => {
        const places = drawn.map(([path, split]) => at(path, split))
        const paths = normal(...places)
        const again = paths.map((path) => at(path))
        expect(normal(...again)).toEqual(paths)
        expect(tree(...again)).toBe(tree(...places))
        const [a, b] = [containersOf(places), containersOf(again)]
        for (const [index, containers] of a.entries()) {
          expect(sameContainers(containers, a[index - 1] ?? [], b[index] ?? [], b[index - 1] ?? [])).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
  test.each([1e9, 12_345_678_901, 1.5, NaN, Infinity])('a list that starts at %d is still a list', (start) => {
    const list: Block = { type: 'orderedList', start, items: [[{ type: 'paragraph', content: [] }]] }
    expect(blocksOf(flatBlocksOf([list]))).toEqual([{ ...list, start: 1 }])
  })
})

describe('a block that was split off', () => {
  test('while everything became a list is an item of the list', () => {
    expect(tree(at('-'), at(null, true), at('-'))).toBe('bullets(p, p, p)')
    expect(tree(at('#5'), at(null, true))).toBe('numbers5(p, p)')
  })
  test('while everything became a quote is in the quote', () => {
    expect(tree(at('q'), at(null, true))).toBe('quote(p p)')
  })
  test('while its item went into another list is the next item there', () => {
    expect(tree(at('-'), at('-~ -'), at('-', true))).toBe('bullets(p bullets(p, p))')
  })
  test('follows a block that leaves the list', () => {
    expect(tree(at('-'), at(null), at('-', true))).toBe('bullets(p) p p')
  })
  test('follows a block that was split off too', () => {
    expect(tree(at('-'), at(null, true), at(null, true))).toBe('bullets(p, p, p)')
  })
  test('stays in its own place when the block before is in the same containers', () => {
    expect(tree(at('-'), at('-~', true))).toBe('bullets(p p)')
    expect(tree(at('-'), at('-!', true))).toBe('bullets(p) bullets(p)')
  })
  test('does not follow once its own path was set', () => {
    expect(tree(at('-'), at(null))).toBe('bullets(p) p')
    expect(tree(at(null), at('-'))).toBe('p bullets(p)')
  })
})
