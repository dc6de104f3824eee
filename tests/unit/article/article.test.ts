import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Article, Block } from '#shared/article/article.ts'
import {
  addFigure,
  fieldText,
  figureIds,
  figuresShared,
  metaShared,
  moveFigure,
  readMeta,
  removeFigure,
  setMeta,
  setPicture,
} from '#shared/article/document.ts'
import { type FieldId, STORY_FIELDS } from '#shared/article/fields.ts'
import { createSeparator, type FlatBlock, PLAIN, readBlocks } from '#shared/article/flat-text.ts'
import { readArticle } from '#shared/article/read.ts'
import {
  CONVERSION_CLIENT_ID,
  RESERVED_CLIENT_IDS,
  SCHEMA_VERSION,
  SEED_BYTES,
  SEED_CLIENT_ID,
  schemaVersionOf,
  seedStory,
} from '#shared/article/seed.ts'
import { articleWords, countWords, plainText } from '#shared/article/text.ts'
import { writeArticle } from '#shared/article/write.ts'
import { anyArticle, wellFormed } from './articles.ts'

const story = (...updates: Uint8Array[]) => {
  const doc = new Y.Doc()
  seedStory(doc)
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}
const shown = (doc: Y.Doc, field: FieldId) => readBlocks(fieldText(doc, field))
const EMPTY: FlatBlock[] = [{ kind: PLAIN, content: [] }]
const stateOf = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc)
const merge = (...docs: Y.Doc[]) => story(...docs.map(stateOf))
const picture = { mediaId: 'm', type: 'image/jpeg', width: 4, height: 3, name: 'a.jpg', alt: '' }
const p = (text: string): Block => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text, marks: [] }],
})

describe('the seed', () => {
  test('is frozen, because its bytes are in every story', async () => {
    const digest = await crypto.subtle.digest('SHA-256', SEED_BYTES.slice())
    expect(Buffer.from(digest).toString('hex')).toBe('e8d0d761334f8c7a00df47a2cb17c54059da7fdd766f1008868034c2386e7222')
    expect([SCHEMA_VERSION, SEED_CLIENT_ID]).toEqual([2, 2])
  })
  test('has a client id of its own, apart from persons and other versions', () => {
    expect(Y.decodeUpdate(SEED_BYTES).structs.every(({ id }) => id.client === SEED_CLIENT_ID)).toBe(true)
    expect([...RESERVED_CLIENT_IDS].sort()).toEqual([1, SEED_CLIENT_ID, CONVERSION_CLIENT_ID])
  })
  test('gives each field an empty paragraph with a separator, and the story its schema version', () => {
    const doc = story()
    for (const field of STORY_FIELDS) {
      expect(shown(doc, field)).toEqual(EMPTY)
      expect(fieldText(doc, field).length).toBe(1)
    }
    expect(schemaVersionOf(doc)).toBe(SCHEMA_VERSION)
    expect(schemaVersionOf(new Y.Doc())).toBeNull()
  })
  test('changes nothing when applied twice', () => {
    const doc = story()
    const before = stateOf(doc)
    let updates = 0
    doc.on('update', () => (updates += 1))
    seedStory(doc)
    expect(stateOf(doc)).toEqual(before)
    expect(updates).toBe(0)
  })
  test('stories seeded separately merge into one paragraph for each field', () => {
    expect(fieldText(merge(story(), story()), 'headline').length).toBe(1)
  })
  test('reads as an empty article', () => {
    expect(readArticle(story())).toEqual({
      headline: [],
      standfirst: [],
      byline: [],
      dateline: [],
      figures: [],
      body: [],
      meta: {},
    })
  })
})

describe('an article', () => {
  test('reads back as written', () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const doc = story()
        writeArticle(doc, article)
        expect(readArticle(doc)).toEqual(wellFormed(article))
      }),
    )
  })
  test('survives encoding and decoding', () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const doc = story()
        writeArticle(doc, article)
        expect(readArticle(merge(doc))).toEqual(wellFormed(article))
      }),
    )
  })
  test('replaces the previous article', () => {
    fc.assert(
      fc.property(anyArticle, anyArticle, (first, second) => {
        const doc = story()
        writeArticle(doc, first)
        writeArticle(doc, second)
        expect(readArticle(doc)).toEqual(wellFormed(second))
        expect(schemaVersionOf(doc)).toBe(SCHEMA_VERSION)
      }),
    )
  })
})

