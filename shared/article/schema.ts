/**
 * The editor schema of each field. All schemas are tolerant on purpose: they can show whatever two merged edits leave
 * behind. The one-line rule of a headline is enforced by its keymap, its paste rules and the checks before publication,
 * never by the schema.
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

/** A pasted table becomes one paragraph for each cell. Without this, the words of its cells would run together. */
const StoryParagraph = Paragraph.extend({
  parseHTML() {
    return ['p', 'td', 'th'].map((tag) => ({ tag }))
  },
})

/** Subheads are level 2 or 3. Other pasted levels become the nearest of them. */
const StoryHeading = Heading.extend({
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level <= 2 ? 2 : 3 } }))
  },
}).configure({ levels: [2, 3] })

/** A link holds its address only. How it opens is up to the reader, not the copy. */
const StoryLink = Link.extend({
  addAttributes() {
    return { href: { default: null } }
  },
  // An address pasted with other text stays text until an editor makes it a link.
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
  // TipTap would turn plain lines that begin with numbers into a list. The numbers belong to the writer.
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

/** Two merged edits can leave an item whose first block is a list or a subhead. It must stay valid. */
const StoryListItem = ListItem.extend({ content: 'block+' })

/**
 * Returns the nodes and marks of a field, without any behaviour of the page. The top node has the name of the field.
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
