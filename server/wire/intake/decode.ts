/** Decodes untrusted bytes to text. A declared encoding counts only if the bytes agree with it. */

export interface Naming {
  /** The encoding that a person chose, which always applies. */
  encoding?: string | undefined
  /** The encoding that the sender gave beside the document, e.g. in a response header. */
  claimed?: string | undefined
}

/** Throws a `RangeError` if the chosen encoding is unknown. */
export function decodeText(bytes: Uint8Array, { encoding, claimed }: Naming = {}): string {
  const sure = encoding ?? markedEncoding(bytes) ?? wideEncoding(bytes)
  if (sure !== undefined) return new TextDecoder(sure).decode(bytes)
  const utf8 = decodeUtf8(bytes)
  if (utf8 !== null) return utf8
  const said = [claimed, declaredEncoding(bytes)].map(knownEncoding).find((name) => name?.startsWith('utf-') === false)
  return new TextDecoder(said ?? oldEncoding(bytes)).decode(bytes)
}

/** Returns the encoding of the byte order mark, which outranks any declaration. */
function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** Detects markup in UTF-16 without a byte order mark: every other byte of its first characters is zero. */
function wideEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0x3c && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  return first === 0 && second === 0x3c && third === 0 && fourth !== 0 ? 'utf-16be' : undefined
}

/**
 * Decodes as UTF-8, whatever the text declares: text in another encoding is not valid UTF-8 by chance. Returns null if
 * it is not UTF-8. A few broken characters are tolerated.
 */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes)
    const [broken, whole] = [/\uFFFD/gu, /[^\p{ASCII}\uFFFD]/gu].map((form) => text.match(form)?.length ?? 0)
    return (broken ?? 0) * 10 < (whole ?? 0) ? text : null
  }
}

/** Returns the encoding in the XML declaration, or in the head of a page. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 1024))
  return (
    /^\s*<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/u.exec(start)?.[1] ??
    /<meta\s[^>]*\bcharset\s*=\s*["']?([\w.:-]+)/iu.exec(start)?.[1]
  )
}

/** Returns the standard name of an encoding; undefined for an unknown one. */
function knownEncoding(name: string | undefined): string | undefined {
  try {
    return name === undefined ? undefined : new TextDecoder(name).encoding
  } catch {
    return undefined
  }
}

/** In bytes: how much of a text is used to detect its encoding. */
const SAMPLE = 65_536

/**
 * Guesses the encoding of a text without a declaration: an old Western system's, unless the text looks Greek. Greek
 * words consist of upper-half letters, most of them with a small accented vowel after a small letter.
 */
function oldEncoding(bytes: Uint8Array): string {
  const sample = new TextDecoder('latin1').decode(bytes.subarray(0, SAMPLE))
  const count = (form: RegExp) => sample.match(form)?.join('').length ?? 0
  const letters = count(/[\u00B8-\u00FE]/gu)
  const inWords = count(/[\u00B8-\u00FE]{3,}/gu)
  const accented = count(/[\u00E1-\u00F9][\u00DC-\u00DF]/gu)
  if (inWords < letters * 0.7 || accented * 25 < letters) return 'windows-1252'
  // The two Greek encodings differ mainly in the accented capital alpha.
  return /\u00B6[\u00E1-\u00FE]/u.test(sample) ? 'iso-8859-7' : 'windows-1253'
}
