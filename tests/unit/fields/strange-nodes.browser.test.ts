import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fieldFragment } from '#shared/article/document.ts'
import { REMOTE, send, Writer } from '../article/newsroom.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})
const node = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]) => {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}
const text = (words: string, format = {}) => {
  const made = new Y.XmlText()
  made.insert(0, words, format)
  return made
}
/** A body that holds a paragraph `A` and then what some other program has put there; nothing may be deleted from it. */
const bodyWith = (...nodes: Y.XmlElement[]) => {
  const maria = new Writer('Maria')
  writers.push(maria)
  fieldFragment(maria.doc, 'body').delete(0, 1)
  fieldFragment(maria.doc, 'body').insert(0, [node('paragraph', text('A')), ...nodes])
  const held = () => fieldFragment(maria.doc, 'body').toJSON()
  const before = held()
  return { maria, before, held, shown: () => maria.editor('body').getHTML() }
}

describe('what the editor does not know', () => {
  test.each<[string, () => Y.XmlElement, string]>([
    ['a block', () => node('table', node('row', node('cell', text('x')), node('cell', text('y')))), '<p>x y</p>'],
    ['a block without words', () => node('chart'), '<p></p>'],
    ['a node in a paragraph', () => node('paragraph', text('x '), node('mention', text('y'))), '<p>x y</p>'],
    ['a mark', () => node('paragraph', text('x', { highlight: {} })), '<p>x</p>'],
    [
      'a mark beside one that it knows',
      () => node('paragraph', text('x', { highlight: {}, bold: {} })),
      '<p><strong>x</strong></p>',
    ],
    ['a quote that two deletions have emptied', () => node('blockquote'), '<blockquote><p></p></blockquote>'],
    ['a list that two deletions have emptied', () => node('bulletList'), '<ul><li><p></p></li></ul>'],
    [
      'an item that two deletions have emptied',
      () => node('bulletList', node('listItem')),
      '<ul><li><p></p></li></ul>',
    ],
    ['an item that is none', () => node('bulletList', node('paragraph', text('x'))), '<p>x</p>'],
    [
      'a subhead with a list in it',
      () => node('heading', node('bulletList', node('listItem', node('paragraph', text('x'))))),
      '<h2>x</h2>',
    ],
  ])('%s: it is shown, and stays in the document', (_name, make, html) => {
    const { maria, before, held, shown } = bodyWith(make())
    expect(shown()).toBe(`<p>A</p>${html}`)
    expect(held()).toBe(before)
    maria.type('body', '!', 2)
    expect(held()).toBe(before.replace('A', 'A!'))
    maria.editor('body').state.doc.check()
  })
  test('in a headline: the words are shown as a line', () => {
    const maria = new Writer('Maria')
    writers.push(maria)
    fieldFragment(maria.doc, 'headline').insert(0, [node('heading', text('x', { bold: {} }))])
    expect(maria.editor('headline').getHTML()).toBe('<p>x</p><p></p>')
    expect(fieldFragment(maria.doc, 'headline').length).toBe(2)
  })
  test('that comes in while the editor is open stays in the document', () => {
    const { maria, shown } = bodyWith()
    shown()
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(maria.doc))
    fieldFragment(other, 'body').insert(1, [node('table', text('x'))])
    Y.applyUpdate(maria.doc, Y.encodeStateAsUpdate(other), REMOTE)
    expect(shown()).toBe('<p>A</p><p>x</p>')
    maria.type('body', '!', 2)
    expect(fieldFragment(maria.doc, 'body').toJSON()).toContain('<table>x</table>')
  })
})

test('an emptied quote can be written in', () => {
  const { maria, shown } = bodyWith(node('blockquote'))
  shown()
  maria.type('body', 'x', 5)
  expect(shown()).toBe('<p>A</p><blockquote><p>x</p></blockquote>')
  const andrei = new Writer('Andrei')
  writers.push(andrei)
  send(maria, andrei)
  expect(andrei.editor('body').getText({ blockSeparator: '|' })).toContain('x')
})
