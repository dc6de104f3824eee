/**
 * Keeps an editor and the flat text of its field equal. Local edits become the fewest insertions, deletions and
 * formats. Remote changes become steps that touch only the changed blocks.
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

/** Notified of each run of text that an editor deletes or inserts, within the same transaction. */
export interface EditWatcher {
  begin(edit: { deletes: boolean; inserts: boolean }): void
  /** Called before the text is deleted. `units` is in the form of {@link FlatPositions.units}. */
  deleting(text: Y.Text, index: number, units: Int32Array): void
  /** Called after the text was inserted. */
  inserted(text: Y.Text, index: number, units: Int32Array): void
  end(): void
}

/** The binding itself is the origin of its transactions. */
export class FieldBinding {
  readonly text: Y.Text
  readonly #schema: Schema
  #blocks: SharedBlock[]
  #doc: Node
  #flat: FlatPositions
  #known: KnownContainers = new Map()
  /** The last transaction of the shared document in which this binding wrote. */
  #wroteIn: Y.Transaction | null = null
  /** The clock of the client under which this binding wrote last, after that write. */
  #wroteUpTo = { client: 0, clock: 0 }

  constructor(text: Y.Text, schema: Schema) {
    this.text = text
    this.#schema = schema
    this.#blocks = blocksAfter(schema, [], text.toDelta() as Delta)
    this.#doc = this.#documentOf(this.#blocks)
    this.#flat = new FlatPositions([])
    this.#adopt(this.#doc)
  }

  /** The editor document that shows the shared text. */
  get doc(): Node {
    return this.#doc
  }

  /** Writes local edits. `mapping` leads from {@link doc} to the new document. */
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
      // A missing first separator cannot be deleted, nothing can come before it, and its block cannot be empty.
      const isFirstEmpty = now.blocks.length > 1 && now.blocks[0]?.node.content.size === 0
      if (changes[0]?.old.from === 0 || isFirstEmpty) this.#beginWithSeparator()
      // From the end, so that changes do not move each other.
      for (const change of changes.toReversed()) this.#replace(change, old, now, watcher)
      for (const { from, to, formats } of reformats) this.text.format(this.#index(from), to - from, formats)
      this.#writeKinds(now)
      // Set before the transaction ends: its observers may write at once, and they read these.
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

  /** Yjs opens a transaction while it reads a change, and fires its events only after the writes made in response. */
  #hasWrittenSince({ beforeState }: Y.Transaction): boolean {
    const { client, clock } = this.#wroteUpTo
    return (beforeState.get(client) ?? 0) < clock
  }

  /** Returns the index in the shared text of an offset: one less if the text does not start with a separator. */
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

  /** Inserts a span of the new document. Returns the blocks that start in it. */
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

  /** Updates the separators of blocks whose kind has changed. */
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
   * Returns the transaction that brings a change of the shared text to an editor; null if nothing visible changed.
   * `event` is the text's own event, or null when only separators have changed.
   */
  read(event: Y.YTextEvent | null, transaction: Y.Transaction, state: EditorState): Transaction | null {
    // Changes by others beside this binding, in the same step or before it, cannot be told from its own.
    if (transaction === this.#wroteIn || this.#hasWrittenSince(transaction)) return this.reread(state)
    const delta = (event?.delta ?? []) as Delta
    const { selection } = state
    const [anchor, head] = [this.indexAt(selection.anchor), this.indexAt(selection.head)]
    const tr = this.#show(blocksAfter(this.#schema, this.#blocks, delta), state)
    if (tr === null || !(selection instanceof TextSelection)) return tr
    // The editor's own mapping loses the caret where paragraphs are joined or rebuilt.
    const moved = (index: number) => this.#positionAt(indexAfter(delta, index))
    tr.setSelection(TextSelection.between(tr.doc.resolve(moved(anchor)), tr.doc.resolve(moved(head))))
    return tr
  }

  /** Returns the transaction that makes an editor show the shared text; null if it already does. */
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

  /**
   * Returns the index in the shared text of a position in {@link doc}. A position between blocks is at the end of the
   * first.
   */
  indexAt(position: number): number {
    return Math.max(0, this.#index(this.#flat.offset(position, -1)))
  }

  #positionAt(index: number): number {
    return this.#flat.position(Math.min(this.#flat.length, index - this.#index(0)))
  }

  /** Returns a position in {@link doc} as a place in the shared text that moves with its words. */
  relative(position: number): Y.RelativePosition {
    return Y.createRelativePositionFromTypeIndex(this.text, this.indexAt(position))
  }

  /** Returns the position in {@link doc} of a place in the shared text; null if the place is not in this text. */
  absolute(place: Y.RelativePosition): number | null {
    const { doc } = this.text
    const found = doc === null ? null : Y.createAbsolutePositionFromRelativePosition(place, doc)
    return found?.type === this.text ? this.#positionAt(found.index) : null
  }
}

const isEmpty = ({ from, to }: Span) => from === to

/** Returns where an index of a text is after a change. Text inserted exactly there comes after it. */
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
