/** Why the newsroom ended a story's connection. The story stays on this computer meanwhile. */
import { message, type Message } from '#shared/messages/message.ts'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'

/** The reasons that last; after the others the connection recovers by itself. */
const LASTING = [
  'badMessage',
  'forged',
  'incomplete',
  'loadFailed',
  'notStored',
  'tooFast',
  'tooLarge',
  'tooManyConnections',
  'tooManyFromAddress',
  'tooManyStories',
] as const satisfies readonly CloseReason[]

/** Returns what to say about a connection that was closed with this code; null for a reason that doesn't last. */
export function whyClosed(code: number | undefined): Message | null {
  const reason = LASTING.find((each) => CLOSE_CODES[each].code === code)
  return reason === undefined ? null : message(`collaboration.closed.${reason}`)
}