describe('unknown content', () => {
  const body = (write: (text: Y.Text) => void): Article['body'] => {
    const doc = story()
    write(fieldText(doc, 'body'))
    return readArticle(doc).body
  }
  const nested: [string, () => object][] = [
    ['a text', () => new Y.Text('inside')],
    ['an array', () => Y.Array.from(['inside'])],
    ['an element', () => new Y.XmlElement('table')],
  ]
  test.each<[string, () => object]>([
    ['an embed with a name', () => ({ node: 'mention', name: 'Maria' })],
    ['an embed without one', () => ({ picture: 1 })],
    ['an embed whose name is not text', () => ({ node: 7 })],
    ...nested,
  ])('%s leaves the words around it, in their order', (_, create) => {
    expect(
      body((text) => {
        text.insert(1, 'one two')
        text.insertEmbed(4, create())
      }),
    ).toEqual([p('one two')])
  })
  test('reads a field with only an unknown embed as empty', () => {
    expect(body((text) => text.insertEmbed(1, { node: 'mention' }))).toEqual([])
  })
  test('keeps the text of an unknown format', () => {
    expect(body((text) => text.insert(1, 'word', { highlight: 'yellow' }))).toEqual([p('word')])
  })
  test('merges runs that differ only in an unknown format', () => {
    expect(
      body((text) => {
        text.insert(1, 'word', { highlight: 'yellow' })
        text.insert(5, ' and word', { highlight: null })
      }),
    ).toEqual([p('word and word')])
  })
  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    '/path',
    '',
    7,
  ])('a link to %j is plain text', (href) => {
    expect(body((text) => text.insert(1, 'word', { link: href }))).toEqual([p('word')])
  })
  test.each<[string, Record<string, unknown>]>([
    ['a level', { h: 1 }],
    ['a level', { h: '2' }],
    ['a level', { h: 7 }],
    ['a path', { in: 5 }],
    ['a path', { in: 'x y z' }],
    ['a path', { in: 'q!!' }],
    ['a key', { table: 'root' }],
  ])('%s that is none is a plain paragraph: %j', (_, entries) => {
    expect(
      body((text) => {
        text.insert(1, 'one')
        text.insertEmbed(4, new Y.Map(Object.entries(entries)))
        text.insert(5, 'two')
      }),
    ).toEqual([p('one'), p('two')])
  })
  test('reads a separator with a value of the wrong type as a plain paragraph', () => {
    expect(
      body((text) => {
        text.insertEmbed(1, new Y.Map<unknown>([['h', new Y.Text('2')]]))
        text.insert(2, 'two')
      }),
    ).toEqual([p(''), p('two')])
  })
  test('reads text before the first separator as a paragraph', () => {
    expect(
      body((text) => {
        text.insert(0, 'loose')
        text.insert(6, 'two')
      }),
    ).toEqual([p('loose'), p('two')])
  })
  test('reads all content of a one-line field as lines', () => {
    const doc = story()
    const text = fieldText(doc, 'headline')
    text.insert(1, 'a')
    text.insertEmbed(2, createSeparator({ h: 2, in: 'q', split: false }))
    text.insert(3, 'b')
    expect(readArticle(doc).headline).toEqual([p('a'), p('b')])
  })
})

