/** The result of two people changing the same passage at the same time, in either order of their Yjs clients. */
import type {} from '@tiptap/starter-kit'
import { afterEach, describe, expect, test } from 'vitest'
import { watchStayedWords, type StayedWords } from '#renderer/editor/fields/stayed-words.ts'
import { syncAll, Writer } from './newsroom.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})

type Edit = (writer: Writer) => unknown
const body = (writer: Writer) => writer.editor('body')
/** Returns the nth paragraph, counting from 1: from before its first letter to after its last. */
const paragraph = (writer: Writer, nth: number) => {
  const found: { from: number; to: number }[] = []
  body(writer).state.doc.descendants((node, position) => {
    if (node.isTextblock) found.push({ from: position + 1, to: position + 1 + node.content.size })
    return !node.isTextblock
  })
  return found[nth - 1] ?? { from: 1, to: 1 }
}
const type =
  (nth: number, offset: number, text: string): Edit =>
  (writer) =>
    writer.type('body', text, paragraph(writer, nth).from + offset)
const at = (nth: number, offset: number, edit: Edit): Edit => {
  return (writer) => {
    body(writer).commands.setTextSelection(paragraph(writer, nth).from + offset)
    edit(writer)
  }
}
const enter = (nth: number, offset = 2): Edit =>
  at(nth, offset, (writer) =>
    body(writer).commands.first(({ commands }) => [
      () => commands.splitListItem('listItem'),
      () => commands.splitBlock(),
    ]),
  )
const join = (nth: number): Edit => at(nth, 0, (writer) => body(writer).commands.joinBackward())
const cut =
  (nth: number): Edit =>
  (writer) => {
    const { from, to } = paragraph(writer, nth)
    writer.cut('body', from - 1, to + 1)
  }
const subhead = (nth: number, level: 2 | 3 = 2): Edit =>
  at(nth, 0, (writer) => body(writer).commands.toggleHeading({ level }))
const quote = (nth: number): Edit => at(nth, 0, (writer) => body(writer).commands.toggleBlockquote())
const lift = (nth: number): Edit => at(nth, 0, (writer) => body(writer).commands.liftListItem('listItem'))
const allAList: Edit = (writer) => body(writer).chain().selectAll().toggleBulletList().run()
/** Moves a paragraph to the top, in one step like a drag, or by cut and paste. */
const dragToTop =
  (nth: number): Edit =>
  (writer) => {
    const { from, to } = paragraph(writer, nth)
    const { state, view } = body(writer)
    const slice = state.doc.slice(from - 1, to + 1)
    view.dispatch(
      state.tr
        .delete(from - 1, to + 1)
        .insert(0, slice.content)
        .setMeta('uiEvent', 'drop'),
    )
  }
const cutAndPaste =
  (nth: number, to: number): Edit =>
  (writer) => {
    const { view } = body(writer)
    body(writer).commands.setTextSelection(paragraph(writer, nth))
    const { dom } = view.serializeForClipboard(view.state.selection.content())
    view.dispatch(view.state.tr.deleteSelection().setMeta('uiEvent', 'cut'))
    body(writer).commands.setTextSelection(paragraph(writer, to).from)
    view.pasteHTML(dom.innerHTML)
  }
const deleteAndUndo =
  (nth: number): Edit =>
  (writer) => {
    const { from, to } = paragraph(writer, nth)
    writer.cut('body', from, to)
    writer.undo.undo()
  }

/** Returns the final HTML on both sides, for both orders of their Yjs clients. */
function outcomes(one: Edit, other: Edit, first: Edit = () => undefined): string[] {
  return [
    [11, 22],
    [22, 11],
  ].map((clients) => {
    const [maria, andrei] = [new Writer('Maria'), new Writer('Andrei')]
    writers.push(maria, andrei)
    maria.doc.clientID = clients[0] ?? 0
    andrei.doc.clientID = clients[1] ?? 0
    body(andrei)
    body(maria).commands.setContent('<p>abcd</p><p>efgh</p><p>ijkl</p>')
    first(maria)
    syncAll([maria, andrei])
    maria.undo.clear()
    one(maria)
    other(andrei)
    syncAll([maria, andrei])
    syncAll([maria, andrei])
    const [html, theirs] = [maria, andrei].map((writer) => body(writer).getHTML())
    expect(html).toBe(theirs)
    return html ?? ''
  })
}

