import { useMemo, useState } from 'react'
import { FieldEditor } from './FieldEditor.tsx'
import { useEditorOf } from './page-context.tsx'
import { keptSelection } from './toolbar/kept-selection.ts'
import { selectionMenu, SelectionMenu } from './toolbar/SelectionMenu.tsx'

/** The body, with the menu that comes up over a selection. */
export function BodyField() {
  const [menu] = useState(() => document.createElement('div'))
  const extensions = useMemo(() => [selectionMenu(menu), keptSelection], [menu])
  const editor = useEditorOf('body')
  return (
    <FieldEditor field="body" placeholder="Write the story" extensions={extensions}>
      <SelectionMenu element={menu} editor={editor} />
    </FieldEditor>
  )
}
