import type * as Y from 'yjs'

/** The Yjs ids `client, clock … clock + length - 1`. */
export interface IdRange {
  client: number
  clock: number
  length: number
}

/** Returns the ids of an item's content. */
export function idsOf({ id: { client, clock }, length }: Y.Item): IdRange {
  return { client, clock, length }
}
