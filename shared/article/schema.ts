/**
 * The editor schema of each field. All of them are tolerant on purpose: whatever two merged edits leave behind can be
 * shown. That a headline is one line is held by its keymap, its paste rules and the checks before publication, never by
 * the schema.
 */
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
import type { FieldKind } from './fields.ts'
import { isStoryLink } from './links.ts'

/** A table that is pasted becomes a paragraph a cell: without this, its cells' words would stick together. */
const StoryParagraph = Paragraph.extend({
  parseHTML() {
    return ['p', 'td', 'th'].map((tag) => ({ tag }))
  },
})

/** Subheads are of level 2 and 3. Other levels that are pasted become the nearest of them. */
const StoryHeading = Heading.extend({
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level <= 2 ? 2 : 3 } }))
  },
}).configure({ levels: [2, 3] })

/** A link holds its address and nothing else: how it opens is the reader's affair, not the copy's. */
const StoryLink = Link.extend({
  addAttributes() {
    return { href: { default: null } }
  },
  // An address that is pasted with other text is text, until somebody makes it a link.
  addPasteRules() {
    return []
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
  // TipTap would make lines of plain text that begin with numbers a list: the numbers are the writer's.
  addProseMirrorPlugins() {
    return []
  },
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
  const base: Extensions = [StoryParagraph, Text]
  if (kind !== 'body') return [Document.extend({ name: kind, content: 'paragraph+' }), ...base]
  return [
    Document.extend({ name: kind, content: 'block+' }),
    ...base,
    StoryHeading,
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
