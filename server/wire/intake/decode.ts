/** Bytes from strangers as text. */

/** Throws a `RangeError` for an encoding that nobody knows. */
export function decodeText(bytes: Uint8Array, encoding?: string): string {
  const named = encoding ?? markedEncoding(bytes) ?? declaredEncoding(bytes)
  if (named !== undefined) return new TextDecoder(named).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Whatever is not UTF-8 and does not say what it is comes from an old system of the West.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** By the mark at the beginning, which is stronger than any declaration. */
function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** By an XML declaration; one that names no known encoding is passed over. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 200))
  const name = /^\s*<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/u.exec(start)?.[1]
  try {
    return name === undefined ? undefined : new TextDecoder(name).encoding
  } catch {
    return undefined
  }
}
