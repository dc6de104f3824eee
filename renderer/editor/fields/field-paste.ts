/** Pasting and dropping into a field: all words come in, with the formatting that the field allows. */
import { Extension } from '@tiptap/core'
import { Fragment, Slice } from '@tiptap/pm/model'
import type { Schema } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { isOneLine } from '#shared/article/fields.ts'
import type { FieldKind } from '#shared/article/fields.ts'

/** The paste rules of a field. The parser drops what its schema does not know (pictures, scripts, tables). */
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
    // Keep a no-break space: the writer put it there ("Reuters\u00a0News").
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

/** In characters. A line this long that is followed by another line was probably wrapped by a program. */
const WRAPPED_WIDTH = 50

/**
 * Returns the paragraphs of plain text. Blank lines separate paragraphs. Without blank lines each line is a paragraph;
 * between blank lines, too, unless the lines look like one paragraph wrapped by an email program or a wire terminal.
 */
export function pastedParagraphs(text: string): string[] {
  const groups = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((group) => group.split('\n').map((line) => line.trim()))
  return groups.flatMap((lines) => (groups.length > 1 && isWrapped(lines) ? [lines.join(' ')] : lines)).filter(Boolean)
}

/** Returns whether all lines but the last are long and of similar length, as wrapped lines are. */
function isWrapped(lines: readonly string[]): boolean {
  const broken = lines.slice(0, -1).map((line) => line.length)
  return broken.length > 0 && Math.min(...broken) >= WRAPPED_WIDTH && Math.max(...broken) <= 2 * Math.min(...broken)
}
