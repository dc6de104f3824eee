import { afterEach, describe, expect, test } from 'vitest'
import type { FieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import { pastedParagraphs } from '#renderer/editor/fields/field-paste.ts'
import { Writer } from '../article/newsroom.ts'

let maria: Writer
afterEach(() => maria.close())
const pasteHTML = (field: FieldId, html: string, before = '') => {
  maria = new Writer('Maria')
  if (before !== '') maria.type(field, before)
  maria.editor(field).view.pasteHTML(html)
  return maria.editor(field).getHTML()
}
const pasteText = (field: FieldId, text: string, before = '') => {
  maria = new Writer('Maria')
  if (before !== '') maria.type(field, before)
  maria.editor(field).view.pasteText(text)
  return maria.editor(field).getHTML()
}

describe('into a one-line field', () => {
  test.each(['headline', 'byline', 'dateline'] as const)('%s takes one line of plain text', (field) => {
    expect(pasteHTML(field, '<h1>Storm  <b>over</b></h1><ul><li>Cyprus</li></ul>', 'A ')).toBe(
      '<p>A Storm over Cyprus</p>',
    )
    maria.close()
    expect(pasteText(field, '\n\nStorm\r\nover\t Cyprus\n', 'A ')).toBe('<p>A Storm over Cyprus</p>')
  })
  test('keeps a no-break space', () => {
    expect(pasteText('headline', 'Reuters\u00a0News')).toBe('<p>Reuters&nbsp;News</p>')
  })
  test('ignores an empty paste', () => {
    expect(pasteText('headline', ' \n ', 'A')).toBe('<p>A</p>')
  })
})

describe('into the body', () => {
  test('keeps the formatting of a body', () => {
    const html =
      '<h2>Sub</h2><p>A <strong>b</strong> <em>c</em> <a href="https://x.example/">d</a><br>e</p>' +
      '<ul><li>f</li></ul><ol start="3"><li>g</li></ol><blockquote><p>h</p></blockquote>'
    expect(pasteHTML('body', html)).toBe(
      '<h2>Sub</h2><p>A <strong>b</strong> <em>c</em> <a rel="noopener noreferrer nofollow" href="https://x.example/">d</a><br>e</p>' +
        '<ul><li><p>f</p></li></ul><ol start="3"><li><p>g</p></li></ol><blockquote><p>h</p></blockquote>',
    )
  })
  test('drops other formatting, but keeps all words', () => {
    const html =
      '<p style="color:red" onclick="alert(1)">a<script>alert(1)</script><style>p{}</style></p>' +
      '<img src="data:image/png;base64,AAAA"><table><tr><td>b</td><td>c</td></tr></table><p><u>d</u> <a href="javascript:alert(1)">e</a></p>'
    expect(pasteHTML('body', html)).toBe('<p>a</p><p>b</p><p>c</p><p>d e</p>')
    expect(JSON.stringify(readArticle(maria.doc))).not.toMatch(/base64|script|style/)
  })
  test('turns headings of other levels into subheads', () => {
    expect(pasteHTML('body', '<h1>a</h1><h4>b</h4><h6>c</h6>')).toBe('<h2>a</h2><h3>b</h3><h3>c</h3>')
  })
  test('keeps a word pasted into a sentence inside the sentence', () => {
    expect(pasteText('body', 'rained', 'It ')).toBe('<p>It rained</p>')
  })
  test('turns lines of plain text into paragraphs', () => {
    expect(pasteText('body', 'a\n\nb\nc', 'It ')).toBe('<p>It a</p><p>b</p><p>c</p>')
  })
  test('keeps numbers at the start of lines as text', () => {
    expect(pasteText('body', '1. one\n2. two')).toBe('<p>1. one</p><p>2. two</p>')
  })
  test('keeps an address within text as text', () => {
    expect(pasteText('body', 'Amazon.com and https://x.example/')).toBe('<p>Amazon.com and https://x.example/</p>')
  })
})

describe('plain text', () => {
  const long = 'This line is as long as the lines that a terminal breaks at its edge'
  test.each([
    ['', []],
    ['a', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\rc\u2028d', ['a', 'b', 'c', 'd']],
    ['a\n\n\nb', ['a', 'b']],
    ['a\n \t\nb', ['a', 'b']],
    [' a \n\n b ', ['a', 'b']],
    [`${long}\n${long}\nend.\n\nNext.`, [`${long} ${long} end.`, 'Next.']],
    [`${long}\n${long}`, [long, long]],
    ['Street 1\nNicosia\n\nCyprus', ['Street 1', 'Nicosia', 'Cyprus']],
  ])('%j', (text, paragraphs) => {
    maria = new Writer('Maria')
    expect(pastedParagraphs(text)).toEqual(paragraphs)
  })
})
