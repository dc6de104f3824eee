/** Reads which characters an update inserts, without a document. */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

export type OnInserted = (client: number, clock: number, length: number) => void

/**
 * Reports what a Yjs V1 update inserts. The updates of the bench's writers, single or merged by a server, take a fast path
 * without allocations: strings typed after something.
 */
export function readInserted(update: Uint8Array, onInserted: OnInserted): void {
  if (!readTyped(update, null)) {
    for (const struct of Y.decodeUpdate(update).structs) {
      if (!(struct instanceof Y.Skip)) onInserted(struct.id.client, struct.id.clock, struct.length)
    }
    return
  }
  readTyped(update, onInserted)
}

const STRING_AFTER_SOMETHING = 0b1000_0100
const SKIP = 10

/** Returns false, without a report, when the update contains anything else. */
function readTyped(update: Uint8Array, onInserted: OnInserted | null): boolean {
  const decoder = decoding.createDecoder(update)
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    let structs = decoding.readVarUint(decoder)
    const client = decoding.readVarUint(decoder)
    let clock = decoding.readVarUint(decoder)
    for (; structs > 0; structs--) {
      const info = decoding.readUint8(decoder)
      if (info === SKIP) {
        clock += decoding.readVarUint(decoder)
        continue
      }
      if (info !== STRING_AFTER_SOMETHING) return false
      decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      // The bench types ASCII: a byte is a character.
      const length = decoding.readVarUint(decoder)
      decoder.pos += length
      onInserted?.(client, clock, length)
      clock += length
    }
  }
  return decoding.readVarUint(decoder) === 0
}

/** Reports the clients of an awareness update, and their clocks. */
export function readPresence(update: Uint8Array, onPresence: (client: number, clock: number) => void): void {
  const decoder = decoding.createDecoder(update)
  for (let count = decoding.readVarUint(decoder); count > 0; count--) {
    const client = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const length = decoding.readVarUint(decoder)
    decoder.pos += length
    onPresence(client, clock)
  }
}
