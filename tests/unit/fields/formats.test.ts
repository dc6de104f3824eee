import { splitBlock, toggleMark } from '@tiptap/pm/commands'
import { AllSelection } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { galleyField } from '#tests/support/headless-field.ts'
import { markType, shownIn, sync } from '#tests/support/headless-editor.ts'

test('formats many paragraphs as one range of the shared text, visible to every reader', () => {
  const writer = galleyField(100)
  const { view } = writer
  for (const words of ['First', 'second', 'third']) {
    view.dispatch(view.state.tr.insertText(words))
    view.run(splitBlock)
  }
  view.dispatch(view.state.tr.setSelection(new AllSelection(view.state.doc)))
  view.run(toggleMark(markType(writer, 'bold')))

  expect(formatsIn(writer.shared)).toEqual(['bold true', 'bold null'])
  const reader = galleyField(200)
  sync(writer, reader)
  expect(shownIn(reader)).toEqual(shownIn(writer))
  let letters = 0
  reader.view.state.doc.descendants((node) => {
    if (node.isText) expect(node.marks.map(({ type }) => type.name)).toEqual(['bold'])
    letters += node.text?.length ?? 0
  })
  expect(letters).toBe('Firstsecondthird'.length)
})

function formatsIn(text: Y.Text | Y.XmlFragment): string[] {
  const formats: string[] = []
  for (let item = text._start; item !== null; item = item.right) {
    const { content, deleted } = item
    if (!deleted && content instanceof Y.ContentFormat) formats.push(`${content.key} ${JSON.stringify(content.value)}`)
  }
  return formats
}
