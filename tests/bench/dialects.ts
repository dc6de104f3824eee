/** How a server's frames differ from y-websocket's. */
import * as encoding from 'lib0/encoding'

export interface Dialect {
  /** The prefix of every message about a story, both ways. */
  prefix(storyId: string): Uint8Array
  /** A client's first message, without the prefix; null when that is sync step 1. */
  greeting: Uint8Array | null
  query(person: number): string
}

const NOTHING = new Uint8Array()

export const Y_WEBSOCKET: Dialect = { prefix: () => NOTHING, greeting: null, query: () => '' }

export const GALLEY: Dialect = { ...Y_WEBSOCKET, query: (person) => `?galley=2&person=${person}` }

/** The document's name is the prefix of every message, and authentication comes before the first sync. */
export const HOCUSPOCUS: Dialect = {
  prefix: (storyId) => encoding.encode((encoder) => encoding.writeVarString(encoder, storyId)),
  greeting: encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 2)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, 'a token')
    encoding.writeVarString(encoder, '4.7.0')
  }),
  query: () => '',
}

/** Returns a message as a frame of the dialect. */
export function framed(dialect: Dialect, storyId: string, message: Uint8Array): Buffer {
  return Buffer.concat([dialect.prefix(storyId), message])
}
