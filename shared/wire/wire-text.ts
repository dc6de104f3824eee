/**
 * Text as it goes to the wire. A story may hold characters that no wire format can carry: XML 1.0 knows neither the C0
 * control characters (but for tab and line feed) nor U+FFFE and U+FFFF, and nothing that is sent as UTF-8 has room for
 * half a surrogate pair. None of them has a glyph; they are left out, so that all formats say the same.
 */
export function wireText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // eslint-disable-next-line no-control-regex -- these are the characters meant
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
  )
}

/** The same for a field of one line: whatever breaks it becomes a space. */
export function wireLine(text: string): string {
  return wireText(text)
    .split(/[\n\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}
