/** Converts pasted text or dropped files to a request. */
import { message, type Message } from '#shared/messages/message.ts'
import type { PasteRequest } from '#shared/protocol/http.ts'

/** The largest file, in bytes. */
export const LARGEST_FILE = 10_000_000

export const ACCEPTED = '.txt,.text,.docx,.xml,.nitf,.json,.html,.htm,.rss,.atom,.anpa'

/** Returns the request for a file, or why it cannot be sent. */
export async function requestOf(file: File): Promise<{ request: PasteRequest } | { problem: Message }> {
  const { name } = file
  if (file.size > LARGEST_FILE) return { problem: message('intake.paste.file-too-large', { name }) }
  if (file.size === 0) return { problem: message('intake.paste.file-empty', { name }) }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    return { request: { fileName: name, bytes: base64(bytes) } }
  } catch {
    return { problem: message('intake.paste.file-unreadable', { name }) }
  }
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  const AT_ONCE = 0x8000
  for (let start = 0; start < bytes.length; start += AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + AT_ONCE))
  }
  return btoa(binary)
}
