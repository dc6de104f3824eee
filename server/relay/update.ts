import * as Y from 'yjs'
import type { IdRange } from '#shared/protocol/http.ts'

/** Which ids a Yjs update brings, and which it names as deleted. */
export interface UpdateContents {
  inserted: IdRange[]
  deleted: IdRange[]
  /** By client: the clock up to which what it brings refers to others, itself not left out. */
  needs: Map<number, number>
}

/**
 * How deep an update may nest what it brings: many times what a page does. Yjs goes down by calling itself, and would
 * overflow the stack of whoever deletes it.
 */
const MOST_NESTED = 100

/**
 * Reads a Yjs V1 update that a stranger sent. Throws when it cannot be read, and when it could be read but would make
 * every document that it is applied to throw: a thing of no length, one that refers to its own client's future, or one
 * that is nested too deep.
 */
export function readUpdate(bytes: Uint8Array): UpdateContents {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const inserted: IdRange[] = []
  const needs = new Map<number, number>()
  /** By id: how deep the things are that others can be in. */
  const depths = new Map<string, number>()
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (struct.length < 1) throw new RangeError('A struct without length')
    if (struct instanceof Y.Skip) continue
    if (struct instanceof Y.Item) {
      const parent = struct.parent instanceof Y.ID ? struct.parent : null
      if (struct.content instanceof Y.ContentType) {
        const depth = (parent === null ? 0 : (depths.get(idName(parent)) ?? 0)) + 1
        if (depth > MOST_NESTED) throw new RangeError('Something that is nested too deep')
        depths.set(idName(struct.id), depth)
      }
      for (const id of [struct.origin, struct.rightOrigin, parent]) {
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
  return { inserted, deleted, needs }
}

/** Whether an update says anything at all. */
export function isEmpty({ inserted, deleted }: UpdateContents): boolean {
  return inserted.length === 0 && deleted.length === 0
}

const idName = ({ client, clock }: Y.ID): string => `${client} ${clock}`
