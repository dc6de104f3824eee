import { afterEach, describe, expect, test } from 'vitest'
import { addFigure, figureIds, readMeta, removeFigure, setMeta } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import { send, syncAll, Writer } from '../article/newsroom.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})
const writer = (name = 'Maria') => {
  const made = new Writer(name)
  writers.push(made)
  return made
}
const words = ({ doc }: Writer) => {
  const { headline, body, figures } = readArticle(doc)
  return [headline, ...figures.map(({ caption }) => caption), body].map(plainText)
}
const caret = (of: Writer, field: FieldId) => of.editor(field).state.selection.head
const press = (of: Writer, field: FieldId, key: string, modifiers: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })
  of.editor(field).view.dom.dispatchEvent(event)
  return event.defaultPrevented
}

describe('one undo stack for the page', () => {
  test('takes edits back in reverse order, across fields', () => {
    const maria = writer()
    maria.type('headline', 'Storm')
    maria.type('body', 'It rained.')
    addFigure(maria.doc, { id: 'f', picture: null })
    maria.type('caption:f', 'A wave')
    setMeta(maria.doc, { slug: 'storm' })
    const seen = [[...words(maria), readMeta(maria.doc).slug]]
    while (maria.undo.undo()) seen.push([...words(maria), readMeta(maria.doc).slug])
    expect(seen).toEqual([
      ['Storm', 'A wave', 'It rained.', 'storm'],
      ['Storm', 'A wave', 'It rained.', undefined],
      ['Storm', '', 'It rained.', undefined],
      ['Storm', 'It rained.', undefined],
      ['Storm', '', undefined],
      ['', '', undefined],
    ])
    while (maria.undo.redo());
    expect([...words(maria), readMeta(maria.doc).slug]).toEqual(seen[0])
  })
  test('reports whether there is something to undo, and when that changes', () => {
    const maria = writer()
    let calls = 0
    const stop = maria.undo.subscribe(() => (calls += 1))
    const states = () => [maria.undo.canUndo(), maria.undo.canRedo()]
    expect(states()).toEqual([false, false])
    maria.type('headline', 'Storm')
    expect(states()).toEqual([true, false])
    expect(calls).toBeGreaterThan(0)
    maria.undo.undo()
    expect(states()).toEqual([false, true])
    const before = calls
    stop()
    maria.type('headline', 'Flood')
    expect(calls).toBe(before)
  })
  test('ignores caret moves', () => {
    const maria = writer().type('headline', 'Storm')
    maria.undo.undo()
    maria.editor('headline').commands.setTextSelection(1)
    maria.editor('body').commands.focus()
    expect(maria.undo.canRedo()).toBe(true)
    expect(maria.undo.canUndo()).toBe(false)
  })
  test('outlives the editors', () => {
    const maria = writer().type('headline', 'Storm')
    maria.unmount('headline')
    maria.undo.undo()
    expect(maria.text('headline')).toBe('')
    maria.undo.redo()
    expect(maria.editor('headline').getText()).toBe('Storm')
    maria.type('headline', '!')
    maria.undo.undo()
    expect(maria.text('headline')).toBe('Storm')
  })
  test('restores a removed figure with its words, including those typed meanwhile', () => {
    const [maria, andrei] = [writer(), writer('Andrei')]
    addFigure(maria.doc, { id: 'f', picture: null })
    maria.type('caption:f', 'A wave')
    syncAll([maria, andrei])
    andrei.type('caption:f', ' in Larnaca')
    removeFigure(maria.doc, 'f')
    syncAll([maria, andrei])
    expect(figureIds(maria.doc)).toEqual([])
    maria.undo.undo()
    expect(plainText(readArticle(maria.doc).figures[0]?.caption ?? [])).toBe('A wave in Larnaca')
  })
})

describe('the edits of others', () => {
  test('are never undone', () => {
    const [maria, andrei] = [writer(), writer('Andrei')]
    maria.type('body', 'mine')
    syncAll([maria, andrei])
    andrei.type('body', ' and his')
    send(andrei, maria)
    maria.undo.undo()
    expect(maria.text('body')).toBe(' and his')
    expect(maria.undo.undo()).toBe(false)
  })
  test('in a paragraph of mine keep the paragraph', () => {
    const [maria, andrei] = [writer(), writer('Andrei')]
    maria.type('body', 'one')
    maria.editor('headline').commands.focus()
    maria.type('headline', 'x')
    maria.editor('body').chain().setTextSelection(4).splitBlock().run()
    syncAll([maria, andrei])
    andrei.type('body', 'two')
    send(andrei, maria)
    maria.undo.undo()
    expect(maria.text('body')).toBe('one\ntwo')
  })
})

describe('the caret', () => {
  test('returns to the place and field of the edit', () => {
    const maria = writer()
    maria.type('headline', 'Storm over Cyprus')
    maria.editor('headline').commands.setTextSelection(6)
    maria.type('headline', '!', 6)
    maria.editor('body').commands.focus()
    maria.type('body', 'It rained.')
    maria.undo.undo()
    expect(maria.editor('body').isFocused).toBe(true)
    maria.undo.undo()
    expect(maria.editor('headline').isFocused).toBe(true)
    expect(caret(maria, 'headline')).toBe(1)
  })
  test('returns to its place before the undo on redo', () => {
    const maria = writer()
    maria.type('headline', 'Storm')
    maria.editor('headline').view.focus()
    maria.editor('headline').commands.setTextSelection(3)
    maria.undo.undo()
    maria.undo.redo()
    expect(maria.text('headline')).toBe('Storm')
    expect(caret(maria, 'headline')).toBe(3)
  })
  test('finds its words after others wrote before them', () => {
    const [maria, andrei] = [writer(), writer('Andrei')]
    maria.type('body', 'tail').type('headline', 'Storm')
    syncAll([maria, andrei])
    maria.editor('body').commands.setTextSelection(3)
    maria.cut('body', 3, 5)
    andrei.type('body', 'A longer beginning. ', 1)
    send(andrei, maria)
    maria.undo.undo()
    expect(maria.text('body')).toBe('A longer beginning. tail')
    expect(caret(maria, 'body')).toBe(23)
  })
})

describe('keys and menus', () => {
  test('undo and redo by shortcut, from any field', () => {
    const maria = writer().type('headline', 'Storm')
    expect(press(maria, 'body', 'z', { ctrlKey: true })).toBe(true)
    expect(maria.text('headline')).toBe('')
    expect(press(maria, 'body', 'y', { ctrlKey: true })).toBe(true)
    expect(maria.text('headline')).toBe('Storm')
    press(maria, 'headline', 'z', { ctrlKey: true })
    // oxlint-disable-next-line typescript/no-deprecated -- ProseMirror's keymap reads it
    press(maria, 'headline', 'Z', { ctrlKey: true, shiftKey: true, keyCode: 90 })
    expect(maria.text('headline')).toBe('Storm')
  })
  test('undo in the system menu runs the page’s undo', () => {
    const maria = writer().type('headline', 'Storm')
    const event = new InputEvent('beforeinput', { inputType: 'historyUndo', bubbles: true, cancelable: true })
    maria.editor('body').view.dom.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    expect(maria.text('headline')).toBe('')
  })
})