describe('two people at once:', () => {
  test.each<[string, Edit, Edit, string | RegExp, Edit?]>([
    ['one types in a paragraph, one cuts it: the words stay', type(2, 2, 'NEW'), cut(2), '<p>abcdNEW</p><p>ijkl</p>'],
    ['one types in the first paragraph, one cuts it', type(1, 2, 'NEW'), cut(1), '<p>NEW</p><p>efgh</p><p>ijkl</p>'],
    ['one splits a paragraph, one cuts it: the text stays deleted', enter(2), cut(2), '<p>abcd</p><p></p><p>ijkl</p>'],
    ['one types at the end, one splits', type(2, 4, 'NEW'), enter(2), '<p>abcd</p><p>ef</p><p>ghNEW</p><p>ijkl</p>'],
    ['both press Enter at one place', enter(2), enter(2), '<p>abcd</p><p>ef</p><p></p><p>gh</p><p>ijkl</p>'],
    ['both join', join(2), join(2), '<p>abcdefgh</p><p>ijkl</p>'],
    ['one types at the start, one joins', type(2, 0, 'NEW'), join(2), '<p>abcdNEWefgh</p><p>ijkl</p>'],
    ['each cuts one of two neighbours', cut(1), cut(2), '<p>ijkl</p>'],
    ['one makes a subhead, one splits', subhead(2), enter(2), '<p>abcd</p><h2>ef</h2><p>gh</p><p>ijkl</p>'],
    [
      'one makes a subhead, one presses Enter before it',
      subhead(2),
      enter(1, 4),
      '<p>abcd</p><p></p><h2>efgh</h2><p>ijkl</p>',
    ],
    ['one makes a subhead, one joins it to the paragraph before', subhead(2), join(2), '<p>abcdefgh</p><p>ijkl</p>'],
    ['one makes the second a subhead, one cuts the first', subhead(2), cut(1), '<h2>efgh</h2><p>ijkl</p>'],
    [
      'one makes a quote of the second, one cuts the first',
      quote(2),
      cut(1),
      '<blockquote><p>efgh</p></blockquote><p>ijkl</p>',
    ],
    [
      'each makes a subhead of another level: one level wins',
      subhead(2, 2),
      subhead(2, 3),
      /^<p>abcd<\/p><h([23])>efgh<\/h\1><p>ijkl<\/p>$/,
    ],
    [
      'one makes a list, one splits an item: the new half is an item',
      allAList,
      enter(2),
      '<ul><li><p>abcd</p></li><li><p>ef</p></li><li><p>gh</p></li><li><p>ijkl</p></li></ul>',
    ],
    ['both make a list', allAList, allAList, '<ul><li><p>abcd</p></li><li><p>efgh</p></li><li><p>ijkl</p></li></ul>'],
    [
      'in a list, one splits an item, one takes it out: both halves leave the list',
      enter(2),
      lift(2),
      '<ul><li><p>abcd</p></li></ul><p>ef</p><p>gh</p><ul><li><p>ijkl</p></li></ul>',
      allAList,
    ],
    [
      'one moves a paragraph, one types in it: the words stay',
      dragToTop(3),
      type(3, 2, 'NEW'),
      '<p>ijkl</p><p>abcd</p><p>efghNEW</p>',
    ],
    [
      'both move a paragraph to the same place: it appears once',
      dragToTop(3),
      dragToTop(3),
      '<p>ijkl</p><p>abcd</p><p>efgh</p>',
    ],
    [
      'both cut and paste the same words: they appear once',
      cutAndPaste(3, 1),
      cutAndPaste(3, 2),
      /^<p>(ijkl)?abcd<\/p><p>(ijkl)?efgh<\/p><p><\/p>$/,
    ],
    ['both delete the same words and undo', deleteAndUndo(2), deleteAndUndo(2), '<p>abcd</p><p>efgh</p><p>ijkl</p>'],
    ['one deletes and undoes, one moves', deleteAndUndo(3), dragToTop(3), /ijkl/],
  ])('%s', (_name, one, other, expected, first) => {
    for (const html of outcomes(one, other, first)) {
      if (typeof expected === 'string') expect(html).toBe(expected)
      else expect(html).toMatch(expected)
      const letters = html.replace(/<[^>]*>/g, '').match(/[a-l]/g) ?? []
      expect(letters.length).toBe(new Set(letters).size)
    }
  })
})

