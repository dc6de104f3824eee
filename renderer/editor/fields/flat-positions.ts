/** Lays the blocks of an editor's document out flat, and maps its positions to offsets. */
import type { Node } from '@tiptap/pm/model'
import type { BlockNode } from './block-nodes.ts'

/** Offsets in flat text. A separator, a character (UTF-16 unit) and a line break count as one each. */
export interface Span {
  from: number
  to: number
}

/** The values in {@link FlatPositions.units} for a separator and for a line break. */
export const SEPARATOR_UNIT = -1
export const BREAK_UNIT = -2

/** Offset 0 is the separator of the first block, even if the shared text has none there. */
export class FlatPositions {
  readonly blocks: readonly BlockNode[]
  /** By block: the offset where its content starts. */
  readonly starts: readonly number[]
  readonly length: number

  constructor(blocks: readonly BlockNode[]) {
    this.blocks = blocks
    let at = 0
    this.starts = blocks.map(({ node }) => {
      const start = at + 1
      at = start + node.content.size
      return start
    })
    this.length = at
  }

  /** Returns the number of separators before an offset. */
  separatorsBefore(offset: number): number {
    return this.#last((index) => this.#startOf(index) <= offset) + 1
  }

  /** Returns the index of the block whose content includes this offset, ends counted. */
  blockAt(offset: number): number {
    return Math.max(0, this.separatorsBefore(offset) - 1)
  }

  /** Returns the offset of a position. Between two blocks it is before (-1) or after (1) their separator. */
  offset(position: number, side: -1 | 1): number {
    const index = this.#last((at) => (this.blocks[at]?.start ?? 0) <= position)
    const block = this.blocks[index]
    if (block === undefined) return side === -1 ? 0 : 1
    const inside = position - block.start
    const { size } = block.node.content
    if (inside <= size) return this.#startOf(index) + inside
    return Math.min(this.length, this.#startOf(index) + size + (side === 1 ? 1 : 0))
  }

  position(offset: number): number {
    const index = this.blockAt(offset)
    const block = this.blocks[index]
    if (block === undefined) return 0
    return block.start + Math.min(Math.max(0, offset - this.#startOf(index)), block.node.content.size)
  }

  /** Returns the code units of a span, with {@link SEPARATOR_UNIT} and {@link BREAK_UNIT}. */
  units({ from, to }: Span): Int32Array {
    const units = new Int32Array(to - from)
    for (const piece of this.pieces({ from, to })) {
      const { node, text } = piece
      if (text === null) units.fill(node === null ? SEPARATOR_UNIT : BREAK_UNIT, piece.from - from, piece.to - from)
      else for (let at = 0; at < text.length; at++) units[piece.from - from + at] = text.charCodeAt(at)
    }
    return units
  }

  /** Yields the pieces of a span: runs of text with the same marks, line breaks, and separators (null node). */
  *pieces({ from, to }: Span): Generator<Span & { node: Node | null; text: string | null }> {
    if (from >= to) return
    for (let index = this.blockAt(from); index < this.blocks.length; index++) {
      const block = this.blocks[index]
      let start = this.#startOf(index)
      if (block === undefined || start - 1 >= to) return
      if (start - 1 >= from) yield { from: start - 1, to: start, node: null, text: null }
      for (const node of block.node.content.content) {
        const end = start + node.nodeSize
        if (start >= to) return
        if (end > from) {
          const piece = { from: Math.max(from, start), to: Math.min(to, end) }
          yield { ...piece, node, text: node.text?.slice(piece.from - start, piece.to - start) ?? null }
        }
        start = end
      }
    }
  }

  #startOf(index: number): number {
    return this.starts[index] ?? 0
  }

  /** Returns the last index for which `holds` is true (binary search: true before false); -1 if none. */
  #last(holds: (index: number) => boolean): number {
    let low = -1
    let high = this.blocks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (holds(middle)) low = middle
      else high = middle - 1
    }
    return low
  }
}
