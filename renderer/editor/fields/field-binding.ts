/**
 * Keeps an editor and the flat text of its field equal. What the person at this editor does becomes the fewest
 * insertions, deletions and formats; what comes from elsewhere becomes steps that touch only the blocks that changed.
 */
import type { Node, Schema } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { Mapping } from '@tiptap/pm/transform'
import * as Y from 'yjs'
import { containersOf, ContainerWalk, inLikeContainers, sameContainers } from '#shared/article/block-path.ts'
import { type BlockKind, createSeparator, type Delta, PLAIN, writeKind } from '#shared/article/flat-text.ts'
import { blockNodesOf, documentOf, hasContainers, hasHeadings, kindOf, type KnownContainers } from './block-nodes.ts'
import { FlatPositions, type Span } from './flat-positions.ts'
import { formatsOf } from './formats.ts'
import { type Change, changesBetween, reformatsBetween } from './local-changes.ts'
import { replaceChanged } from './replace-changed.ts'
import { blocksAfter, type SharedBlock } from './shared-blocks.ts'

/** Is told of each stretch of text that an editor deletes and inserts, in the transaction that does so. */
export interface EditWatcher {
  begin(edit: { deletes: boolean; inserts: boolean }): void
  /** Called before the stretch is deleted. `units`: as {@link FlatPositions.units} gives them. */
  deleting(text: Y.Text, index: number, units: Int32Array): void
  /** Called after the stretch was inserted. */
  inserted(text: Y.Text, index: number, units: Int32Array): void
  end(): void
}

/** The origin of the transactions that it makes is the binding itself. */
export class FieldBinding {
  readonly text: Y.Text
  readonly #schema: Schema
  #blocks: SharedBlock[]
  #doc: Node
  #flat: FlatPositions
  #known: KnownContainers = new Map()
  /** The transaction of the shared document in which this binding wrote last. */
  #wroteIn: Y.Transaction | null = null
  /** Up to where the document held a Yjs client's when this binding had written as that client last. */
  #wroteUpTo = { client: 0, clock: 0 }

  constructor(text: Y.Text, schema: Schema) {
    this.text = text
    this.#schema = schema
    this.#blocks = blocksAfter(schema, [], text.toDelta() as Delta)
    this.#doc = this.#documentOf(this.#blocks)
    this.#flat = new FlatPositions([])
    this.#adopt(this.#doc)
  }

  /** The editor document that shows what the shared text holds. */
  get doc(): Node {
    return this.#doc
  }

  /** Writes what the editor's person has done: `mapping` leads from {@link doc} to this document. */
  write(doc: Node, mapping: Mapping, watcher: EditWatcher): void {
    if (doc === this.#doc) return
    const known: KnownContainers = new Map()
    const old = this.#flat
    const now = new FlatPositions(blockNodesOf(doc, known))
    const changes = changesBetween(mapping, old, now)
    const reformats = reformatsBetween(changes, old, now)
    this.#transact((transaction) => {
      this.#wroteIn = transaction
      watcher.begin({
        deletes: changes.some(({ old }) => !isEmpty(old)),
        inserts: changes.some(({ now }) => !isEmpty(now)),
      })
      // A first separator that is not there cannot be deleted, nothing can come before it, and its block cannot be empty.
      const isFirstEmpty = now.blocks.length > 1 && now.blocks[0]?.node.content.size === 0
      if (changes[0]?.old.from === 0 || isFirstEmpty) this.#beginWithSeparator()
      // From the end, so that no change moves another one.
      for (const change of changes.toReversed()) this.#replace(change, old, now, watcher)
      for (const { from, to, formats } of reformats) this.text.format(this.#index(from), to - from, formats)
      this.#writeKinds(now)
      // Before the document tells of the edit: what hears of it may write at once, and that is read from here.
      this.#doc = doc
      this.#flat = now
      this.#known = known
      for (const [index, block] of this.#blocks.entries()) block.node = now.blocks[index]?.node ?? block.node
      watcher.end()
    })
  }

  #transact(write: (transaction: Y.Transaction) => void): void {
    if (this.text.doc === null) throw new Error('The field is in no document')
    this.text.doc.transact(write, this)
    const { clientID: client, store } = this.text.doc
    this.#wroteUpTo = { client, clock: Y.getState(store, client) }
  }

