import { Extension, Editor } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { collaborativeField } from '#renderer/editor/fields/field-extensions.ts'
import { MovedWords } from '#renderer/editor/fields/moved-words.ts'
import { isArrival } from '#renderer/editor/fields/sync-state.ts'
import { fieldText } from '#shared/article/document.ts'
import { send, Writer } from '../article/newsroom.ts'

/** The errors reported to the window. */
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

/** Two people. The first one's editor fails at the given number of remote changes. */
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

test('redraws an editor from the text, and reports the error, when it fails to apply a change', () => {
  const { maria, editor } = failing(1)
  expect(reported.join()).toContain('out of order')
  expect(editor.getText()).toBe('his words')
  editor.view.dispatch(editor.state.tr.insertText('!', 1))
  expect(maria.text('body')).toBe('!his words')
})

test('deletes nothing from the document when an editor cannot be redrawn', () => {
  const { maria, editor } = failing(2)
  expect(editor.view.editable).toBe(false)
  editor.view.dispatch(editor.state.tr.insertText('!', 1))
  expect(maria.text('body')).toBe('his words')
})

test('puts the first caret into the text of a field that starts with a list', () => {
  const maria = new Writer('Maria')
  closers.push(() => maria.close())
  maria.editor('body').commands.setContent('<ul><li><p>one</p></li></ul>')
  maria.unmount('body')
  expect(maria.editor('body').state.selection.head).toBe(3)
})

/** A person with the body on the page. */
function alone() {
  const maria = new Writer('Maria')
  closers.push(() => maria.close())
  return { maria, editor: maria.editor('body') }
}

test('writes a letter once when another observer fails meanwhile', () => {
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

test('shows the shared text when an edit triggers another change at once', () => {
  const { maria, editor } = alone()
  maria.type('body', 'some words')
  // As when losing copies are deleted.
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
