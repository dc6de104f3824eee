/** Detects files that are not text, which would otherwise be read as gibberish. */

const KINDS: readonly (readonly [start: string, name: string])[] = [
  ['%PDF-', 'a PDF'],
  ['{\\rtf', 'a document in RTF'],
  ['\u00D0\u00CF\u0011\u00E0', 'a document of an old Word (.doc)'],
  ['\u00FF\u00D8\u00FF', 'a picture'],
  ['\u0089PNG', 'a picture'],
  ['GIF8', 'a picture'],
  ['PK\u0003\u0004', 'a zip archive'],
]

/** In bytes: how much of a file is checked. */
const SAMPLE = 8_192

/** Returns what kind of file this is, in words; null for text. */
export function notText(bytes: Uint8Array, text: string): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 8))
  const kind = KINDS.find(([mark]) => start.startsWith(mark))?.[1]
  if (kind !== undefined) return kind
  return text.slice(0, SAMPLE).includes('\u0000') ? 'no text' : null
}
