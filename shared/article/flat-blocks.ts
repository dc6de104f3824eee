/** Converts the flat blocks of a field to the tree of an {@link Article}, and back. */
import type { Block, Inline, List, Mark } from './article.ts'
import { type Container, containersOf, pathBetween } from './block-path.ts'
import { type FlatBlock, type Formats, HARD_BREAK, type InlineRun } from './flat-text.ts'
import { isStoryLink } from './links.ts'

/** Returns the tree of a field's blocks. */
export function blocksOf(flat: readonly FlatBlock[]): Block[] {
  const tree = new Tree()
  const containers = containersOf(flat.map(({ kind }) => kind))
  for (const [index, { kind, content }] of flat.entries()) {
    const inlines = inlinesOf(content)
    tree.add(
      kind.h === null ? { type: 'paragraph', content: inlines } : { type: 'heading', level: kind.h, content: inlines },
      containers[index] ?? [],
    )
  }
  return tree.blocks
}

/** Builds the tree: places each block inside its quotes and lists. */
class Tree {
  readonly blocks: Block[] = []
  /** From the outside in: the containers of the last block, and where the next block of each goes. */
  #open: { container: Container; list: List | null; into: Block[] }[] = []

  add(block: Block, containers: readonly Container[]): void {
    const kept = containers.findIndex(({ id, item }, level) => {
      const open = this.#open[level]?.container
      return open?.id !== id || open.item !== item
    })
    const level = kept === -1 ? containers.length : kept
    /** The list that continues with another item at this block. */
    const openList = this.#open[level]?.container.id === containers[level]?.id ? this.#open[level]?.list : null
    this.#open = this.#open.slice(0, level)
    for (const [depth, container] of containers.slice(level).entries()) {
      const into: Block[] = []
      const around = this.#open.at(-1)?.into ?? this.blocks
      if (container.kind === 'quote') {
        around.push({ type: 'blockquote', content: into })
        this.#open.push({ container, list: null, into })
      } else {
        const list = (depth === 0 ? openList : null) ?? newList(container)
        if (list.items.length === 0) around.push(list)
        list.items.push(into)
        this.#open.push({ container, list, into })
      }
    }
    ;(this.#open.at(-1)?.into ?? this.blocks).push(block)
  }
}

function newList({ kind, start }: Container): List {
  return { type: kind === 'bullet' ? 'bulletList' : 'orderedList', start, items: [] }
}

function inlinesOf(content: readonly InlineRun[]): Inline[] {
  const inlines: Inline[] = []
  for (const run of content) {
    if (!('text' in run)) {
      if (run.node === HARD_BREAK) inlines.push({ type: 'hardBreak' })
      continue
    }
    const marks = marksOf(run.formats)
    const last = inlines.at(-1)
    if (last?.type === 'text' && sameMarks(last.marks, marks)) last.text += run.text
    else inlines.push({ type: 'text', text: run.text, marks })
  }
  return inlines
}

function marksOf({ bold, italic, link }: Formats): Mark[] {
  const marks: Mark[] = []
  if (isSet(bold)) marks.push({ type: 'bold' })
  if (isSet(italic)) marks.push({ type: 'italic' })
  if (isStoryLink(link)) marks.push({ type: 'link', href: link })
  return marks
}

/** Yjs ends a format with null. */
function isSet(format: unknown): boolean {
  return format !== null && format !== undefined && format !== false
}

function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && a.every((mark, index) => sameMark(mark, b[index]))
}

function sameMark(a: Mark, b: Mark | undefined): boolean {
  if (a.type === 'link') return b?.type === 'link' && a.href === b.href
  return a.type === b?.type
}

/** Returns the flat form of blocks; at least one block. */
export function flatBlocksOf(blocks: readonly Block[]): FlatBlock[] {
  const flat: FlatBlock[] = []
  let before: readonly Container[] = []
  let ids = 0
  const put = (block: Block, around: readonly Container[]): void => {
    switch (block.type) {
      case 'paragraph':
      case 'heading': {
        const h = block.type === 'heading' ? block.level : null
        flat.push({
          kind: { h, in: pathBetween(before, around), split: false },
          content: block.content.map(runOf),
        })
        before = around
        break
      }
      case 'blockquote': {
        const id = ++ids
        for (const child of block.content) put(child, [...around, { kind: 'quote', start: 1, id, item: 0 }])
        break
      }
      case 'bulletList':
      case 'orderedList': {
        const id = ++ids
        const kind = block.type === 'bulletList' ? 'bullet' : 'ordered'
        const start = kind === 'bullet' ? 1 : block.start
        for (const blocks of block.items) {
          const item = ++ids
          for (const child of blocks) put(child, [...around, { kind, start, id, item }])
        }
      }
    }
  }
  for (const block of blocks) put(block, [])
  return flat.length === 0 ? [{ kind: { h: null, in: null, split: false }, content: [] }] : flat
}

function runOf(inline: Inline): InlineRun {
  if (inline.type === 'hardBreak') return { node: HARD_BREAK, formats: {} }
  const formats = inline.marks.map((mark) => [mark.type, mark.type === 'link' ? mark.href : true])
  return { text: inline.text, formats: Object.fromEntries(formats) as Formats }
}
