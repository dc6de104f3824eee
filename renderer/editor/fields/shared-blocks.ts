/** Follows the blocks of a field as its shared text changes. */
import { Fragment, type Node, type Schema } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import { type BlockKind, type Delta, embedRun, type Formats, PLAIN, readKind } from '#shared/article/flat-text.ts'
import { inlineNode, textBlock } from './block-nodes.ts'
import { formatsOf, marksOf } from './formats.ts'

export interface SharedBlock {
  /** Null for text before the first separator. */
  separator: Y.Map<unknown> | null
  kind: BlockKind
  node: Node
}

/** Returns the blocks after a change of the text. Unchanged blocks keep their nodes. */
export function blocksAfter(schema: Schema, before: readonly SharedBlock[], delta: Delta): SharedBlock[] {
  const blocks = new BlockBuilder(schema)
  const old = new BlockReader(before, blocks)
  for (const { insert, retain, delete: deleted, attributes } of delta) {
    if (retain !== undefined) old.take(retain, attributes ?? KEEP)
    else if (deleted !== undefined) old.take(deleted, DROP)
    else if (typeof insert !== 'string') blocks.add(embedRun(insert, attributes ?? {}))
    else if (insert !== '') blocks.add({ text: insert, formats: attributes ?? {} })
  }
  old.take(Infinity, KEEP)
  return blocks.end()
}

const KEEP = Symbol('kept')
const DROP = Symbol('deleted')

/** Walks the old blocks and passes on what stays. */
class BlockReader {
  readonly #blocks: readonly SharedBlock[]
  readonly #to: BlockBuilder
  #index = 0
  /** Offset in the content of the block; -1 before its separator. */
  #offset: number

  constructor(blocks: readonly SharedBlock[], to: BlockBuilder) {
    this.#blocks = blocks
    this.#to = to
    this.#offset = this.#startOf(0)
  }

  /** Takes `count` units and keeps, drops or reformats them. */
  take(count: number, how: typeof KEEP | typeof DROP | Formats): void {
    let left = count
    for (let block = this.#blocks[this.#index]; left > 0 && block !== undefined; block = this.#blocks[this.#index]) {
      if (this.#offset === -1) {
        if (how !== DROP) this.#to.begin(block)
        this.#offset = 0
        left--
        continue
      }
      const { size } = block.node.content
      const end = Math.min(size, this.#offset + left)
      left -= end - this.#offset
      if (how === KEEP) this.#to.keep(block, this.#offset, end)
      else if (how !== DROP) this.#to.reformat(block, this.#offset, end, how)
      this.#offset = end
      if (end < size) return
      this.#index++
      this.#offset = this.#startOf(this.#index)
    }
  }

  #startOf(index: number): number {
    return this.#blocks[index]?.separator === null ? 0 : -1
  }
}

class BlockBuilder {
  readonly #schema: Schema
  readonly #blocks: SharedBlock[] = []
  #separator: Y.Map<unknown> | null = null
  #parts: Node[] = []
  /** The old block whose content, complete and alone, this block has. */
  #whole: Node | null = null

  constructor(schema: Schema) {
    this.#schema = schema
  }

  /** Starts an old block, with its separator. */
  begin({ separator, node }: SharedBlock): void {
    this.#close()
    this.#separator = separator
    if (node.content.size === 0) this.#whole = node
  }

  keep({ node }: SharedBlock, from: number, to: number): void {
    if (from === to) return
    if (from === 0 && to === node.content.size && this.#isEmpty()) this.#whole = node
    else this.#push(node.content.cut(from, to).content)
  }

  reformat({ node }: SharedBlock, from: number, to: number, change: Formats): void {
    if (from === to) return
    const cut = node.content.cut(from, to).content
    this.#push(cut.map((part) => part.mark(marksOf(this.#schema, { ...formatsOf(part.marks), ...change }))))
  }

  add(run: ReturnType<typeof embedRun>): void {
    if ('separator' in run) {
      this.#close()
      this.#separator = run.separator
    } else {
      this.#push([inlineNode(this.#schema, run)])
    }
  }

  end(): SharedBlock[] {
    this.#close()
    if (this.#blocks.length === 0) this.#add()
    return this.#blocks
  }

  #isEmpty(): boolean {
    return this.#parts.length === 0 && (this.#whole === null || this.#whole.content.size === 0)
  }

  #push(parts: readonly Node[]): void {
    if (this.#whole !== null) this.#parts.push(...this.#whole.content.content)
    this.#whole = null
    this.#parts.push(...parts)
  }

  #close(): void {
    // Text that starts with a separator has no block before it.
    if (this.#separator !== null || !this.#isEmpty()) this.#add()
    this.#separator = null
    this.#parts = []
    this.#whole = null
  }

  #add(): void {
    const kind = this.#separator === null ? PLAIN : readKind(this.#separator)
    const content = this.#whole?.content ?? Fragment.from(joined(this.#parts))
    const node = textBlock(this.#schema, kind, content, this.#whole ?? undefined)
    this.#blocks.push({ separator: this.#separator, kind, node })
  }
}

/** Merges adjacent text nodes with the same marks, as an editor does. */
function joined(nodes: readonly Node[]): Node[] {
  const result: Node[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (last?.isText === true && node.isText && last.sameMarkup(node)) {
      result[result.length - 1] = node.type.schema.text((last.text ?? '') + (node.text ?? ''), last.marks)
    } else {
      result.push(node)
    }
  }
  return result
}
