/**
 * A field as flat text: one root `Y.Text` of characters, line breaks and block separators. Any sequence of these is a
 * valid field, so the result of a merge never needs repair.
 *
 *   character         formats  bold: true   italic: true   link: '<address>'
 *   line break        the embed { node: 'hardBreak' }; other embeds are kept, and shown as U+FFFC
 *   block separator   an embedded Y.Map: starts a block and holds its kind
 *     h               2 or 3: a subhead of this level. Absent: a paragraph
 *     in              the quotes and lists around it, as a path (see block-path.ts). Absent: none
 *     split           true: made by splitting a block (see `BlockPlace.split`)
 *
 * A separator stands before its block: a block that is cut takes its own kind along and leaves the kind of the next one
 * alone. Text before the first separator is a plain paragraph. The seed starts each field with a separator, so that
 * case arises only when two people delete everything at once.
 *
 * A separator is a map, not an embed with formats: Yjs keeps formats as ranges, and a separator inserted beside one
 * that is being formatted takes on that format.
 */
import * as Y from 'yjs'
import type { BlockPlace } from './block-path.ts'

export interface BlockKind extends BlockPlace {
  /** A subhead's level; null for a paragraph. */
  h: 2 | 3 | null
}

/** The formats of a run of text, by name. Unknown names are kept. */
export type Formats = Record<string, unknown>

/** Characters with the same formats, or one embed. */
export type InlineRun = { text: string; formats: Formats } | { node: string; formats: Formats }

/** A block separator as stored in the document. */
export interface SeparatorRun {
  separator: Y.Map<unknown>
}
export type FlatRun = InlineRun | SeparatorRun

export interface FlatBlock {
  kind: BlockKind
  content: InlineRun[]
}

export const PLAIN: BlockKind = { h: null, in: null, split: false }
export const HARD_BREAK = 'hardBreak'

const UNKNOWN_NODE = 'unknown'

/** The return type of `Y.Text.toDelta`, and the delta of its events. */
export type Delta = { insert?: unknown; retain?: number; delete?: number; attributes?: Formats }[]

/** Returns the kind of block that a separator starts. Null stands for text without a separator: a plain paragraph. */
export function readKind(separator: Y.Map<unknown> | null): BlockKind {
  if (separator === null) return PLAIN
  const [h, path] = [separator.get('h'), separator.get('in')]
  return {
    h: h === 2 || h === 3 ? h : null,
    in: typeof path === 'string' && path !== '' ? path : null,
    split: separator.get('split') === true,
  }
}

/** Writes the changed values only. */
export function writeKind(separator: Y.Map<unknown>, kind: BlockKind): void {
  const before = readKind(separator)
  for (const [key, value] of entriesOf(kind)) {
    if (before[key] === kind[key]) continue
    if (value === null) separator.delete(key)
    else separator.set(key, value)
  }
}

export function createSeparator(kind: BlockKind): Y.Map<unknown> {
  return new Y.Map(entriesOf(kind).filter(([, value]) => value !== null))
}

/** Returns the entries of a separator's map; null for an absent value. */
function entriesOf({ h, in: path, split }: BlockKind): [keyof BlockKind, unknown][] {
  return [
    ['h', h],
    ['in', path],
    ['split', split ? true : null],
  ]
}

/** Returns an embed as a run: a separator, or a node by name. */
export function embedRun(embed: unknown, formats: Formats): FlatRun {
  if (embed instanceof Y.Map) return { separator: embed }
  const node = typeof embed === 'object' && embed !== null && 'node' in embed ? embed.node : null
  return { node: typeof node === 'string' ? node : UNKNOWN_NODE, formats }
}

export function readRuns(text: Y.Text): FlatRun[] {
  return (text.toDelta() as Delta).map(({ insert, attributes = {} }) =>
    typeof insert === 'string' ? { text: insert, formats: attributes } : embedRun(insert, attributes),
  )
}

/** Returns the blocks of a field; at least one. */
export function readBlocks(text: Y.Text): FlatBlock[] {
  const blocks: FlatBlock[] = []
  for (const run of readRuns(text)) {
    if ('separator' in run) blocks.push({ kind: readKind(run.separator), content: [] })
    else {
      if (blocks.length === 0) blocks.push({ kind: PLAIN, content: [] })
      blocks.at(-1)?.content.push(run)
    }
  }
  return blocks.length === 0 ? [{ kind: PLAIN, content: [] }] : blocks
}

/**
 * Replaces the content of a field; its first separator stays. Lone surrogates become U+FFFD, as they would on the wire.
 */
export function writeBlocks(text: Y.Text, blocks: readonly FlatBlock[]): void {
  const [first] = readRuns(text)
  const kept = first !== undefined && 'separator' in first && blocks.length > 0 ? first.separator : null
  text.delete(kept === null ? 0 : 1, text.length - (kept === null ? 0 : 1))
  if (kept !== null) writeKind(kept, blocks[0]?.kind ?? PLAIN)
  // One delta: Yjs walks the text once.
  const inserts = blocks.flatMap(({ kind, content }, index) => [
    ...(index === 0 && kept !== null ? [] : [{ insert: createSeparator(kind) }]),
    ...content.map((run) => ({
      insert: 'text' in run ? run.text.toWellFormed() : { node: run.node },
      attributes: { ...run.formats },
    })),
  ])
  text.applyDelta(kept === null ? inserts : [{ retain: 1 }, ...inserts])
}
