/** The keys that make a field part of one page: the caret can leave it, and a one-line field stays one line. */
import { Extension } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import { Plugin, PluginKey, Selection } from '@tiptap/pm/state'
import { isOneLine } from '#shared/article/fields.ts'
import type { FieldKind } from '#shared/article/fields.ts'
import type { StoryUndo } from './story-undo.ts'

export type LeaveDirection = 'next' | 'previous' | 'up' | 'down'

/** Called when a key moves the caret out of its field. Return `false` to leave the key to the browser. */
export type OnLeave = (direction: LeaveDirection) => unknown

/** Tab, Shift-Tab, and the arrow keys at the field's edges. */
export function leavingKeys(onLeave: OnLeave): Extension {
  const leave = (direction: LeaveDirection) => onLeave(direction) !== false
  return Extension.create({
    name: 'leavingKeys',
    // Below the lists' own keys, so that Tab indents a list item first if it can.
    priority: 50,
    addKeyboardShortcuts() {
      return {
        Tab: () => leave('next'),
        'Shift-Tab': () => leave('previous'),
        ArrowUp: ({ editor }) => isLeaving(editor, 'up') && leave('up'),
        ArrowDown: ({ editor }) => isLeaving(editor, 'down') && leave('down'),
        ArrowLeft: ({ editor }) => isLeaving(editor, 'left') && leave(readsLeftwards(editor) ? 'next' : 'previous'),
        ArrowRight: ({ editor }) => isLeaving(editor, 'right') && leave(readsLeftwards(editor) ? 'previous' : 'next'),
      }
    },
  })
}

/** Enter in a field without line breaks: it moves to the next field, or starts a new paragraph. */
export function enterKeys(kind: FieldKind, onLeave: OnLeave): Extension {
  return Extension.create({
    name: 'enterKeys',
    priority: 1100,
    addKeyboardShortcuts() {
      if (kind === 'body') return {}
      if (!isOneLine(kind)) return { 'Shift-Enter': ({ editor }) => editor.commands.splitBlock() }
      const toNextField = () => {
        onLeave('next')
        return true
      }
      return { Enter: toNextField, 'Shift-Enter': toNextField }
    },
  })
}

/** Undo and redo, by key and by the system's Edit menu, run on the page's stack instead of the browser's. */
export function undoKeys(undo: StoryUndo): Extension {
  const undoOnce = () => {
    undo.undo()
    return true
  }
  const redoOnce = () => {
    undo.redo()
    return true
  }
  return Extension.create({
    name: 'undoKeys',
    addKeyboardShortcuts() {
      return { 'Mod-z': undoOnce, 'Shift-Mod-z': redoOnce, 'Mod-y': redoOnce }
    },
    addProseMirrorPlugins() {
      const beforeinput = (_view: unknown, event: InputEvent) => {
        if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false
        event.preventDefault()
        return event.inputType === 'historyUndo' ? undoOnce() : redoOnce()
      }
      return [new Plugin({ key: new PluginKey('undoFromMenu'), props: { handleDOMEvents: { beforeinput } } })]
    },
  })
}

/** Returns whether an arrow key would move the caret over the edge of the field. */
function isLeaving({ state, view }: Editor, direction: 'up' | 'down' | 'left' | 'right'): boolean {
  const { selection, doc } = state
  if (!selection.empty || !view.endOfTextblock(direction)) return false
  const inFirst = selection.$head.sameParent(Selection.atStart(doc).$head)
  const inLast = selection.$head.sameParent(Selection.atEnd(doc).$head)
  if (direction === 'up') return inFirst
  if (direction === 'down') return inLast
  const forward = (direction === 'right') !== readsLeftwards({ view })
  return forward
    ? inLast && selection.head === Selection.atEnd(doc).head
    : inFirst && selection.head === Selection.atStart(doc).head
}

/** Returns whether the text at the caret runs from right to left, as Arabic does. */
function readsLeftwards({ view }: Pick<Editor, 'view'>): boolean {
  const { node } = view.domAtPos(view.state.selection.head)
  const element = node instanceof Element ? node : node.parentElement
  return element !== null && getComputedStyle(element).direction === 'rtl'
}
