/**
 * Converts an editor's document to a list of text blocks, each with the quotes and lists around it, and back. Unchanged
 * nodes are reused, so that an editor redraws only what changed.
 */
import type { Fragment, Node, Schema } from '@tiptap/pm/model'
import { type Container, pathBetween, sharedNodes } from '#shared/article/block-path.ts'
import { type BlockKind, HARD_BREAK, type InlineRun } from '#shared/article/flat-text.ts'
import { marksOf } from './formats.ts'

/** Shown in place of an embed that this version does not know. */
const OBJECT_REPLACEMENT = '\ufffc'

/** A paragraph or subhead of a document. */
export interface BlockNode {
  node: Node
  /** The position where its content starts. */
  start: number
  /** From the outside in. */
  containers: Container[]
}

/** The quotes, lists and items of a document, by their first child. */
export type KnownContainers = Map<Node, Node>

export function inlineNode(schema: Schema, run: InlineRun): Node {
  const marks = marksOf(schema, run.formats)
  if ('text' in run) return schema.text(run.text, marks)
  const lineBreak = schema.nodes[HARD_BREAK]
  return run.node === HARD_BREAK && lineBreak !== undefined
    ? lineBreak.create(null, null, marks)
    : schema.text(OBJECT_REPLACEMENT, marks)
}

/** Returns the node of a block; `given` itself if it already matches. */
export function textBlock(schema: Schema, { h }: Pick<BlockKind, 'h'>, content: Fragment, given?: Node): Node {
  const heading = h === null ? undefined : schema.nodes['heading']
  const type = heading ?? schema.nodes['paragraph']
  if (type === undefined) throw new Error('Every field has paragraphs')
  if (given?.type === type && given.content === content && (heading === undefined || given.attrs['level'] === h)) {
    return given
  }
  return type.create(heading === undefined ? null : { level: h }, content)
}

/** Returns whether blocks of this schema can be in quotes and lists. */
export function hasContainers(schema: Schema): boolean {
  return schema.nodes['blockquote'] !== undefined
}

/** Returns whether blocks of this schema can be subheads. */
export function hasHeadings(schema: Schema): boolean {
  return schema.nodes['heading'] !== undefined
}

const LIST_NODES = { bullet: 'bulletList', ordered: 'orderedList' } as const

/** Returns the document of these blocks. Containers in `known` that hold the same nodes are reused. */
export function documentOf(
  schema: Schema,
  blocks: readonly Pick<BlockNode, 'node' | 'containers'>[],
  known?: KnownContainers,
): Node {
  const root: OpenNode = { name: schema.topNodeType.name, start: 1, children: [] }
  const stack = [root]
  const close = () => {
    const closed = stack.pop()
    if (closed !== undefined) stack.at(-1)?.children.push(containerNode(schema, closed, known))
  }
  let before: readonly Container[] = []
  for (const { node, containers } of blocks) {
    const keep = sharedNodes(containers, before)
    while (stack.length > keep + 1) close()
    let depth = 0
    for (const { kind, start } of containers) {
      const names = kind === 'quote' ? ['blockquote'] : [LIST_NODES[kind], 'listItem']
      for (const name of names) if (depth++ >= keep) stack.push({ name, start, children: [] })
    }
    stack.at(-1)?.children.push(node)
    before = containers
  }
  while (stack.length > 1) close()
  return schema.topNodeType.create(null, root.children)
}

interface OpenNode {
  name: string
  /** The first number of an ordered list. */
  start: number
  children: Node[]
}

function containerNode(schema: Schema, { name, start, children }: OpenNode, known?: KnownContainers): Node {
  const type = schema.nodes[name]
  const [first] = children
  if (type === undefined || first === undefined) throw new Error(`The schema has no ${name}, or it has no content`)
  const old = known?.get(first)
  const isSame =
    old?.type === type &&
    (name !== 'orderedList' || old.attrs['start'] === start) &&
    old.childCount === children.length &&
    children.every((child, index) => old.child(index) === child)
  return isSame ? old : type.create(name === 'orderedList' ? { start } : null, children)
}

/** Returns the paragraphs and subheads of a document in order. Fills `known` with the containers around them. */
export function blockNodesOf(doc: Node, known?: KnownContainers): BlockNode[] {
  const blocks: BlockNode[] = []
  let ids = 0
  const walk = (parent: Node, start: number, around: Container[]): void => {
    let at = start
    parent.forEach((node) => {
      const inside = at + 1
      at += node.nodeSize
      if (node.isTextblock) {
        blocks.push({ node, start: inside, containers: around })
        return
      }
      if (node.firstChild !== null) known?.set(node.firstChild, node)
      switch (node.type.name) {
        case 'blockquote':
          walk(node, inside, [...around, { kind: 'quote', start: 1, id: ++ids, item: 0 }])
          break
        case 'bulletList':
          walk(node, inside, [...around, { kind: 'bullet', start: 1, id: ++ids, item: 0 }])
          break
        case 'orderedList':
          walk(node, inside, [...around, { kind: 'ordered', start: Number(node.attrs['start']), id: ++ids, item: 0 }])
          break
        case 'listItem': {
          const list = around.at(-1)
          walk(node, inside, list === undefined ? around : [...around.slice(0, -1), { ...list, item: ++ids }])
          break
        }
        default:
          walk(node, inside, around)
      }
    })
  }
  walk(doc, 0, [])
  return blocks
}

/** Returns the kind of a block that follows `before`. */
export function kindOf({ node, containers }: BlockNode, before: BlockNode | undefined): Omit<BlockKind, 'split'> {
  const level: unknown = node.type.name === 'heading' ? node.attrs['level'] : null
  return { h: level === 2 || level === 3 ? level : null, in: pathBetween(before?.containers ?? [], containers) }
}
