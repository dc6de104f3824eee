import { afterEach, describe, expect, test } from 'vitest'
import type {} from '@tiptap/starter-kit'
import { addFigure } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { Writer } from '../article/newsroom.ts'

let maria: Writer
afterEach(() => maria.close())
const write = (field: FieldId, text: string) => {
  maria = new Writer('Maria')
  if (field.startsWith('c')) addFigure(maria.doc, { id: 'f', picture: null })
  maria.type(field, text)
  return maria.editor(field)
}
const press = (field: FieldId, key: string, modifiers: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })
  maria.editor(field).view.dom.dispatchEvent(event)
  return event.defaultPrevented
}
const left = () => maria.leaves.map(({ direction }) => direction)

describe('Enter', () => {
  test.each<FieldId>(['headline', 'byline', 'dateline', 'credit:f'])('in %s moves to the next field', (field) => {
    const editor = write(field, 'words')
    editor.commands.setTextSelection(3)
    expect(press(field, 'Enter')).toBe(true)
    expect(press(field, 'Enter', { shiftKey: true })).toBe(true)
    expect(editor.state.doc.childCount).toBe(1)
    expect(left()).toEqual(['next', 'next'])
  })
  test.each<FieldId>(['standfirst', 'caption:f', 'body'])('in %s starts a paragraph', (field) => {
    const editor = write(field, 'words')
    press(field, 'Enter')
    expect(editor.state.doc.childCount).toBe(2)
    expect(left()).toEqual([])
  })
})

describe('Tab', () => {
  test('moves to the next field, and back with Shift', () => {
    write('headline', 'words')
    press('headline', 'Tab')
    press('headline', 'Tab', { shiftKey: true })
    expect(left()).toEqual(['next', 'previous'])
  })
  test('indents a list item while it can, then moves to the next field', () => {
    const editor = write('body', 'one')
    editor.chain().toggleBulletList().splitListItem('listItem').run()
    press('body', 'Tab')
    expect(left()).toEqual([])
    expect(editor.getHTML()).toContain('<ul><li><p></p></li></ul>')
    press('body', 'Tab')
    expect(left()).toEqual(['next'])
  })
})

describe('arrows', () => {
  test.each<[string, string, number]>([
    ['ArrowUp', 'up', 3],
    ['ArrowDown', 'down', 3],
    ['ArrowLeft', 'previous', 1],
    ['ArrowRight', 'next', 6],
  ])('%s moves %s out of a line', (key, direction, at) => {
    const editor = write('headline', 'words')
    editor.commands.focus(at)
    press('headline', key)
    expect(left()).toEqual([direction])
  })
  test.each([
    ['ArrowLeft', 3],
    ['ArrowRight', 3],
    ['ArrowDown', 3],
    ['ArrowUp', 9],
  ])('%s stays in the field at %i', (key, at) => {
    const editor = write('body', 'words')
    editor.chain().setTextSelection(6).splitBlock().insertContent('more').focus(at).run()
    press('body', key)
    expect(left()).toEqual([])
  })
  test('stay in the field with a selection, or with Shift', () => {
    const editor = write('headline', 'words')
    editor.chain().focus().setTextSelection({ from: 1, to: 6 }).run()
    press('headline', 'ArrowRight')
    editor.commands.focus('end')
    press('headline', 'ArrowRight', { shiftKey: true })
    expect(left()).toEqual([])
  })
  test('move the other way in right-to-left text', () => {
    const editor = write('headline', 'رئيس')
    editor.view.dom.dir = 'rtl'
    editor.commands.focus('end')
    press('headline', 'ArrowLeft')
    editor.commands.focus('start')
    press('headline', 'ArrowRight')
    expect(left()).toEqual(['next', 'previous'])
  })
})
