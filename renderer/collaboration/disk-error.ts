/** A failure of this computer's disk, with a message that says what is at stake. */
import { message, type Message } from '#shared/messages/message.ts'
import { MessageError } from '../messages/message-error.ts'

export class DiskError extends MessageError {
  constructor(said: Message, cause: unknown) {
    super(said, cause)
    this.name = 'DiskError'
  }

  /** Whether the disk is full. */
  get full(): boolean {
    return this.cause instanceof Error && this.cause.name === 'QuotaExceededError'
  }
}

/** Returns anything that IndexedDB threw as a `DiskError`. */
export function diskError(cause: unknown): DiskError {
  return cause instanceof DiskError ? cause : new DiskError(messageOf(cause), cause)
}

function messageOf(cause: unknown): Message {
  const name = cause instanceof Error ? cause.name : ''
  switch (name) {
    case 'QuotaExceededError':
      return message('collaboration.disk.full')
    case 'VersionError':
      return message('collaboration.disk.newer-version')
    case 'SecurityError':
      return message('collaboration.disk.forbidden')
    default:
      return message('collaboration.disk.failed', { error: name === '' ? typeof cause : name })
  }
}
