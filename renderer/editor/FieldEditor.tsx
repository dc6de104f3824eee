import type { Extensions } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { EditorContent, useEditor } from '@tiptap/react'
import { type FocusEvent, type ReactNode, useEffect, useMemo } from 'react'
import { FIELD_LABELS, type FieldId, type FieldKind, isOneLine, parseFieldId } from '#shared/article/fields.ts'
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
  /** What the field says while it is empty; its name unless given. */
  placeholder?: string
  /** More for this field's editor, e.g. the body's selection menu. Must keep its identity. */
  extensions?: Extensions
  children?: ReactNode
}

const NO_EXTENSIONS: Extensions = []

/**
 * One field of the story: a labelled textbox without a box. It lives as long as the field is on the page, and is never
 * made anew because of what others do.
 */
export function FieldEditor({ field, placeholder, extensions = NO_EXTENSIONS, children }: FieldEditorProps) {
  const { page, person, language } = usePage()
  const { kind } = parseFieldId(field)
  const readOnly = useSession((state) => state.readOnly !== null && !state.writable.includes(kind))
  const attributes = useMemo(() => fieldAttributes(kind, language, readOnly), [kind, language, readOnly])

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
          placeholder: placeholder ?? FIELD_LABELS[kind],
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
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `readOnly` and `attributes` are set on the living editor below
    [page, person.id, person.name, field, kind, placeholder, extensions],
  )
  const editor = useEditor(options, [options])

  useEffect(() => page.mount(field, editor), [page, field, editor])
  useEffect(() => {
    editor.setOptions({ editable: !readOnly, editorProps: { attributes } })
  }, [editor, readOnly, attributes])

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

  /** The caret has left the page only when the focus went elsewhere on screen, not when another window came forward. */
  function leavePage(event: FocusEvent) {
    if (!document.hasFocus()) return
    const to = event.relatedTarget
    if (to instanceof Element && to.closest('[data-story-page]') !== null) return
    page.caretIn(null)
  }
}

function fieldAttributes(kind: FieldKind, language: string, readOnly: boolean): Record<string, string> {
  return {
    role: 'textbox',
    'aria-label': FIELD_LABELS[kind],
    'aria-multiline': String(!isOneLine(kind)),
    lang: language,
    spellcheck: 'true',
    // Readable, selectable and in reach of Tab, though nothing can be typed.
    ...(readOnly ? { 'aria-readonly': 'true', tabindex: '0' } : {}),
  }
}
