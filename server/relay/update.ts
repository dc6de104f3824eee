import * as Y from 'yjs'
import { isKnownRoot } from '#shared/story/parts.ts'
import type { IdRange } from './id-range.ts'
import type { Placed } from './nesting.ts'

/** The ids that a Yjs update inserts and deletes, and what it refers to. */
export interface UpdateContents {
  inserted: IdRange[]
  deleted: IdRange[]
  /** The clock up to which the update refers to each client, its own included. */
  needs: Map<number, number>
  /** The place of each item. */
  placed: Placed[]
  /** The root types that it names. An item beside another names none. */
  roots: Set<string>
}

/** Content that lists and maps can hold, and texts cannot. */
const VALUES = [Y.ContentAny, Y.ContentJSON, Y.ContentBinary, Y.ContentDoc] as const

/**
 * Reads an untrusted Yjs V1 update. Throws when it cannot be read, and when it can but would make every document throw
 * that it is applied to: a struct without length, or one that refers to its own client's future.
 */
export function readUpdate(bytes: Uint8Array): UpdateContents {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const inserted: IdRange[] = []
  const needs = new Map<number, number>()
  const placed: Placed[] = []
  const roots = new Set<string>()
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (struct.length < 1) throw new RangeError('A struct without length')
    if (struct instanceof Y.Skip) continue
    if (struct instanceof Y.Item) {
      if (typeof struct.parent === 'string') roots.add(struct.parent)
      const within = struct.parent instanceof Y.ID ? struct.parent : null
      const beside = typeof struct.parent === 'string' ? null : (struct.origin ?? struct.rightOrigin)
      const { content, length } = struct
      const holds = content instanceof Y.ContentType
      const isText = content instanceof Y.ContentString
      const isKeyed = struct.parentSub !== null
      const isValue = VALUES.some((Value) => content instanceof Value)
      const root = typeof struct.parent === 'string' ? struct.parent : null
      placed.push({ client, clock, length, within, beside, root, holds, isText, isKeyed, isValue })
      for (const id of [struct.origin, struct.rightOrigin, within]) {
        if (id === null) continue
        if (id.client === client && id.clock >= clock) throw new RangeError('A struct that refers to what follows it')
        if (id.clock >= (needs.get(id.client) ?? 0)) needs.set(id.client, id.clock + 1)
      }
    }
    const last = inserted.at(-1)
    if (last?.client === client && last.clock + last.length === clock) last.length += struct.length
    else inserted.push({ client, clock, length: struct.length })
  }
  const deleted: IdRange[] = []
  for (const [client, items] of ds.clients) {
    for (const { clock, len } of items) {
      if (len < 1) throw new RangeError('A deletion without length')
      deleted.push({ client, clock, length: len })
    }
  }
  return { inserted, deleted, needs, placed, roots }
}

/** Returns whether an update changes nothing. */
export function isEmpty({ inserted, deleted }: UpdateContents): boolean {
  return inserted.length === 0 && deleted.length === 0
}

/** Returns whether a story has every root type that an update names: see R34 in PROTOCOL.md. */
export function hasKnownRoots({ roots }: UpdateContents): boolean {
  return [...roots].every(isKnownRoot)
}
