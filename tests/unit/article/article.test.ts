import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Article, Block } from '#shared/article/article.ts'
import {
  addFigure,
  fieldFragment,
  figureIds,
  figuresShared,
  metaShared,
  moveFigure,
  readMeta,
  removeFigure,
  setMeta,
  setPicture,
} from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import { SCHEMA_VERSION, SEED_BYTES, SEED_CLIENT_ID, schemaVersionOf, seedStory } from '#shared/article/seed.ts'
import { articleWords, countWords, plainText } from '#shared/article/text.ts'
import { writeArticle } from '#shared/article/write.ts'
import { anyArticle, wellFormed } from './articles.ts'

const story = (...updates: Uint8Array[]) => {
  const doc = new Y.Doc()
  seedStory(doc)
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}
const shown = (doc: Y.Doc, field: FieldId) => fieldFragment(doc, field).toJSON()
const stateOf = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc)
const merge = (...docs: Y.Doc[]) => story(...docs.map(stateOf))
const picture = { mediaId: 'm', type: 'image/jpeg', width: 4, height: 3, name: 'a.jpg', alt: '' }
const p = (text: string): Block => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text, marks: [] }],
})

/** A node as another version might have written it. */
const node = (name: string, children: (Y.XmlElement | Y.XmlText)[], attributes: Record<string, string> = {}) => {
  const element = new Y.XmlElement(name)
  element.insert(0, children)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

describe('the seed', () => {
  test('is frozen: these bytes are in every story there is', async () => {
    const digest = await crypto.subtle.digest('SHA-256', SEED_BYTES.slice())
    expect(Buffer.from(digest).toString('hex')).toBe('d6b7b04dae0ae7c8ded16c3af632a81bcbfb2f2b096815fcaf6fad3313cd1968')
    expect([SCHEMA_VERSION, SEED_CLIENT_ID]).toEqual([1, 1])
  })
  test('gives every field one empty paragraph, and the schema version', () => {
    const doc = story()
    for (const field of ['headline', 'standfirst', 'byline', 'dateline', 'body'] as const) {
      expect(shown(doc, field)).toBe('<paragraph></paragraph>')
    }
    expect(schemaVersionOf(doc)).toBe(SCHEMA_VERSION)
    expect(schemaVersionOf(new Y.Doc())).toBeNull()
  })
  test('changes nothing the second time', () => {
    const doc = story()
    const before = stateOf(doc)
    let updates = 0
    doc.on('update', () => (updates += 1))
    seedStory(doc)
    expect(stateOf(doc)).toEqual(before)
    expect(updates).toBe(0)
  })
  test('stories seeded apart merge into one paragraph a field', () => {
    expect(fieldFragment(merge(story(), story()), 'headline').length).toBe(1)
  })
  test('is an empty article', () => {
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
  test('is read as it was written', () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const doc = story()
        writeArticle(doc, article)
        expect(readArticle(doc)).toEqual(wellFormed(article))
      }),
    )
  })
  test('is the same after it has travelled', () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const doc = story()
        writeArticle(doc, article)
        expect(readArticle(merge(doc))).toEqual(wellFormed(article))
      }),
    )
  })
  test('replaces the one before it', () => {
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

describe('what this version does not know', () => {
  const body = (...nodes: (Y.XmlElement | Y.XmlText)[]): Article['body'] => {
    const doc = new Y.Doc()
    fieldFragment(doc, 'body').insert(0, nodes)
    return readArticle(doc).body
  }
  test('an unknown block keeps its words, in their order', () => {
    const table = node('table', [
      node('cell', [new Y.XmlText('one')]),
      node('cell', [node('paragraph', [new Y.XmlText('two')])]),
    ])
    expect(body(node('paragraph', [new Y.XmlText('zero')]), table)).toEqual([p('zero'), p('one'), p('two')])
  })
  test('an unknown node in a paragraph keeps its words', () => {
    expect(body(node('paragraph', [new Y.XmlText('a '), node('mention', [new Y.XmlText('b')])]))).toEqual([p('a b')])
  })
  test('loose text is a paragraph', () => {
    expect(body(new Y.XmlText('loose'))).toEqual([p('loose')])
  })
  test('an unknown mark leaves its text', () => {
    const text = new Y.XmlText()
    text.insert(0, 'word', { highlight: {} })
    expect(body(node('paragraph', [text]))).toEqual([p('word')])
  })
  test('a mark that y-tiptap stores under a hash is the mark', () => {
    const text = new Y.XmlText()
    text.insert(0, 'word', { 'bold--AbCd+/12': {} })
    expect(body(node('paragraph', [text]))).toEqual([
      { type: 'paragraph', content: [{ type: 'text', text: 'word', marks: [{ type: 'bold' }] }] },
    ])
  })
  test.each(['javascript:alert(1)', 'JavaScript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', '/path', ''])(
    'a link to %j is plain text',
    (href) => {
      const text = new Y.XmlText()
      text.insert(0, 'word', { link: { href } })
      expect(body(node('paragraph', [text]))).toEqual([p('word')])
    },
  )
  test('lists and quotes that two deletions have emptied are not there', () => {
    expect(body(node('bulletList', []), node('blockquote', []), node('paragraph', [new Y.XmlText('a')]))).toEqual([
      p('a'),
    ])
  })
  test('an item that is not one keeps its words', () => {
    expect(body(node('bulletList', [node('paragraph', [new Y.XmlText('a')]), node('listItem', [])]))).toEqual([
      { type: 'bulletList', start: 1, items: [[p('a')]] },
    ])
  })
  test('whatever is in a one-line field is read as lines', () => {
    const doc = new Y.Doc()
    fieldFragment(doc, 'headline').insert(0, [
      node('heading', [new Y.XmlText('a')]),
      node('blockquote', [node('paragraph', [new Y.XmlText('b')])]),
    ])
    expect(readArticle(doc).headline).toEqual([p('a'), p('b')])
  })
})

describe('figures', () => {
  const withFigures = (...ids: string[]) => {
    const doc = story()
    for (const id of ids) addFigure(doc, { id, picture: null })
    return doc
  }
  /** Two documents with the same past, each changed on its own, and merged. */
  const apart = (doc: Y.Doc, ...changes: ((copy: Y.Doc) => void)[]) => {
    const copies = changes.map((change) => {
      const copy = story(stateOf(doc))
      change(copy)
      return copy
    })
    return merge(...copies)
  }
  test('stand where they are put', () => {
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
  test('are added once', () => {
    expect(figureIds(withFigures('a', 'a'))).toEqual(['a'])
  })
  test('a figure moved by two people is there once', () => {
    const doc = apart(
      withFigures('a', 'b', 'c'),
      (copy) => moveFigure(copy, 'a', 2),
      (copy) => moveFigure(copy, 'a', 1),
    )
    expect(figureIds(doc).sort()).toEqual(['a', 'b', 'c'])
    removeFigure(doc, 'a')
    expect(figureIds(doc)).toEqual(['b', 'c'])
  })
  test('a figure that somebody moves while another one removes it stays, and loses nothing that was not cut', () => {
    const doc = apart(
      withFigures('a', 'b'),
      (copy) => removeFigure(copy, 'a'),
      (copy) => moveFigure(copy, 'a', 1),
    )
    expect(figureIds(doc)).toEqual(['b', 'a'])
  })
  test('have their fields before anybody opens them', () => {
    const doc = merge(withFigures('a'))
    expect(shown(doc, 'caption:a')).toBe('<paragraph></paragraph>')
    expect(shown(doc, 'credit:a')).toBe('<paragraph></paragraph>')
  })
  test('a caption that is written while its figure is removed stays in the document', () => {
    const doc = apart(
      withFigures('a'),
      (copy) => removeFigure(copy, 'a'),
      (copy) => fieldFragment(copy, 'caption:a').insert(0, [node('paragraph', [new Y.XmlText('unseen')])]),
    )
    expect(figureIds(doc)).toEqual([])
    expect(shown(doc, 'caption:a')).toContain('unseen')
  })
  test('two pictures set at once are one or the other', () => {
    const tall = { ...picture, mediaId: 't', width: 3, height: 4 }
    const doc = apart(
      withFigures('a'),
      (copy) => setPicture(copy, 'a', picture),
      (copy) => setPicture(copy, 'a', tall),
    )
    expect([picture, tall]).toContainEqual(readArticle(doc).figures[0]?.picture)
  })
  test('a picture that is none is null', () => {
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
  test('is changed value by value', () => {
    const doc = story()
    setMeta(doc, { slug: 'storm', urgency: 2 })
    setMeta(doc, { urgency: undefined, language: 'el' })
    expect(readMeta(doc)).toEqual({ slug: 'storm', language: 'el' })
  })
  test('a value of the wrong type costs that value', () => {
    const doc = story()
    setMeta(doc, { slug: 'storm' })
    metaShared(doc).set('urgency', 'high')
    expect(readMeta(doc)).toEqual({ slug: 'storm' })
  })
})

describe('text', () => {
  test('a paragraph is a line', () => {
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
  test('the length of an article is that of its body', () => {
    const doc = story()
    writeArticle(doc, {
      ...readArticle(doc),
      headline: [{ type: 'paragraph', content: [{ type: 'text', text: 'Not counted', marks: [] }] }],
      body: [p('one two'), p('three')],
    })
    expect(articleWords(readArticle(doc))).toBe(3)
  })
})
