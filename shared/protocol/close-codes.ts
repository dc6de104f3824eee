/**
 * Why the relay closes a connection. 44xx: the same request will be refused again (a stock y-websocket client stops there
 * too). 45xx: come back later.
 */
export const CLOSE_CODES = {
  /** The frame is not a message of the protocol, or its update cannot be read or writes outside a story's roots. */
  badMessage: { code: 4400, reason: 'bad-message' },
  /** The ticket is missing, forged or expired, or its session has ended: ask for a new one. */
  badTicket: { code: 4401, reason: 'bad-ticket' },
  /** There is no such story. */
  noSuchStory: { code: 4404, reason: 'no-such-story' },
  /** The connection may only read, and sent a change. */
  readOnly: { code: 4405, reason: 'read-only' },
  /** The connection went on sending changes under the Yjs clients of other people. */
  forged: { code: 4406, reason: 'forged' },
  /** The connection sent too many changes that build on others which the relay lacks. */
  incomplete: { code: 4409, reason: 'incomplete' },
  /** The frame was larger than the relay accepts. */
  tooLarge: { code: 4413, reason: 'too-large' },
  /** The person has too many connections. */
  tooManyConnections: { code: 4429, reason: 'too-many-connections' },
  /** The person has too many stories open. */
  tooManyStories: { code: 4430, reason: 'too-many-stories' },
  /** The network address has too many connections. */
  tooManyFromAddress: { code: 4431, reason: 'too-many-from-address' },
  /** The story could not be loaded; nothing was changed. */
  loadFailed: { code: 4500, reason: 'load-failed' },
  /** The reader was too slow and has to synchronise again. */
  tooSlow: { code: 4501, reason: 'too-slow' },
  /** A change could not be written to the log. It was not acknowledged and has to be sent again. */
  notStored: { code: 4502, reason: 'not-stored' },
  /** The relay is shutting down. Acknowledged changes are safe. */
  stopping: { code: 4503, reason: 'stopping' },
  /** The client went on sending faster than the relay reads. */
  tooFast: { code: 4504, reason: 'too-fast' },
} as const

export type CloseReason = keyof typeof CLOSE_CODES
