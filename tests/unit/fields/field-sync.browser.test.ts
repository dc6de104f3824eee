import { Extension, Editor } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { collaborativeField } from '#renderer/editor/fields/field-extensions.ts'
import { MovedWords } from '#renderer/editor/fields/moved-words.ts'
import { isArrival } from '#renderer/editor/fields/sync-state.ts'
import { fieldText } from '#shared/article/document.ts'
import { send, Writer } from '../article/newsroom.ts'

/** The errors that the window was told of. */
let reported: string[] = []
const hear = (event: ErrorEvent) => {
  event.preventDefault()
  event.stopImmediatePropagation()
  reported.push(event.message)
}
beforeEach(() => {
  reported = []
  window.addEventListener('error', hear, { capture: true })
})
const closers: (() => void)[] = []
afterEach(() => {
  window.removeEventListener('error', hear, { capture: true })
  for (const close of closers.splice(0)) close()
})

/** Two people; the first one's editor fails at so many of the changes that arrive. */
function failing(times: number) {
  const [maria, andrei] = [new Writer('Maria'), new Writer('Andrei')]
  let left = times
  const fails = Extension.create({
    name: 'fails',
    addProseMirrorPlugins: () => [
      new Plugin({
        filterTransaction(transaction) {
          if (transaction.docChanged && left > 0 && isArrival(transaction) && armed) {
            left -= 1
            throw new Error('out of order')
          }
          return true
        },
      }),
    ],
  })
  let armed = false
  const { doc, awareness, undo } = maria
  const user = { id: 'Maria', name: 'Maria' }
  const moved = new MovedWords(doc)
  const editor = new Editor({
    element: document.body.appendChild(document.createElement('div')),
    extensions: [
      ...collaborativeField({ doc, fieldId: 'body', awareness, undo, moved, user, onLeave: () => false }),
      fails,
    ],
  })
  closers.push(() => {
    editor.destroy()
    maria.close()
    andrei.close()
  })
  andrei.type('body', 'his words')
  armed = true
  send(andrei, maria)
  return { maria, editor }
}

test('an editor that fails to take in a change is redrawn from the text, and reports the fault', () => {
  const { maria, editor } = failing(1)
  expect(reported.join()).toContain('out of order')
  expect(editor.getText()).toBe('his words')
  editor.view.dispatch(editor.state.tr.insertText('!', 1))
  expect(maria.text('body')).toBe('!his words')
})

test('an editor that cannot be redrawn deletes nothing from the document', () => {
  const { maria, editor } = failing(2)
  expect(editor.view.editable).toBe(false)
  editor.view.dispatch(editor.state.tr.insertText('!', 1))
  expect(maria.text('body')).toBe('his words')
})

test('the caret of a field that begins with a list is in words from the start', () => {
  const maria = new Writer('Maria')
  closers.push(() => maria.close())
  maria.editor('body').commands.setContent('<ul><li><p>one</p></li></ul>')
  maria.unmount('body')
  expect(maria.editor('body').state.selection.head).toBe(3)
})

/** A person with a body on the page. */
function alone() {
  const maria = new Writer('Maria')
  closers.push(() => maria.close())
  return { maria, editor: maria.editor('body') }
}

test('a letter is written once when something else fails as it is written', () => {
  const { maria, editor } = alone()
  maria.doc.once('afterTransaction', () => {
    throw new Error('out of order')
  })
  maria.type('body', 'a')
  maria.type('body', 'b')
  expect(reported.join()).toContain('out of order')
  expect(maria.text('body')).toBe('ab')
  expect(editor.getText()).toBe('ab')
})

test('the editor shows what the text holds when an edit is answered with another change at once', () => {
  const { maria, editor } = alone()
  maria.type('body', 'some words')
  // As copies that have lost are deleted.
  maria.doc.once('afterAllTransactions', () => {
    maria.doc.transact(() => fieldText(maria.doc, 'body').delete(1, 5), 'another')
  })
  maria.type('body', '!')
  expect(maria.text('body')).toBe('words!')
  expect(editor.getText()).toBe('words!')
  maria.type('body', '?')
  expect(maria.text('body')).toBe('words!?')
  expect(reported).toEqual([])
})
