import { toggleMark } from '@tiptap/pm/commands'
import { AllSelection, Plugin } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { isArrival } from '#renderer/editor/fields/sync-state.ts'
import { type HeadlessEditor, markType, sync } from '#tests/support/headless-editor.ts'
import { galleyField } from '#tests/support/headless-field.ts'

/** Responds to each remote change with a word. */
const answering = new Plugin({
  appendTransaction: (transactions, _before, { tr }) =>
    transactions.some(isArrival) ? tr.insertText('Yes. ', 1) : null,
})

test('shows text that a plugin writes in response to a remote change once, even if the change repeats a format', () => {
  const [maria, andrei] = [galleyField(100), galleyField(200)]
  maria.view.dispatch(maria.view.state.tr.insertText('some words'))
  sync(maria, andrei)
  for (const editor of [maria, andrei]) makeBold(editor)
  andrei.view.dispatch(andrei.view.state.tr.insertText('!', 11))
  maria.view.updateState(maria.view.state.reconfigure({ plugins: [...maria.view.state.plugins, answering] }))
  sync(andrei, maria)
  expect(maria.view.state.doc.textContent).toBe('Yes. some words!')
  expect(maria.shared.toJSON()).toBe('Yes. some words!')
})

function makeBold(editor: HeadlessEditor): void {
  const { view } = editor
  view.dispatch(view.state.tr.setSelection(new AllSelection(view.state.doc)))
  view.run(toggleMark(markType(editor, 'bold')))
}
