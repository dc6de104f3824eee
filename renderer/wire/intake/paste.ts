/** Converts pasted text or dropped files to a request. */
import { message, type Message } from '#shared/messages/message.ts'
import type { Pasted } from '../../api/intake-calls.ts'

/** The largest file, in bytes. */
export const LARGEST_FILE = 10_000_000

export const ACCEPTED = '.txt,.text,.docx,.xml,.nitf,.json,.html,.htm,.rss,.atom,.anpa'

/** Returns a copy of a file to send, or why it cannot be sent. */
export async function requestOf(file: File): Promise<{ request: Pasted } | { problem: Message }> {
  const { name } = file
  if (file.size > LARGEST_FILE) return { problem: message('intake.paste.file-too-large', { name }) }
  if (file.size === 0) return { problem: message('intake.paste.file-empty', { name }) }
  try {
    // Read now: a file that changes on the disk can't be sent.
    return { request: { fileName: name, file: new Blob([await file.arrayBuffer()]) } }
  } catch {
    return { problem: message('intake.paste.file-unreadable', { name }) }
  }
}
