/** The keys by which a field is a part of one page: the caret walks out of it, and a one-line field stays one line. */
import { Extension } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import { Plugin, PluginKey, Selection } from '@tiptap/pm/state'
import { isOneLine } from '#shared/article/fields.ts'
import type { FieldKind } from '#shared/article/fields.ts'
import type { StoryUndo } from './story-undo.ts'

export type LeaveDirection = 'next' | 'previous' | 'up' | 'down'

/** Called when a key takes the caret out of its field. Answering `false` leaves the key to the browser. */
export type OnLeave = (direction: LeaveDirection) => unknown

/** Tab, Shift-Tab, and the arrows at the field's edges. */
export function leavingKeys(onLeave: OnLeave): Extension {
  const leave = (direction: LeaveDirection) => onLeave(direction) !== false
  return Extension.create({
    name: 'leavingKeys',
    // Below the lists' own keys: Tab indents an item as long as it can be indented.
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

/** What Enter does in a field without line breaks: it goes on to the next field, or begins a new paragraph. */
export function enterKeys(kind: FieldKind, onLeave: OnLeave): Extension {
  return Extension.create({
    name: 'enterKeys',
    priority: 1100,
    addKeyboardShortcuts() {
      if (kind === 'body') return {}
      if (!isOneLine(kind)) return { 'Shift-Enter': ({ editor }) => editor.commands.splitBlock() }
      const goOn = () => {
        onLeave('next')
        return true
      }
      return { Enter: goOn, 'Shift-Enter': goOn }
    },
  })
}

/** Undo and redo by key, and by the Edit menu of the system, are the page's and not the browser's. */
export function undoKeys(undo: StoryUndo): Extension {
  const back = () => {
    undo.undo()
    return true
  }
  const forth = () => {
    undo.redo()
    return true
  }
  return Extension.create({
    name: 'undoKeys',
    addKeyboardShortcuts() {
      return { 'Mod-z': back, 'Shift-Mod-z': forth, 'Mod-y': forth }
    },
    addProseMirrorPlugins() {
      const beforeinput = (_view: unknown, event: InputEvent) => {
        if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false
        event.preventDefault()
        return event.inputType === 'historyUndo' ? back() : forth()
      }
      return [new Plugin({ key: new PluginKey('undoFromMenu'), props: { handleDOMEvents: { beforeinput } } })]
    },
  })
}

/** Whether an arrow key would take the caret over the edge of the field. */
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

/** Whether the text under the caret runs from right to left, as Arabic does. */
function readsLeftwards({ view }: Pick<Editor, 'view'>): boolean {
  const { node } = view.domAtPos(view.state.selection.head)
  const element = node instanceof Element ? node : node.parentElement
  return element !== null && getComputedStyle(element).direction === 'rtl'
}