  /** Yjs begins a transaction while it reads a change, and tells of it only after what was written in answer to the change. */
  #hasWrittenSince({ beforeState }: Y.Transaction): boolean {
    const { client, clock } = this.#wroteUpTo
    return (beforeState.get(client) ?? 0) < clock
  }

  /** Returns the place in the shared text of an offset: one less where the text does not begin with a separator. */
  #index(offset: number): number {
    return offset - (this.#blocks[0]?.separator === null ? 1 : 0)
  }

  #beginWithSeparator(kind: BlockKind = PLAIN): void {
    const [first] = this.#blocks
    if (first === undefined || first.separator !== null) return
    const separator = createSeparator(kind)
    this.text.insertEmbed(0, separator)
    this.#blocks[0] = { ...first, separator, kind }
  }

  #replace(change: Change, old: FlatPositions, now: FlatPositions, watcher: EditWatcher): void {
    const { text } = this
    const index = this.#index(change.old.from)
    if (!isEmpty(change.old)) {
      watcher.deleting(text, index, old.units(change.old))
      text.delete(index, change.old.to - change.old.from)
    }
    const made = this.#insert(index, change.now, now)
    if (!isEmpty(change.now)) watcher.inserted(text, index, now.units(change.now))
    const first = old.separatorsBefore(change.old.from)
    this.#blocks.splice(first, old.separatorsBefore(change.old.to) - first, ...made)
  }

  /** Inserts a span of the new document. Returns the blocks that begin in it. */
  #insert(index: number, span: Span, now: FlatPositions): SharedBlock[] {
    const { text } = this
    const made: SharedBlock[] = []
    for (const piece of now.pieces(span)) {
      const at = index + piece.from - span.from
      if (piece.node === null) {
        const block = now.separatorsBefore(piece.from)
        const [node, before] = [now.blocks[block], now.blocks[block - 1]]
        if (node === undefined) throw new Error('A separator without a block')
        const split = before !== undefined && inLikeContainers(node.containers, before.containers)
        const kind = { ...kindOf(node, before), split }
        const separator = createSeparator(kind)
        text.insertEmbed(at, separator)
        made.push({ separator, kind, node: node.node })
      } else if (piece.text === null) {
        text.insertEmbed(at, { node: piece.node.type.name }, formatsOf(piece.node.marks))
      } else {
        text.insert(at, piece.text, formatsOf(piece.node.marks))
      }
    }
    return made
  }

  /** Corrects what separators say of blocks that are of another kind now. */
  #writeKinds(now: FlatPositions): void {
    if (this.#blocks.length !== now.blocks.length) throw new Error('The editor and the text have different blocks')
    const walk = new ContainerWalk()
    for (const [index, node] of now.blocks.entries()) {
      const block = this.#blocks[index]
      if (block === undefined) continue
      const before = now.blocks[index - 1]
      const said = walk.peek(block.kind)
      const isInPlace =
        !hasContainers(this.#schema) || sameContainers(said, walk.before, node.containers, before?.containers ?? [])
      const { h, in: path } = kindOf(node, before)
      const kind: BlockKind = {
        h: hasHeadings(this.#schema) ? h : block.kind.h,
        ...(isInPlace ? { in: block.kind.in, split: block.kind.split } : { in: path, split: false }),
      }
      walk.next(kind)
      if (kind.h === block.kind.h && isInPlace) continue
      if (block.separator === null) this.#beginWithSeparator(kind)
      else {
        writeKind(block.separator, kind)
        this.#blocks[index] = { ...block, kind }
      }
    }
  }

  /**
   * Returns the transaction that brings an editor a change of the shared text; null when there is nothing to show. `event`
   * is the text's own event, null when only separators have changed.
   */
  read(event: Y.YTextEvent | null, transaction: Y.Transaction, state: EditorState): Transaction | null {
    // What others wrote beside this binding, in the same step or before it, is not told apart from its own.
    if (transaction === this.#wroteIn || this.#hasWrittenSince(transaction)) return this.reread(state)
    const delta = (event?.delta ?? []) as Delta
    const { selection } = state
    const [anchor, head] = [this.indexAt(selection.anchor), this.indexAt(selection.head)]
    const tr = this.#show(blocksAfter(this.#schema, this.#blocks, delta), state)
    if (tr === null || !(selection instanceof TextSelection)) return tr
    // An editor's own mapping loses the caret where paragraphs are joined or made again.
    const moved = (index: number) => this.#positionAt(indexAfter(delta, index))
    tr.setSelection(TextSelection.between(tr.doc.resolve(moved(anchor)), tr.doc.resolve(moved(head))))
    return tr
  }

  /** Returns the transaction that gives an editor what the shared text holds; null when it has that. */
  reread(state: EditorState): Transaction | null {
    return this.#show(blocksAfter(this.#schema, [], this.text.toDelta() as Delta), state)
  }

  #show(blocks: SharedBlock[], state: EditorState): Transaction | null {
    this.#blocks = blocks
    const { tr } = state
    replaceChanged(tr, this.#documentOf(blocks))
    this.#adopt(tr.doc)
    return tr.docChanged ? tr : null
  }

  #adopt(doc: Node): void {
    this.#known = new Map()
    this.#doc = doc
    this.#flat = new FlatPositions(blockNodesOf(doc, this.#known))
    for (const [index, { node }] of this.#flat.blocks.entries()) {
      const block = this.#blocks[index]
      if (block !== undefined) block.node = node
    }
  }

  #documentOf(blocks: readonly SharedBlock[]): Node {
    const containers = hasContainers(this.#schema) ? containersOf(blocks.map(({ kind }) => kind)) : []
    return documentOf(
      this.#schema,
      blocks.map(({ node }, index) => ({ node, containers: containers[index] ?? [] })),
      this.#known,
    )
  }

  /** Returns the place in the shared text of a position in {@link doc}; one between blocks is at the end of the one before. */
  indexAt(position: number): number {
    return Math.max(0, this.#index(this.#flat.offset(position, -1)))
  }

  #positionAt(index: number): number {
    return this.#flat.position(Math.min(this.#flat.length, index - this.#index(0)))
  }

  /** Returns a position in {@link doc} as a place in the shared text that stays with its words. */
  relative(position: number): Y.RelativePosition {
    return Y.createRelativePositionFromTypeIndex(this.text, this.indexAt(position))
  }

  /** Returns where a place of the shared text is in {@link doc}; null when it is not in this text. */
  absolute(place: Y.RelativePosition): number | null {
    const { doc } = this.text
    const found = doc === null ? null : Y.createAbsolutePositionFromRelativePosition(place, doc)
    return found?.type === this.text ? this.#positionAt(found.index) : null
  }
}

const isEmpty = ({ from, to }: Span) => from === to

/** Returns where a place of a text is after a change of it; what is inserted right there comes after it. */
function indexAfter(delta: Delta, index: number): number {
  let at = 0
  let shift = 0
  for (const { insert, retain, delete: deleted } of delta) {
    if (at > index || (at === index && insert !== undefined)) break
    if (retain !== undefined) at += retain
    else if (deleted !== undefined) {
      shift -= Math.min(deleted, index - at)
      at += deleted
    } else {
      shift += typeof insert === 'string' ? insert.length : 1
    }
  }
  return index + shift
}