describe('figures', () => {
  const withFigures = (...ids: string[]) => {
    const doc = story()
    for (const id of ids) addFigure(doc, { id, picture: null })
    return doc
  }
  /** Returns two documents with a common past, changed separately and merged. */
  const apart = (doc: Y.Doc, ...changes: ((copy: Y.Doc) => void)[]) => {
    const copies = changes.map((change) => {
      const copy = story(stateOf(doc))
      change(copy)
      return copy
    })
    return merge(...copies)
  }
  test('are added at their index', () => {
    const doc = withFigures('a', 'b')
    addFigure(doc, { id: 'c', picture: null }, 1)
    expect(figureIds(doc)).toEqual(['a', 'c', 'b'])
    moveFigure(doc, 'a', 2)
    expect(figureIds(doc)).toEqual(['c', 'b', 'a'])
    moveFigure(doc, 'a', 0)
    expect(figureIds(doc)).toEqual(['a', 'c', 'b'])
    removeFigure(doc, 'c')
    expect(figureIds(doc)).toEqual(['a', 'b'])
  })
  test('are added only once', () => {
    expect(figureIds(withFigures('a', 'a'))).toEqual(['a'])
  })
  test('a figure moved by two people appears once', () => {
    const doc = apart(
      withFigures('a', 'b', 'c'),
      (copy) => moveFigure(copy, 'a', 2),
      (copy) => moveFigure(copy, 'a', 1),
    )
    expect(figureIds(doc).sort()).toEqual(['a', 'b', 'c'])
    removeFigure(doc, 'a')
    expect(figureIds(doc)).toEqual(['b', 'c'])
  })
  test('a figure stays when one person moves it while another removes it', () => {
    const doc = apart(
      withFigures('a', 'b'),
      (copy) => removeFigure(copy, 'a'),
      (copy) => moveFigure(copy, 'a', 1),
    )
    expect(figureIds(doc)).toEqual(['b', 'a'])
  })
  test('have their fields before an editor opens', () => {
    const doc = merge(withFigures('a'))
    for (const field of ['caption:a', 'credit:a'] as const) {
      expect(shown(doc, field)).toEqual(EMPTY)
      expect(fieldText(doc, field).length).toBe(1)
    }
  })
  test('a caption written while its figure is removed stays in the document', () => {
    const doc = apart(
      withFigures('a'),
      (copy) => removeFigure(copy, 'a'),
      (copy) => fieldText(copy, 'caption:a').insert(1, 'unseen'),
    )
    expect(figureIds(doc)).toEqual([])
    expect(fieldText(doc, 'caption:a').toJSON()).toBe('unseen')
  })
  test('of two pictures set at once, one wins as a whole', () => {
    const tall = { ...picture, mediaId: 't', width: 3, height: 4 }
    const doc = apart(
      withFigures('a'),
      (copy) => setPicture(copy, 'a', picture),
      (copy) => setPicture(copy, 'a', tall),
    )
    expect([picture, tall]).toContainEqual(readArticle(doc).figures[0]?.picture)
  })
  test('an invalid picture reads as null', () => {
    const doc = withFigures('a')
    figuresShared(doc).pictures.set('a', { mediaId: 7 })
    expect(readArticle(doc).figures[0]?.picture).toBeNull()
    setPicture(doc, 'a', picture)
    expect(readArticle(doc).figures[0]?.picture).toEqual(picture)
    setPicture(doc, 'a', null)
    expect(readArticle(doc).figures[0]?.picture).toBeNull()
  })
})

describe('meta', () => {
  test('changes value by value', () => {
    const doc = story()
    setMeta(doc, { slug: 'storm', urgency: 2 })
    setMeta(doc, { urgency: undefined, language: 'el' })
    expect(readMeta(doc)).toEqual({ slug: 'storm', language: 'el' })
  })
  test('a value of the wrong type is dropped alone', () => {
    const doc = story()
    setMeta(doc, { slug: 'storm' })
    metaShared(doc).set('urgency', 'high')
    expect(readMeta(doc)).toEqual({ slug: 'storm' })
  })
})

describe('text', () => {
  test('each paragraph is a line', () => {
    expect(plainText([p('a'), p(''), { type: 'bulletList', start: 1, items: [[p('b'), p('c')], [p('d')]] }])).toBe(
      'a\n\nb\nc\nd',
    )
  })
  test.each([
    ['', 0],
    ['One two', 2],
    [' \n one\u00a0two\tthree ', 3],
    ['He said – “no”.', 3],
    ['Lukashenka’s 3.5 e-mails', 3],
    ['Ο πρόεδρος', 2],
    ['رئيس بيلاروس', 2],
  ])('%j has %i words', (text, words) => {
    expect(countWords(text)).toBe(words)
  })
  test('the length of an article is the word count of its body', () => {
    const doc = story()
    writeArticle(doc, {
      ...readArticle(doc),
      headline: [{ type: 'paragraph', content: [{ type: 'text', text: 'Not counted', marks: [] }] }],
      body: [p('one two'), p('three')],
    })
    expect(articleWords(readArticle(doc))).toBe(3)
  })
})
