/** Merges in which a single document with required children loses words, tested through real editors. */
import type {} from '@tiptap/starter-kit'
import type { Editor } from '@tiptap/core'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { addFigure, figureIds } from '#shared/article/document.ts'
import { fieldsInPageOrder } from '#shared/article/fields.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import { writeArticle } from '#shared/article/write.ts'
import { anyArticle, wellFormed } from './articles.ts'
import { syncAll, Writer } from './newsroom.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})
const two = (): [Writer, Writer] => {
  const pair: [Writer, Writer] = [new Writer('Maria'), new Writer('Andrei')]
  writers.push(...pair)
  for (const writer of pair) for (const field of fieldsInPageOrder([])) writer.editor(field)
  return pair
}
/** Returns two writers who both start with these paragraphs in the body. */
const twoWith = (...lines: string[]) => {
  const [maria, andrei] = two()
  maria.editor('body').commands.setContent(lines.map((line) => `<p>${line}</p>`).join(''))
  syncAll([maria, andrei])
  return [maria, andrei] as const
}
/** Delivers everything, and checks that both editors show what their documents hold. */
const merge = (...both: readonly Writer[]) => {
  syncAll(both)
  const [maria, andrei] = both
  expect(readArticle(andrei?.doc ?? fail()).body).toEqual(readArticle(maria?.doc ?? fail()).body)
  for (const writer of both) {
    for (const [field, editor] of writer.editors()) {
      editor.state.doc.check()
      expect(linesOf(editor)).toEqual(textOf(writer, field).split('\n').filter(Boolean))
    }
  }
}
const linesOf = ({ state }: Editor) => {
  const lines: string[] = []
  state.doc.descendants((node) => {
    if (node.isTextblock && node.textContent !== '') lines.push(node.textContent)
  })
  return lines
}
const fail = (): never => {
  throw new Error('There is nobody')
}
const textOf = (writer: Writer, field: FieldId) => {
  const article = readArticle(writer.doc)
  const [name = '', figureId] = field.split(':')
  const figure = article.figures.find(({ id }) => id === figureId)
  const blocks = { ...article, caption: figure?.caption, credit: figure?.credit }[name as 'headline' | 'caption'] ?? []
  return plainText(blocks)
}

