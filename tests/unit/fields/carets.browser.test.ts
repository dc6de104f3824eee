import { afterEach, describe, expect, test } from 'vitest'
import type {} from '@tiptap/starter-kit'
import type { FieldId } from '#shared/article/fields.ts'
import { send, showPresence, syncAll, Writer } from '../article/newsroom.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})
const two = (): [Writer, Writer] => {
  const pair: [Writer, Writer] = [new Writer('Maria'), new Writer('Andrei')]
  writers.push(...pair)
  return pair
}
const focus = (of: Writer, field: FieldId, at: number | { from: number; to: number }) => {
  const editor = of.editor(field)
  editor.chain().setTextSelection(at).run()
  editor.view.focus()
  // A window in the background has no focus events, so the test sends them.
  editor.view.dom.dispatchEvent(new FocusEvent('focus'))
}
const cursor = (of: Writer) => of.awareness.getLocalState()?.['cursor'] as { field: string } | null | undefined
/** Returns the field's text with other people's carets in it, as `Sto|Maria|rm`. */
const shown = (of: Writer, field: FieldId) => {
  const copy = of.editor(field).view.dom.cloneNode(true) as HTMLElement
  for (const caret of copy.querySelectorAll<HTMLElement>('.remote-caret'))
    caret.textContent = `|${caret.dataset['name'] ?? ''}|`
  return copy.textContent
}
const selected = (of: Writer, field: FieldId) =>
  [...of.editor(field).view.dom.querySelectorAll('.remote-selection')].map((part) => part.textContent).join('')

describe("other people's carets", () => {
  test('appear with a name, in their field only', () => {
    const [maria, andrei] = two()
    maria.type('headline', 'Storm')
    syncAll([maria, andrei])
    andrei.editor('body')
    andrei.editor('headline')
    focus(maria, 'headline', 4)
    showPresence(maria, andrei)
    expect(shown(andrei, 'headline')).toBe('Sto|Maria|rm')
    expect(shown(andrei, 'body')).toBe('')
    expect(shown(maria, 'headline')).toBe('Storm')
  })
  test('appear as a selection', () => {
    const [maria, andrei] = two()
    maria.type('headline', 'Storm')
    syncAll([maria, andrei])
    andrei.editor('headline')
    focus(maria, 'headline', { from: 2, to: 4 })
    showPresence(maria, andrei)
    expect(selected(andrei, 'headline')).toBe('to')
  })
  test('appear when they were here before the field opened', async () => {
    const [maria, andrei] = two()
    maria.type('headline', 'Storm')
    syncAll([maria, andrei])
    focus(maria, 'headline', 4)
    showPresence(maria, andrei)
    andrei.editor('headline')
    await expect.poll(() => shown(andrei, 'headline')).toBe('Sto|Maria|rm')
  })
  test('stay with their words while another person types before them', () => {
    const [maria, andrei] = two()
    maria.type('headline', 'Storm')
    syncAll([maria, andrei])
    andrei.editor('headline')
    focus(maria, 'headline', 4)
    showPresence(maria, andrei)
    andrei.type('headline', 'A ', 1)
    expect(shown(andrei, 'headline')).toBe('A Sto|Maria|rm')
    send(andrei, maria)
    showPresence(maria, andrei)
    expect(shown(andrei, 'headline')).toBe('A Sto|Maria|rm')
  })
  test('disappear when their person leaves the field', () => {
    const [maria, andrei] = two()
    andrei.editor('headline')
    focus(maria, 'headline', 1)
    showPresence(maria, andrei)
    expect(shown(andrei, 'headline')).toBe('|Maria|')
    maria.editor('headline').view.dom.blur()
    maria.editor('headline').view.dom.dispatchEvent(new FocusEvent('blur'))
    showPresence(maria, andrei)
    expect(shown(andrei, 'headline')).toBe('')
  })
  test('label my own other window', () => {
    const [maria, again] = [new Writer('Maria'), new Writer('Maria')]
    writers.push(maria, again)
    again.editor('headline')
    focus(maria, 'headline', 1)
    showPresence(maria, again)
    expect(shown(again, 'headline')).toBe('|You, in another window|')
  })
  test.each([
    ['no field', { anchor: {}, head: {} }],
    ['no positions', { field: 'headline' }],
    ['positions that are none', { field: 'headline', anchor: { item: 'x' }, head: 7 }],
    ['another root', { field: 'headline', anchor: { tname: 'meta' }, head: { tname: 'meta' } }],
    ['words that are not there', { field: 'headline', anchor: { item: { client: 9, clock: 9 } }, head: {} }],
  ])('ignore an invalid presence state: %s', (_name, cursor) => {
    const [maria, andrei] = two()
    andrei.type('headline', 'Storm')
    maria.awareness.setLocalStateField('cursor', cursor)
    showPresence(maria, andrei)
    expect(shown(andrei, 'headline')).toBe('Storm')
    expect(andrei.doc.share.has('no such root')).toBe(false)
  })
})

