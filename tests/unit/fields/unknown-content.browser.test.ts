import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'
import { REMOTE, Writer } from '../article/newsroom.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})

/** Returns a body that starts with `A`, followed by content of a newer version. */
const bodyWith = (write: (text: Y.Text) => void) => {
  const maria = new Writer('Maria')
  writers.push(maria)
  const text = fieldText(maria.doc, 'body')
  text.insert(1, 'A', {})
  write(text)
  return { maria, text, shown: () => maria.editor('body').getHTML() }
}
const separator = (values: Record<string, unknown>) => new Y.Map(Object.entries(values))

describe('unknown content is shown, and stays in the text when other words are edited', () => {
  test.each<[string, (text: Y.Text) => void, string]>([
    ['an embed', (text) => text.insertEmbed(2, { node: 'chart', id: 7 }, {}), '<p>A\ufffc</p>'],
    ['an embed that is not an object', (text) => text.insertEmbed(2, 7 as never, {}), '<p>A\ufffc</p>'],
    ['a nested text', (text) => text.insertEmbed(2, new Y.Text('x') as never, {}), '<p>A\ufffc</p>'],
    ['a format', (text) => text.insert(2, 'x', { highlight: 'y' }), '<p>Ax</p>'],
    [
      'a format beside a known one',
      (text) => text.insert(2, 'x', { highlight: 1, bold: true }),
      '<p>A<strong>x</strong></p>',
    ],
    ['a level', (text) => text.insertEmbed(2, separator({ h: 9 }), {}), '<p>A</p><p></p>'],
    [
      'a container',
      (text) => text.insertEmbed(2, separator({ in: 'table q' }), {}),
      '<p>A</p><blockquote><p></p></blockquote>',
    ],
    [
      'a value of a separator',
      (text) => text.insertEmbed(2, separator({ column: 2, in: '-' }), {}),
      '<p>A</p><ul><li><p></p></li></ul>',
    ],
    ['an address that is not a link', (text) => text.insert(2, 'x', { link: 'javascript:x' }), '<p>Ax</p>'],
  ])('%s', (_name, write, html) => {
    const { maria, text, shown } = bodyWith(write)
    expect(shown()).toBe(html)
    const before = (text.toJSON(), JSON.stringify(text.toDelta()))
    maria.type('body', '!', 1)
    expect(JSON.stringify(text.toDelta())).toBe(before.replace('"A', '"!A'))
    maria.editor('body').state.doc.check()
  })
  test('a separator keeps unknown values when its block becomes a subhead', () => {
    const { maria, text } = bodyWith((body) => body.insertEmbed(2, separator({ column: 2 }), {}))
    maria.editor('body').chain().setTextSelection(4).toggleHeading({ level: 2 }).run()
    expect(JSON.stringify(text.toDelta())).toContain('{"column":2,"h":2}')
  })
  test('a headline keeps formats and block kinds without showing them', () => {
    const maria = new Writer('Maria')
    writers.push(maria)
    const text = fieldText(maria.doc, 'headline')
    text.insert(1, 'x', { bold: true })
    text.insertEmbed(2, separator({ h: 2, in: 'q' }), {})
    expect(maria.editor('headline').getHTML()).toBe('<p>x</p><p></p>')
    maria.type('headline', 'y', 1)
    expect(JSON.stringify(text.toDelta())).toContain('{"insert":{"h":2,"in":"q"}}')
    expect(JSON.stringify(text.toDelta())).toContain('{"insert":"x","attributes":{"bold":true}}')
  })
  test('arrives while the editor is open', () => {
    const { maria, text, shown } = bodyWith(() => undefined)
    shown()
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(maria.doc))
    fieldText(other, 'body').insertEmbed(1, { node: 'chart' }, {})
    Y.applyUpdate(maria.doc, Y.encodeStateAsUpdate(other), REMOTE)
    expect(shown()).toBe('<p>\ufffcA</p>')
    maria.type('body', '!', 3)
    expect(JSON.stringify(text.toDelta())).toContain('{"insert":{"node":"chart"}}')
  })
})

describe('a text without a first separator', () => {
  const bare = () => {
    const maria = new Writer('Maria')
    writers.push(maria)
    const text = fieldText(maria.doc, 'body')
    text.delete(0, 1)
    return { maria, text, shown: () => maria.editor('body').getHTML() }
  }
  test('is an empty paragraph when empty, and can be typed in', () => {
    const { maria, text, shown } = bare()
    expect(shown()).toBe('<p></p>')
    maria.type('body', 'x')
    expect(text.toDelta()).toEqual([{ insert: 'x' }])
  })
  test('gets a separator when its first paragraph becomes a subhead', () => {
    const { maria, shown } = bare()
    maria.type('body', 'x')
    maria.editor('body').chain().setTextSelection(1).toggleHeading({ level: 3 }).run()
    expect(maria.text('body')).toBe('x')
    expect(shown()).toBe('<h3>x</h3>')
  })
  test('can be split at its start, in the middle and at its end', () => {
    const { maria } = bare()
    maria.type('body', 'ab')
    maria.editor('body').chain().setTextSelection(1).splitBlock().run()
    maria.editor('body').chain().setTextSelection(4).splitBlock().run()
    maria.editor('body').chain().setTextSelection(7).splitBlock().run()
    expect(maria.text('body')).toBe('\na\nb\n')
    const andrei = new Writer('Andrei')
    writers.push(andrei)
    Y.applyUpdate(andrei.doc, Y.encodeStateAsUpdate(maria.doc), REMOTE)
    expect(andrei.editor('body').state.doc.toString()).toBe(maria.editor('body').state.doc.toString())
  })
})
