/**
 * Counts what an edit costs a text's author: letters that become another person's, and positions that lose their words.
 */
import { joinBackward, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands'
import { liftListItem, sinkListItem, wrapInList } from '@tiptap/pm/schema-list'
import { TextSelection } from '@tiptap/pm/state'
import { authorsOf, type HeadlessEditor, markType, nodeType, sync } from './headless-editor.ts'

const FIRST = 'The minister arrived late on Monday and left early.'
const SECOND = 'Reporters asked him why he had come.'
export const LETTERS = FIRST.length + SECOND.length

const WRITER = 100
const SUB_EDITOR = 200

/** By name: edits by a sub-editor of another person's two paragraphs. */
export const EDITS: Record<string, (editor: HeadlessEditor) => unknown> = {
  'split a paragraph': (editor) => {
    select(editor, 21)
    editor.view.run(splitBlock)
  },
  'join two paragraphs': (editor) => {
    select(editor, secondBlock(editor) + 1)
    editor.view.run(joinBackward)
  },
  'split and join again': (editor) => {
    select(editor, 21)
    editor.view.run(splitBlock)
    editor.view.run(joinBackward)
  },
  'make them subheads': (editor) => {
    selectAll(editor)
    editor.view.run(setBlockType(nodeType(editor, 'heading'), { level: 2 }))
  },
  'make them a quote': (editor) => {
    selectAll(editor)
    editor.view.run(wrapIn(nodeType(editor, 'blockquote')))
  },
  'make them a list': (editor) => {
    selectAll(editor)
    editor.view.run(wrapInList(nodeType(editor, 'bulletList')))
  },
  'make them a list, its second item in and out': (editor) => {
    selectAll(editor)
    editor.view.run(wrapInList(nodeType(editor, 'bulletList')))
    select(editor, editor.view.state.doc.content.size - 4)
    const item = nodeType(editor, 'listItem')
    for (const command of [sinkListItem(item), liftListItem(item), liftListItem(item)]) editor.view.run(command)
  },
  'make half of one bold': (editor) => {
    select(editor, 5, 30)
    editor.view.run(toggleMark(markType(editor, 'bold')))
  },
  'make both bold and plain again': (editor) => {
    selectAll(editor)
    for (let times = 0; times < 2; times++) editor.view.run(toggleMark(markType(editor, 'bold')))
  },
  'swap them': ({ view }) => {
    const { tr, doc } = view.state
    const first = doc.child(0)
    view.dispatch(tr.delete(0, first.nodeSize).insert(tr.doc.content.size, first))
  },
  'delete a word and undo': (editor) => {
    editor.view.dispatch(editor.view.state.tr.delete(5, 13))
    editor.undo()
  },
  'delete a paragraph and undo': (editor) => {
    const { tr, doc } = editor.view.state
    editor.view.dispatch(tr.delete(secondBlock(editor), doc.content.size))
    editor.undo()
  },
}

/** Returns how many letters lose their author through an edit, and how many positions lose their words. */
export interface Losses {
  letters: number
  positions: number
}

export function lossesOf(
  open: (client: number, state?: Uint8Array) => HeadlessEditor,
  edit: keyof typeof EDITS,
): Losses {
  const writer = open(WRITER)
  writer.view.dispatch(writer.view.state.tr.insertText(FIRST))
  writer.view.run(splitBlock)
  writer.view.dispatch(writer.view.state.tr.insertText(SECOND))
  const editor = open(SUB_EDITOR)
  sync(writer, editor)

  const places: { place: ReturnType<HeadlessEditor['relative']>; letter: string }[] = []
  editor.view.state.doc.descendants((node, position) => {
    for (const [index, letter] of (node.text ?? '').split('').entries()) {
      places.push({ place: editor.relative(position + index), letter })
    }
  })
  EDITS[edit]?.(editor)
  sync(editor, writer)
  sync(writer, editor)
  const { doc } = editor.view.state
  const isLost = ({ place, letter }: (typeof places)[number]): boolean => {
    const at = editor.absolute(place)
    return at === null || doc.resolve(at).nodeAfter?.text?.startsWith(letter) !== true
  }
  const losses = {
    letters: authorsOf(editor).filter((author) => author !== WRITER).length,
    positions: places.filter(isLost).length,
  }
  for (const each of [writer, editor]) each.view.destroy()
  return losses
}

function select({ view }: HeadlessEditor, from: number, to = from): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)))
}

function selectAll(editor: HeadlessEditor): void {
  select(editor, 1, editor.view.state.doc.content.size - 1)
}

function secondBlock({ view }: HeadlessEditor): number {
  return view.state.doc.child(0).nodeSize
}
