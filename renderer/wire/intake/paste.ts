/** Converts pasted text or dropped files to a request. */
import type { PasteRequest } from '#shared/protocol/http.ts'

/** The largest file, in bytes. */
export const LARGEST_FILE = 10_000_000

export const ACCEPTED = '.txt,.text,.docx,.xml,.nitf,.json,.html,.htm,.rss,.atom,.anpa'

/** Returns the request for a file. Throws an Error with a sentence if it is too large or cannot be read. */
export async function requestOf(file: File): Promise<PasteRequest> {
  if (file.size > LARGEST_FILE) throw new Error(`${file.name} is larger than 10 MB. Send it in parts.`)
  if (file.size === 0) throw new Error(`${file.name} is empty.`)
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    throw new Error(`${file.name} cannot be read. A folder is dropped file by file.`, { cause: error })
  }
  return { fileName: file.name, bytes: base64(bytes) }
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  const AT_ONCE = 0x8000
  for (let start = 0; start < bytes.length; start += AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + AT_ONCE))
  }
  return btoa(binary)
}
