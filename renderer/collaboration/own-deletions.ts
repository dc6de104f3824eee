/**
 * What was deleted here and the newsroom may not have yet, id by id.
 *
 * When a connection is made, the answer to the relay's question is made from the whole document, and names everything that
 * is dead in it: words of others, too, that came over a connection which broke, into a paragraph that had been deleted
 * here. They died without being seen. So the relay is told first what was deleted by name; what goes down with that goes
 * down unseen, and its writer's rescue can tell.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

export interface OwnDeletions {
  /** A Yjs update that deletes these and says nothing else; null when there is nothing to say. */
  update(): Uint8Array | null
  /** The newsroom has all of them. */
  clear(): void
}

/** What a change deletes, as an update that says nothing else; undefined when it deletes nothing, or cannot be read. */
export function deletionsOf(update: Uint8Array): Uint8Array | undefined {
  try {
    const deleted = Y.decodeUpdate(update).ds.clients
    return deleted.size === 0 ? undefined : encodeDeletions(deleted)
  } catch {
    // It is on its way to the disk, and nothing is to keep it from there.
    return undefined
  }
}

/**
 * Begins to keep account, for as long as the document lives.
 *
 * @param earlier - what was deleted here before and waits to be sent, as {@link deletionsOf} tells it
 */
export function trackDeletions(doc: Y.Doc, earlier: readonly Uint8Array[]): OwnDeletions {
  let deleted: Deletions = new Map()
  const add = (client: number, items: readonly Run[]): void => {
    const runs = deleted.get(client) ?? []
    runs.push(...items)
    deleted.set(client, runs)
  }
  for (const update of earlier) {
    for (const [client, items] of Y.decodeUpdate(update).ds.clients) add(client, items)
  }
  doc.on('afterTransaction', ({ local, deleteSet }) => {
    if (!local) return
    for (const [client, items] of deleteSet.clients) {
      // What I typed and took away again is nobody's loss.
      if (client !== doc.clientID) add(client, items)
    }
  })
  return {
    update: () => (deleted.size === 0 ? null : encodeDeletions(deleted)),
    clear: () => (deleted = new Map()),
  }
}

interface Run {
  clock: number
  len: number
}
/** By client. */
type Deletions = Map<number, Run[]>

/** A Yjs V1 update: no structs; then by client the runs of ids that are deleted. */
function encodeDeletions(deleted: Deletions): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, deleted.size)
    for (const [client, items] of deleted) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, items.length)
      for (const { clock, len } of items) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, len)
      }
    }
  })
}
