import { Extension } from '@tiptap/core'
import type {} from '@tiptap/extension-blockquote'
import { useMemo, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { FieldEditor } from './FieldEditor.tsx'
import { useEditorOf } from './page-context.tsx'
import { keptSelection } from './toolbar/kept-selection.ts'
import { menuElement, selectionMenu, SelectionMenu } from './toolbar/SelectionMenu.tsx'

/** Runs before bold's shortcut, which would also match this key. */
const quoteKey = Extension.create({
  name: 'quoteKey',
  priority: 1000,
  addKeyboardShortcuts: () => ({ 'Mod-Shift-b': ({ editor }) => editor.commands.toggleBlockquote() }),
})

/** The body, with the menu that appears over a selection. */
export function BodyField() {
  const { t } = useMessages()
  const [menu] = useState(menuElement)
  const extensions = useMemo(() => [selectionMenu(menu), keptSelection, quoteKey], [menu])
  const editor = useEditorOf('body')
  return (
    <FieldEditor field="body" placeholder={t('editor.body-placeholder')} extensions={extensions}>
      <SelectionMenu element={menu} editor={editor} />
    </FieldEditor>
  )
}
