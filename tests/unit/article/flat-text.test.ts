import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Article, Block } from '#shared/article/article.ts'
import { fieldText } from '#shared/article/document.ts'
import { blocksOf, flatBlocksOf } from '#shared/article/flat-blocks.ts'
import {
  createSeparator,
  type Formats,
  HARD_BREAK,
  PLAIN,
  readBlocks,
  readKind,
  readRuns,
  writeBlocks,
  writeKind,
} from '#shared/article/flat-text.ts'
import { readArticle } from '#shared/article/read.ts'
import { seedStory } from '#shared/article/seed.ts'
import { writeArticle } from '#shared/article/write.ts'
import { anyArticle, wellFormed } from './articles.ts'
import { anyPath } from './flat-text-paths.ts'

const textOf = (...pieces: readonly Piece[]) => {
  const text = fieldText(new Y.Doc(), 'body')
  for (const { embed, formats } of pieces) {
    if (typeof embed === 'string') text.insert(text.length, embed, formats)
    else text.insertEmbed(text.length, embed instanceof Map ? new Y.Map(embed) : embed, formats)
  }
  return text
}
const docOf = (text: Y.Text): Y.Doc => text.doc as Y.Doc
const rewritten = (article: Article): Article => {
  const doc = new Y.Doc()
  seedStory(doc)
  writeArticle(doc, article)
  return readArticle(doc)
}

/** A run of text, an embed, or the entries of a separator's map. */
interface Piece {
  embed: string | object | Map<string, unknown>
  formats: Formats
}

const nonsense = fc.oneof(fc.jsonValue(), fc.constantFrom(true, false, null, 1.5, -1, ''))
const anyFormats: fc.Arbitrary<Formats> = fc.dictionary(
  fc.constantFrom('bold', 'italic', 'link', 'highlight'),
  fc.oneof(fc.constantFrom<unknown>(true, null, 'https://demo.example'), nonsense),
  { maxKeys: 3 },
)
const anySeparator = fc
  .record(
    {
      h: fc.oneof(fc.constantFrom<unknown>(2, 3), nonsense),
      in: fc.oneof(anyPath, nonsense),
      split: fc.oneof(fc.constant<unknown>(true), nonsense),
      other: nonsense,
    },
    { requiredKeys: [] },
  )
  .map((entries) => new Map<string, unknown>(Object.entries(entries)))
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0x61, max: 0x7a }), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((units) => String.fromCharCode(...units))
const anyEmbed = fc.oneof(fc.constant({ node: HARD_BREAK }), fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }))
const anyPieces: fc.Arbitrary<Piece[]> = fc.array(
  fc.record({ embed: fc.oneof<fc.Arbitrary<Piece['embed']>[]>(anyText, anyEmbed, anySeparator), formats: anyFormats }),
  { maxLength: 30 },
)

describe('any sequence of characters, embeds and separators', () => {
  test('reads as an article that reads back the same after writing', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const article = readArticle(docOf(textOf(...pieces)))
        expect(rewritten(article)).toEqual(wellFormed(article))
      }),
      { numRuns: 500 },
    )
  })
  test('keeps its words in order', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const text = textOf(...pieces)
        const words = (blocks: readonly Block[]): string =>
          blocks
            .map((block) => {
              if (block.type === 'blockquote') return words(block.content)
              if ('items' in block) return block.items.map(words).join('')
              return block.content.map((inline) => (inline.type === 'text' ? inline.text : '')).join('')
            })
            .join('')
        expect(words(readArticle(docOf(text)).body)).toBe(text.toJSON())
      }),
    )
  })
  test('has a block for each separator, and one for text before the first', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const separators = pieces.filter(({ embed }) => embed instanceof Map).length
        const loose = separators === 0 || !(pieces[0]?.embed instanceof Map) ? 1 : 0
        expect(readBlocks(textOf(...pieces))).toHaveLength(separators + loose)
      }),
    )
  })
})

describe('the blocks of an article', () => {
  test('survive a round trip through flat text', () => {
    fc.assert(
      fc.property(anyArticle, ({ body }) => {
        if (body.length > 0) expect(blocksOf(flatBlocksOf(body))).toEqual(body)
      }),
    )
  })
  test('have one flat form', () => {
    fc.assert(
      fc.property(anyArticle, ({ body }) => {
        const flat = flatBlocksOf(body)
        expect(flatBlocksOf(blocksOf(flat))).toEqual(flat)
      }),
    )
  })
  test('drop empty quotes and lists', () => {
    const block: Block = { type: 'paragraph', content: [] }
    const empty: Block[] = [
      { type: 'blockquote', content: [] },
      { type: 'bulletList', start: 1, items: [[], []] },
      { type: 'orderedList', start: 3, items: [] },
    ]
    expect(blocksOf(flatBlocksOf([block, ...empty, block]))).toEqual([block, block])
  })
})

describe('writing a field', () => {
  const plain = (text: string) => ({ kind: PLAIN, content: [{ text, formats: {} }] })
  test('keeps its first separator', () => {
    const text = textOf({ embed: new Map(), formats: {} })
    const [first] = readRuns(text)
    writeBlocks(text, [{ ...plain('one'), kind: { h: 2, in: 'q', split: false } }, plain('two')])
    expect(readRuns(text)[0]).toEqual(first)
    expect(readBlocks(text)).toEqual([{ ...plain('one'), kind: { h: 2, in: 'q', split: false } }, plain('two')])
  })
  test('adds a first separator to a field without one', () => {
    const text = textOf({ embed: 'loose', formats: { bold: true } })
    writeBlocks(text, [plain('one')])
    expect(readRuns(text).map((run) => 'separator' in run)).toEqual([true, false])
    expect(readBlocks(text)).toEqual([plain('one')])
  })
  test('does not carry formats over to the next run', () => {
    const text = textOf()
    const content = [
      { text: 'a', formats: { bold: true } },
      { text: 'b', formats: {} },
      { node: HARD_BREAK, formats: {} },
      { text: 'c', formats: { italic: true } },
    ]
    writeBlocks(text, [{ kind: PLAIN, content }, plain('d')])
    expect(readBlocks(text)).toEqual([{ kind: PLAIN, content }, plain('d')])
  })
})

describe('a separator', () => {
  test('is empty for a plain paragraph', () => {
    const text = textOf()
    const separator = createSeparator(PLAIN)
    text.insertEmbed(0, separator)
    expect(separator.size).toBe(0)
    expect(readKind(separator)).toEqual(PLAIN)
  })
  test('is written only where it differs', () => {
    const text = textOf()
    const separator = createSeparator({ h: 2, in: 'q', split: true })
    text.insertEmbed(0, separator)
    const keys: unknown[] = []
    separator.observe(({ keysChanged }) => keys.push(...keysChanged))
    writeKind(separator, { h: 2, in: 'q -', split: true })
    expect(keys).toEqual(['in'])
    writeKind(separator, PLAIN)
    expect(separator.size).toBe(0)
  })
})
