/**
 * y-tiptap makes editor nodes of shared ones, and deletes from the shared document, for everybody, what the schema
 * refuses: a node of a later version, a list whose items were deleted from two sides. Nothing is ever deleted because an
 * editor could not show it, so here the schema refuses nothing: it shows the words of what it does not know.
 */
import { Fragment } from '@tiptap/pm/model'
import type { Attrs, Mark, Node, NodeType, Schema } from '@tiptap/pm/model'

/** Makes a schema answer with a valid node or text whatever it is asked for. */
export function makeTolerant(schema: Schema): void {
  const node = schema.node.bind(schema)
  const text = schema.text.bind(schema)
  const mark = schema.mark.bind(schema)
  schema.node = (type, attrs, content, marks) => {
    try {
      return node(type, attrs, content, marks)
    } catch {
      return nearest(schema, typeof type === 'string' ? schema.nodes[type] : type, attrs, Fragment.from(content))
    }
  }
  schema.text = (string, marks) =>
    text.call(
      schema,
      string,
      marks?.filter((known) => known !== UNKNOWN),
    )
  schema.mark = (type, attrs) => {
    try {
      return mark(type, attrs)
    } catch {
      return UNKNOWN
    }
  }
}

/** What stands for a mark that the schema does not know, until its text is made without it. */
const UNKNOWN = Symbol('an unknown mark') as unknown as Mark

/** A node that has what it needs, or else a paragraph with the words. */
function nearest(schema: Schema, type: NodeType | undefined, attrs: Attrs | null | undefined, content: Fragment): Node {
  const filled = type?.createAndFill(attrs, content)
  if (filled) return filled
  const words = content.textBetween(0, content.size, ' ')
  const block = type?.isTextblock === true ? type : schema.nodes['paragraph']
  if (block === undefined) throw new Error('Every field has paragraphs')
  return block.create(attrs, words === '' ? null : schema.text(words))
}