describe('the notice about words that stayed after a cut', () => {
  const stayedAfter = (cutting: Edit, typing: Edit) => {
    const [maria, andrei] = [new Writer('Maria'), new Writer('Andrei')]
    writers.push(maria, andrei)
    body(maria).commands.setContent('<p>abcd</p><p>some words of hers</p><p>ijkl</p>')
    syncAll([maria, andrei])
    const told: StayedWords[] = []
    watchStayedWords(maria.doc, (stayed) => told.push(stayed))
    cutting(maria)
    typing(andrei)
    syncAll([maria, andrei])
    return { told, andrei, syncBoth: () => syncAll([maria, andrei]) }
  }
  test('names their writers and their number', () => {
    const { told, andrei } = stayedAfter(cut(2), type(2, 5, 'three new words '))
    expect(told.map(({ field, words, clients }) => ({ field, words, clients }))).toEqual([
      { field: 'body', words: 3, clients: [andrei.doc.clientID] },
    ])
  })
  test('appears after a move too', () => {
    expect(stayedAfter(dragToTop(2), type(2, 5, 'new ')).told.map(({ words }) => words)).toEqual([1])
  })
  test.each<[string, Edit, Edit]>([
    ['words beside the cut', cut(2), type(1, 4, ' new')],
    ['words in another paragraph', cut(2), type(3, 2, 'new')],
    ['blanks', cut(2), type(2, 4, '  ')],
  ])('not of %s', (_name, cutting, typing) => {
    expect(stayedAfter(cutting, typing).told).toEqual([])
  })
  const deleted = (from: number, to: number): Edit => {
    return (writer) => {
      const { from: start } = paragraph(writer, 2)
      writer.cut('body', start + from, start + to)
    }
  }
  const both = (...edits: Edit[]): Edit => {
    return (writer) => {
      for (const edit of edits) edit(writer)
    }
  }
  test('does not count words between two corrections', () => {
    expect(stayedAfter(both(deleted(15, 16), deleted(1, 2)), type(2, 5, 'new ')).told).toEqual([])
  })
  describe('does not count words in a passage that undo restored', () => {
    const undone = both(
      (writer) => {
        const { from } = paragraph(writer, 2)
        body(writer)
          .chain()
          .setTextSelection({ from: from + 3, to: from + 10 })
          .setBold()
          .run()
      },
      (writer) => writer.undo.asOneStep()(),
      cut(2),
      (writer) => writer.undo.undo(),
    )
    test('when written before the undo', () => {
      expect(stayedAfter(undone, type(2, 5, 'new ')).told).toEqual([])
    })
    test('when written after the undo', () => {
      const later = stayedAfter(undone, () => undefined)
      type(2, 12, 'new ')(later.andrei)
      later.syncBoth()
      expect(later.told).toEqual([])
    })
  })
})

test('tells both people when they move the same words at the same time', () => {
  const [maria, andrei] = [new Writer('Maria'), new Writer('Andrei')]
  writers.push(maria, andrei)
  body(maria).commands.setContent('<p>abcd</p><p>efgh</p><p>two words</p>')
  syncAll([maria, andrei])
  cutAndPaste(3, 1)(maria)
  cutAndPaste(3, 2)(andrei)
  syncAll([maria, andrei])
  expect([...maria.dropped, ...andrei.dropped].map(({ words }) => words)).toEqual([2, 2])
  expect(maria.dropped[0]?.mineKept).toBe(!(andrei.dropped[0]?.mineKept ?? true))
})
