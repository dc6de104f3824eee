/** Bytes from strangers as text. What they say of themselves is believed only as far as their bytes bear it out. */

export interface Naming {
  /** As a person has named it, who is obeyed. */
  encoding?: string | undefined
  /** As the sender has named it beside the document, e.g. in the header of an answer. */
  claimed?: string | undefined
}

/** Throws a `RangeError` for an encoding of a person's that nobody knows. */
export function decodeText(bytes: Uint8Array, { encoding, claimed }: Naming = {}): string {
  const sure = encoding ?? markedEncoding(bytes) ?? wideEncoding(bytes)
  if (sure !== undefined) return new TextDecoder(sure).decode(bytes)
  const utf8 = decodeUtf8(bytes)
  if (utf8 !== null) return utf8
  const said = [claimed, declaredEncoding(bytes)].map(knownEncoding).find((name) => name?.startsWith('utf-') === false)
  return new TextDecoder(said ?? oldEncoding(bytes)).decode(bytes)
}

/** By the mark at the beginning, which is stronger than any declaration. */
function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** Markup in UTF-16 without a mark: every other byte of its first characters is nothing. */
function wideEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0x3c && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  return first === 0 && second === 0x3c && third === 0 && fourth !== 0 ? 'utf-16be' : undefined
}

/**
 * As UTF-8, whatever else it says that it is: text in another encoding is not UTF-8 by chance. Null when it is none. A
 * character that broke on the way does not make a text another one.
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

/** By an XML declaration, or as pages say it in their head. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 1024))
  return (
    /^\s*<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/u.exec(start)?.[1] ??
    /<meta\s[^>]*\bcharset\s*=\s*["']?([\w.:-]+)/iu.exec(start)?.[1]
  )
}

/** A name that means nothing to anybody is passed over. */
function knownEncoding(name: string | undefined): string | undefined {
  try {
    return name === undefined ? undefined : new TextDecoder(name).encoding
  } catch {
    return undefined
  }
}

/** How much of a text is looked at to tell what it is in. */
const SAMPLE = 65_536

/**
 * Of a text that does not say what it is in: from an old system of the West, unless it has the look of Greek, whose words
 * are all of the upper half, with a small accented vowel behind a small letter in most of them.
 */
function oldEncoding(bytes: Uint8Array): string {
  const sample = new TextDecoder('latin1').decode(bytes.subarray(0, SAMPLE))
  const count = (form: RegExp) => sample.match(form)?.join('').length ?? 0
  const letters = count(/[\u00B8-\u00FE]/gu)
  const inWords = count(/[\u00B8-\u00FE]{3,}/gu)
  const accented = count(/[\u00E1-\u00F9][\u00DC-\u00DF]/gu)
  if (inWords < letters * 0.7 || accented * 25 < letters) return 'windows-1252'
  // The two Greek ones differ in little else but where they have the capital alpha with its accent.
  return /\u00B6[\u00E1-\u00FE]/u.test(sample) ? 'iso-8859-7' : 'windows-1253'
}
