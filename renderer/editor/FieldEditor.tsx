import type { Extensions } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { EditorContent, useEditor } from '@tiptap/react'
import { type FocusEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { type FieldId, type FieldKind, isOneLine, parseFieldId } from '#shared/article/fields.ts'
import { useMessages } from '../messages/use-messages.ts'
import { classes } from '../ui/classes.ts'
import { collaborativeField } from './fields/field-extensions.ts'
import { readyForArrivals } from './fields/ready-for-arrivals.ts'
import { FieldPresence } from './FieldPresence.tsx'
import { findInField } from './find/find-in-field.ts'
import styles from './FieldEditor.module.css'
import { usePage, useSession } from './page-context.tsx'
import { TextDirectionByBlock } from './text-direction.ts'

export interface FieldEditorProps {
  field: FieldId
  /** The text of the empty field; default: its name. */
  placeholder?: string
  /** Further extensions of this field's editor, e.g. the body's selection menu. The array must be stable. */
  extensions?: Extensions
  children?: ReactNode
}

const NO_EXTENSIONS: Extensions = []

/**
 * One field of the story: a labelled textbox without a box. It exists for as long as the field is on the page; other
 * people's changes never recreate it.
 */
export function FieldEditor({ field, placeholder, extensions = NO_EXTENSIONS, children }: FieldEditorProps) {
  const { page, person, language } = usePage()
  const { t } = useMessages()
  const { kind } = parseFieldId(field)
  const name = t(`common.field.${kind}`)
  const shownPlaceholder = useRef(placeholder ?? name)
  const readOnly = useSession((state) => state.readOnly !== null && !state.writable.includes(kind))
  const attributes = useMemo(() => fieldAttributes(kind, name, language, readOnly), [kind, name, language, readOnly])

  const options = useMemo(
    () => ({
      extensions: [
        ...collaborativeField({
          doc: page.session.doc,
          fieldId: field,
          awareness: page.session.awareness,
          undo: page.undo,
          moved: page.moved,
          user: { id: person.id, name: person.name },
          onLeave: (direction) => page.leave(field, direction),
        }),
        Placeholder.configure({
          // Read at each transaction, so that a change of the language does not recreate the editor.
          placeholder: () => shownPlaceholder.current,
          showOnlyCurrent: false,
        }),
        TextDirectionByBlock,
        findInField(field, page.find),
        readyForArrivals(page.session, page.undo),
        ...extensions,
      ],
      editable: !readOnly,
      editorProps: { attributes },
      immediatelyRender: true,
      shouldRerenderOnTransaction: false,
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- `readOnly` and `attributes` are set on the live editor below
    [page, person.id, person.name, field, extensions],
  )
  const editor = useEditor(options, [options])

  useEffect(() => page.mount(field, editor), [page, field, editor])
  useEffect(() => {
    editor.setOptions({ editable: !readOnly, editorProps: { attributes } })
  }, [editor, readOnly, attributes])
  useEffect(() => {
    if (shownPlaceholder.current === (placeholder ?? name)) return
    shownPlaceholder.current = placeholder ?? name
    editor.view.dispatch(editor.state.tr)
  }, [editor, placeholder, name])

  return (
    <div
      className={classes(styles.field, styles[kind])}
      data-field={field}
      onFocus={() => page.caretIn(field)}
      onBlur={leavePage}
    >
      <EditorContent editor={editor} />
      <FieldPresence field={field} />
      {children}
    </div>
  )

  /**
   * Counts the caret as gone only if the focus moved elsewhere on this page, not if another window came to the front.
   */
  function leavePage(event: FocusEvent) {
    if (!document.hasFocus()) return
    const to = event.relatedTarget
    if (to instanceof Element && to.closest('[data-story-page]') !== null) return
    page.caretIn(null)
  }
}

function fieldAttributes(kind: FieldKind, name: string, language: string, readOnly: boolean): Record<string, string> {
  return {
    role: 'textbox',
    'aria-label': name,
    'aria-multiline': String(!isOneLine(kind)),
    lang: language,
    spellcheck: 'true',
    // Read-only text can still be selected and reached by Tab.
    ...(readOnly ? { 'aria-readonly': 'true', tabindex: '0' } : {}),
  }
}