describe('two people at once', () => {
  test('open an empty story and type a headline: the line has the words of both', () => {
    const [maria, andrei] = two()
    maria.type('headline', 'Storm')
    andrei.type('headline', 'Flood')
    merge(maria, andrei)
    expect(['StormFlood', 'FloodStorm']).toContain(maria.text('headline'))
    expect(maria.editor('headline').state.doc.childCount).toBe(1)
  })
  test('start writing in the same new paragraph: the words of both, once', () => {
    const [maria, andrei] = twoWith('one')
    maria.editor('body').chain().setTextSelection(4).splitBlock().run()
    merge(maria, andrei)
    maria.type('body', 'Maria')
    andrei.type('body', 'Andrei')
    merge(maria, andrei)
    maria.type('body', '!')
    andrei.type('body', '?')
    merge(maria, andrei)
    const [, line = ''] = maria.text('body').split('\n')
    const letters = (text: string) => Array.from(text).sort().join('')
    expect(letters(line)).toBe(letters('MariaAndrei!?'))
  })
  test('add a figure: both are there, each with its own caption', () => {
    const [maria, andrei] = two()
    for (const [writer, id] of [
      [maria, 'a'],
      [andrei, 'b'],
    ] as const) {
      addFigure(writer.doc, { id, picture: null })
      writer.type(`caption:${id}`, `caption ${id}`).type(`credit:${id}`, `credit ${id}`)
    }
    merge(maria, andrei)
    const figures = readArticle(maria.doc).figures.map(({ caption, credit }) => [plainText(caption), plainText(credit)])
    expect(figures.sort()).toEqual([
      ['caption a', 'credit a'],
      ['caption b', 'credit b'],
    ])
    expect(figureIds(andrei.doc)).toEqual(figureIds(maria.doc))
  })
  test('each delete one of two paragraphs: an empty body that can be written in', () => {
    const [maria, andrei] = twoWith('one', 'two')
    maria.cut('body', 0, 5)
    andrei.cut('body', 5, 10)
    merge(maria, andrei)
    expect(maria.text('body')).toBe('')
    maria.type('body', 'new')
    merge(maria, andrei)
    expect(andrei.text('body')).toBe('new')
  })
  test('delete ranges that overlap: what neither deleted stays, and can be written in', () => {
    const [maria, andrei] = twoWith('one', 'two', 'three', 'four')
    maria.cut('body', 2, 8)
    andrei.cut('body', 6, 17)
    merge(maria, andrei)
    expect(maria.text('body').replaceAll('\n', '')).toMatch(/^o.*four$/)
    maria.type('body', '!', 1)
    andrei.type('body', '?')
    merge(maria, andrei)
    expect(maria.text('body')).toMatch(/^!/)
    expect(maria.text('body')).toMatch(/\?$/)
  })
  test('one deletes everything while another adds a paragraph offline: the paragraph stays', () => {
    const [maria, andrei] = twoWith('one', 'two')
    maria.editor('body').chain().selectAll().deleteSelection().run()
    andrei.editor('body').chain().setTextSelection(9).splitBlock().insertContent('offline').run()
    merge(maria, andrei)
    expect(maria.text('body')).toContain('offline')
    maria.type('body', '!')
    merge(maria, andrei)
  })
  test('delete the last two items of a list: the list goes, and the rest can be written in', () => {
    const [maria, andrei] = two()
    maria.editor('body').commands.setContent('<ul><li><p>one</p></li><li><p>two</p></li></ul><p>end</p>')
    syncAll([maria, andrei])
    maria.cut('body', 1, 8)
    andrei.cut('body', 8, 15)
    merge(maria, andrei)
    expect(maria.text('body')).toBe('end')
    andrei.type('body', '!')
    merge(maria, andrei)
    expect(maria.text('body')).toBe('end!')
  })
  test('one makes a paragraph a quote while the other writes in the next one', () => {
    const [maria, andrei] = twoWith('one', 'two')
    maria.editor('body').chain().setTextSelection(2).toggleBlockquote().run()
    andrei.type('body', ' more')
    merge(maria, andrei)
    expect(maria.text('body')).toBe('one\ntwo more')
    expect(maria.editor('body').getHTML()).toBe('<blockquote><p>one</p></blockquote><p>two more</p>')
  })
})

describe('an article written without an editor', () => {
  test('is shown by the editors, and opening it changes nothing', () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const maria = new Writer('Maria')
        try {
          writeArticle(maria.doc, article)
          let changes = 0
          maria.doc.on('update', () => (changes += 1))
          for (const field of fieldsInPageOrder(figureIds(maria.doc))) maria.editor(field).state.doc.check()
          expect(changes).toBe(0)
          expect(readArticle(maria.doc)).toEqual(wellFormed(article))
        } finally {
          maria.close()
        }
      }),
      { numRuns: 25 },
    )
  })
  test('differs after an edit only by the edit', () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const maria = new Writer('Maria')
        try {
          writeArticle(maria.doc, article)
          for (const field of fieldsInPageOrder(figureIds(maria.doc))) {
            const editor = maria.editor(field)
            // Type in front of everything and delete it again: the editor rewrites the block around it.
            const at = editor.state.doc.resolve(0).nodeAfter?.isTextblock === true ? 1 : null
            if (at === null) continue
            maria.type(field, 'x', at)
            maria.cut(field, at, at + 1)
          }
          expect(readArticle(maria.doc)).toEqual(wellFormed(article))
        } finally {
          maria.close()
        }
      }),
      { numRuns: 25 },
    )
  })
})
