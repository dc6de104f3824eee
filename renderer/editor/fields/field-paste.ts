/** What pasting and dropping bring into a field: its words, and of their form what the field has. */
import { Extension } from '@tiptap/core'
import { Fragment, Slice } from '@tiptap/pm/model'
import type { Schema } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { isOneLine } from '#shared/article/fields.ts'
import type { FieldKind } from '#shared/article/fields.ts'

/** The paste rules of a field. What its schema does not know (pictures, scripts, tables) is dropped by the parser. */
export function fieldPaste(kind: FieldKind): Extension {
  return Extension.create({
    name: 'fieldPaste',
    addProseMirrorPlugins() {
      const { schema } = this.editor
      const toOneLine = (slice: Slice) => oneLineSlice(schema, slice)
      return [
        new Plugin({
          key: new PluginKey('fieldPaste'),
          props: {
            clipboardTextParser: (text) => paragraphSlice(schema, text),
            ...(isOneLine(kind) ? { transformPasted: toOneLine } : {}),
          },
        }),
      ]
    },
  })
}

function oneLineSlice(schema: Schema, slice: Slice): Slice {
  const line = slice.content
    .textBetween(0, slice.content.size, ' ', ' ')
    // A no-break space is one that the writer put there: "Reuters\u00a0News".
    .replace(/[^\S\u00a0\u202f]+/gu, ' ')
    .trim()
  return line === '' ? Slice.empty : new Slice(Fragment.from(schema.text(line)), 0, 0)
}

function paragraphSlice(schema: Schema, text: string): Slice {
  const paragraphs = pastedParagraphs(text).map((line) =>
    schema.node('paragraph', null, line === '' ? [] : schema.text(line)),
  )
  return paragraphs.length === 0 ? Slice.empty : new Slice(Fragment.from(paragraphs), 1, 1)
}

/** From this width on, in characters, a line that is followed by another one has been broken by a program. */
const WRAPPED_WIDTH = 50

/**
 * The paragraphs of plain text. Blank lines separate them. Without blank lines each line is one; between blank lines, too,
 * unless the lines look like one paragraph that an e-mail program or a wire terminal has broken at its edge.
 */
export function pastedParagraphs(text: string): string[] {
  const groups = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((group) => group.split('\n').map((line) => line.trim()))
  return groups.flatMap((lines) => (groups.length > 1 && isWrapped(lines) ? [lines.join(' ')] : lines)).filter(Boolean)
}

/** Whether all lines but the last are long and about equally so, as lines are that broke at an edge. */
function isWrapped(lines: readonly string[]): boolean {
  const broken = lines.slice(0, -1).map((line) => line.length)
  return broken.length > 0 && Math.min(...broken) >= WRAPPED_WIDTH && Math.max(...broken) <= 2 * Math.min(...broken)
}
