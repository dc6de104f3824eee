import { fromBase64 } from 'lib0/buffer'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Article, Block } from '#shared/article/article.ts'
import { figuresShared, setMeta } from '#shared/article/document.ts'
import { readVersion1, version1Fields } from '#shared/article/version-1.ts'

const p = (text: string): Block => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text, marks: [] }],
})

/** Returns a node as written by an editor of version 1, or of another version. */
const node = (
  name: string,
  children: (Y.XmlElement | Y.XmlText)[],
  attributes: Record<string, string | number> = {},
) => {
  const element = new Y.XmlElement<Record<string, string | number>>(name)
  element.insert(0, children)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element as Y.XmlElement
}
const text = (words: string, formats: Record<string, unknown> = {}) => {
  const shared = new Y.XmlText()
  shared.insert(0, words, formats)
  return shared
}
const storyWith = (field: string, ...nodes: (Y.XmlElement | Y.XmlText)[]) => {
  const doc = new Y.Doc()
  doc.getXmlFragment(field).insert(0, nodes)
  return doc
}
const body = (...nodes: (Y.XmlElement | Y.XmlText)[]): Article['body'] => readVersion1(storyWith('body', ...nodes)).body

/** The frozen seed of version 1. Its bytes are in every story of that version. */
const SEED_1 =
  'AQsBACgBBG1ldGENc2NoZW1hVmVyc2lvbgF9AQcBCGhlYWRsaW5lAwlwYXJhZ3JhcGgHAAEBBgcBCnN0YW5kZmlyc3QDCXBhcmFncmFwaAcAAQMG' +
  'BwEGYnlsaW5lAwlwYXJhZ3JhcGgHAAEFBgcBCGRhdGVsaW5lAwlwYXJhZ3JhcGgHAAEHBgcBBGJvZHkDCXBhcmFncmFwaAcAAQkGAA=='

describe('a version 1 story', () => {
  test('reads as an empty article when only seeded', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, fromBase64(SEED_1))
    expect(readVersion1(doc)).toEqual({
      headline: [],
      standfirst: [],
      byline: [],
      dateline: [],
      figures: [],
      body: [],
      meta: {},
    })
  })
  test('reads with subheads, quotes, lists, line breaks and marks', () => {
    const found = body(
      node('paragraph', [text('one '), node('hardBreak', []), text('two', { bold: {}, italic: {} })]),
      node('heading', [text('Three')], { level: 3 }),
      node('blockquote', [node('paragraph', [text('four')])]),
      node('orderedList', [node('listItem', [node('paragraph', [text('five')])])], { start: 5 }),
      node('paragraph', [text('six', { link: { href: 'https://demo.example' } })]),
    )
    expect(found).toEqual<Block[]>([
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'one ', marks: [] },
          { type: 'hardBreak' },
          { type: 'text', text: 'two', marks: [{ type: 'bold' }, { type: 'italic' }] },
        ],
      },
      { type: 'heading', level: 3, content: [{ type: 'text', text: 'Three', marks: [] }] },
      { type: 'blockquote', content: [p('four')] },
      { type: 'orderedList', start: 5, items: [[p('five')]] },
      {
        type: 'paragraph',
        content: [{ type: 'text', text: 'six', marks: [{ type: 'link', href: 'https://demo.example' }] }],
      },
    ])
  })
  test('reads with figures and meta', () => {
    const doc = storyWith('caption:f', node('paragraph', [text('A wave')]))
    figuresShared(doc).ids.insert(0, ['f'])
    setMeta(doc, { slug: 'storm' })
    const { figures, meta } = readVersion1(doc)
    expect(figures).toEqual([{ id: 'f', picture: null, caption: [p('A wave')], credit: [] }])
    expect(meta).toEqual({ slug: 'storm' })
    expect(version1Fields(doc).map(({ field, fragment }) => [field, fragment.length])).toEqual([
      ['headline', 0],
      ['standfirst', 0],
      ['byline', 0],
      ['dateline', 0],
      ['caption:f', 1],
      ['credit:f', 0],
      ['body', 0],
    ])
  })
})

describe('unknown content in version 1', () => {
  test('an unknown block keeps its words in order', () => {
    const table = node('table', [node('cell', [text('one')]), node('cell', [node('paragraph', [text('two')])])])
    expect(body(node('paragraph', [text('zero')]), table)).toEqual([p('zero'), p('one'), p('two')])
  })
  test('an unknown node in a paragraph keeps its words', () => {
    expect(body(node('paragraph', [text('a '), node('mention', [text('b')])]))).toEqual([p('a b')])
  })
  test('loose text becomes a paragraph', () => {
    expect(body(text('loose'))).toEqual([p('loose')])
  })
  test('an unknown mark keeps its text', () => {
    expect(body(node('paragraph', [text('word', { highlight: {} })]))).toEqual([p('word')])
  })
  test('a mark that y-tiptap stores under a hash is recognized', () => {
    expect(body(node('paragraph', [text('word', { 'bold--AbCd+/12': {} })]))).toEqual([
      { type: 'paragraph', content: [{ type: 'text', text: 'word', marks: [{ type: 'bold' }] }] },
    ])
  })
  test.each(['javascript:alert(1)', 'JavaScript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', '/path', ''])(
    'a link to %j becomes plain text',
    (href) => {
      expect(body(node('paragraph', [text('word', { link: { href } })]))).toEqual([p('word')])
    },
  )
  test('lists and quotes that two deletions have emptied are left out', () => {
    expect(body(node('bulletList', []), node('blockquote', []), node('paragraph', [text('a')]))).toEqual([p('a')])
  })
  test('a list child that is not an item keeps its words', () => {
    expect(body(node('bulletList', [node('paragraph', [text('a')]), node('listItem', [])]))).toEqual([
      { type: 'bulletList', start: 1, items: [[p('a')]] },
    ])
  })
  test('all content of a one-line field reads as lines', () => {
    const doc = storyWith(
      'headline',
      node('heading', [text('a')]),
      node('blockquote', [node('paragraph', [text('b')])]),
    )
    expect(readVersion1(doc).headline).toEqual([p('a'), p('b')])
  })
})
