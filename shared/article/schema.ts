/**
 * The editor schema of each field. All of them are tolerant on purpose: whatever two merged edits leave behind is
 * valid, because y-tiptap deletes what is not. That a headline is one line is held by its keymap, its paste rules and
 * the checks before publication, never by the schema.
 */
import { getSchema } from '@tiptap/core'
import type { Extensions } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Text } from '@tiptap/extension-text'
import type { Schema } from '@tiptap/pm/model'
import type { FieldKind } from './fields.ts'
import { isStoryLink } from './links.ts'

/** A link holds its address and nothing else: how it opens is the reader's affair, not the copy's. */
const StoryLink = Link.extend({
  addAttributes() {
    return { href: { default: null } }
  },
}).configure({
  openOnClick: false,
  // "Amazon.com" in copy is a company's name.
  autolink: false,
  defaultProtocol: 'https',
  isAllowedUri: isStoryLink,
  HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: null },
})

const StoryOrderedList = OrderedList.extend({
  addAttributes() {
    return {
      start: {
        default: 1,
        parseHTML: (element: { getAttribute(name: string): string | null }) =>
          Number.parseInt(element.getAttribute('start') ?? '', 10) || 1,
      },
    }
  },
})

/** Two merged edits can leave an item whose first block is a list or a subhead; it must stay valid. */
const StoryListItem = ListItem.extend({ content: 'block+' })

/**
 * The nodes and marks of a field, without any of the page's behaviour. The top node carries the field's name.
 *
 * @param kind - which field
 */
export function fieldExtensions(kind: FieldKind): Extensions {
  const base: Extensions = [Paragraph, Text]
  if (kind !== 'body') return [Document.extend({ name: kind, content: 'paragraph+' }), ...base]
  return [
    Document.extend({ name: kind, content: 'block+' }),
    ...base,
    Heading.configure({ levels: [2, 3] }),
    Blockquote,
    BulletList,
    StoryOrderedList,
    StoryListItem,
    ListKeymap,
    HardBreak,
    Bold,
    Italic,
    StoryLink,
  ]
}

const schemas = new Map<FieldKind, Schema>()

/** The ProseMirror schema of a field; the same object each time. */
export function fieldSchema(kind: FieldKind): Schema {
  const made = schemas.get(kind) ?? getSchema(fieldExtensions(kind))
  schemas.set(kind, made)
  return made
}