describe('my caret', () => {
  test('is published as it moves from field to field, whatever the other editors do', () => {
    const [maria, andrei] = two()
    maria.type('headline', 'Storm').type('body', 'It rained.')
    focus(maria, 'headline', 2)
    expect(cursor(maria)?.field).toBe('headline')
    maria.editor('body').view.dispatch(maria.editor('body').state.tr.insertText('!', 11))
    expect(cursor(maria)?.field).toBe('headline')
    syncAll([maria, andrei])
    andrei.type('body', ' More.')
    send(andrei, maria)
    expect(cursor(maria)?.field).toBe('headline')
    focus(maria, 'body', 3)
    expect(cursor(maria)?.field).toBe('body')
  })
  test('is cleared with its editor', () => {
    const [maria] = two()
    focus(maria, 'headline', 1)
    maria.unmount('headline')
    expect(cursor(maria)).toBeNull()
  })
  test('does not change the rest of my presence', () => {
    const [maria] = two()
    maria.awareness.setLocalStateField('field', 'headline')
    focus(maria, 'headline', 1)
    expect(maria.awareness.getLocalState()).toMatchObject({ field: 'headline', user: { name: 'Maria' } })
  })
})

describe('my caret stays in its words when others', () => {
  const withCaret = (lines: string[], at: number) => {
    const [maria, andrei] = two()
    maria.editor('body').commands.setContent(lines.map((line) => `<p>${line}</p>`).join(''))
    syncAll([maria, andrei])
    maria.editor('body').commands.setTextSelection(at)
    return { maria, andrei, around: () => aroundCaret(maria) }
  }
  const aroundCaret = (of: Writer) => {
    const { $head } = of.editor('body').state.selection
    const text = $head.parent.textContent
    return `${text.slice(0, $head.parentOffset)}|${text.slice($head.parentOffset)}`
  }
  test('write before it', () => {
    const { maria, andrei, around } = withCaret(['one', 'two'], 8)
    andrei.type('body', 'zero ', 1)
    andrei.type('body', 'a ', andrei.editor('body').state.doc.content.size - 4)
    send(andrei, maria)
    expect(around()).toBe('a tw|o')
  })
  test('start writing in the same empty paragraph', () => {
    const { maria, andrei, around } = withCaret(['one', '', '', 'two'], 6)
    andrei.type('body', 'x', 6)
    send(andrei, maria)
    expect(around()).toBe('|x')
    expect(maria.editor('body').state.selection.$head.index(0)).toBe(1)
  })
  test.each([
    ['a quote', (andrei: Writer) => andrei.editor('body').chain().setTextSelection(7).toggleBlockquote().run()],
    [
      'an item of a list',
      (andrei: Writer) => andrei.editor('body').chain().setTextSelection(7).toggleBulletList().run(),
    ],
    [
      'a subhead',
      (andrei: Writer) => andrei.editor('body').chain().setTextSelection(7).toggleHeading({ level: 2 }).run(),
    ],
  ])('make its paragraph %s', (_name, change) => {
    const { maria, andrei, around } = withCaret(['one', 'two', 'three'], 8)
    change(andrei)
    send(andrei, maria)
    expect(around()).toBe('tw|o')
  })
  test('press Enter before it', () => {
    const { maria, andrei, around } = withCaret(['one two three'], 8)
    andrei.editor('body').chain().setTextSelection(4).splitBlock().run()
    send(andrei, maria)
    expect(around()).toBe(' two| three')
    maria.editor('body').commands.insertContent('!')
    expect(maria.text('body')).toBe('one\n two! three')
  })
  test('join its paragraph to the previous one', () => {
    const { maria, andrei, around } = withCaret(['one', 'two'], 8)
    andrei.editor('body').chain().setTextSelection(6).joinBackward().run()
    send(andrei, maria)
    expect(around()).toBe('onetw|o')
  })
  test('cut the words around it', () => {
    const { maria, andrei, around } = withCaret(['one two three'], 6)
    andrei.cut('body', 4, 10)
    send(andrei, maria)
    expect(around()).toBe('one|hree')
  })
  test('cut the paragraph before it', () => {
    const { maria, andrei, around } = withCaret(['one', 'two', 'three'], 8)
    andrei.cut('body', 0, 5)
    send(andrei, maria)
    expect(around()).toBe('tw|o')
  })
})
