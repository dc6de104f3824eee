/** Text of several lines in markup: each `p` or the like is a line, and so is what stands between `br`s. */
import { wireLine } from '../wire-text.ts'
import { oneLine, type TreeElement, type TreeNode } from './tree.ts'

/** The lines of an element, joined by line feeds; undefined when there are no words. */
export function proseOf(element: TreeElement | undefined): string | undefined {
  if (element === undefined) return undefined
  const lines = split(element.children)
    .map((line) => wireLine(oneLine(line)))
    .filter((line) => line !== '')
  return lines.length === 0 ? undefined : lines.join('\n')
}

const LINES = new Set(['p', 'br', 'div', 'li', 'block', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

/** A mark that no text of a document can hold. */
const BREAK = '\u0000'

function split(nodes: readonly TreeNode[]): string[] {
  return nodes.map(broken).join('').split(BREAK)
}

function broken(node: TreeNode): string {
  if (typeof node === 'string') return node
  const inner = node.children.map(broken).join('')
  return LINES.has(node.name) ? `${BREAK}${inner}${BREAK}` : inner
}
