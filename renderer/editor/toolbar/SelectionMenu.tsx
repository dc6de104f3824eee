import { type Editor, isTextSelection } from '@tiptap/core'
import { BubbleMenu } from '@tiptap/extension-bubble-menu'
import { Toolbar } from 'radix-ui'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { Formatting } from './PageToolbar.tsx'
import { useMessages } from '../../messages/use-messages.ts'
import styles from './SelectionMenu.module.css'

/** Creates the menu's element, as wide as its tools from the start, because its width decides its position. */
export function menuElement(): HTMLElement {
  const element = document.createElement('div')
  Object.assign(element.style, { position: 'absolute', width: 'max-content', visibility: 'hidden', zIndex: '2' })
  return element
}

/**
 * Returns the extension that shows `element` over the body's selection. It is one of the editor's extensions from the
 * start: adding it later would recreate the editor's collaboration.
 */
export function selectionMenu(element: HTMLElement) {
  return BubbleMenu.configure({
    element,
    updateDelay: 120,
    options: {
      placement: 'top',
      offset: 8,
      flip: true,
      shift: { padding: 8 },
      // Tab moves straight to the menu's first tool.
      onShow: () => {
        element.tabIndex = -1
      },
    },
    shouldShow: ({ editor, state, from, to }) =>
      editor.isEditable &&
      (editor.isFocused || element.contains(document.activeElement)) &&
      isTextSelection(state.selection) &&
      state.doc.textBetween(from, to).trim() !== '',
  })
}

/** The content of the menu. `element` is the one given to {@link selectionMenu}. */
export function SelectionMenu({ element, editor }: { element: HTMLElement; editor: Editor | null }) {
  const { t } = useMessages()
  // TipTap's menu stays open after one of its tools was pressed, even if the caret has moved to another field.
  useEffect(() => {
    const hide = () =>
      queueMicrotask(() => {
        if (editor === null || editor.isDestroyed || editor.view.hasFocus()) return
        if (!element.contains(document.activeElement))
          editor.view.dispatch(editor.state.tr.setMeta('bubbleMenu', 'hide'))
      })
    editor?.on('blur', hide)
    return () => {
      editor?.off('blur', hide)
    }
  }, [editor, element])

  return createPortal(
    <Toolbar.Root
      className={styles.menu}
      aria-label={t('editor.toolbar.selection')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') editor?.view.focus()
      }}
    >
      <Formatting />
    </Toolbar.Root>,
    element,
  )
}
