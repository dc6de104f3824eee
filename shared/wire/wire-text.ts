/**
 * Returns text as it goes to the wire, without characters that wire formats cannot carry: XML 1.0 allows neither the C0
 * control characters (except tab and line feed) nor U+FFFE and U+FFFF, and UTF-8 cannot encode a lone surrogate. None
 * of them has a glyph. They are left out everywhere, so that all formats say the same.
 */
export function wireText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- matches exactly these characters
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
  )
}

/** Returns the same for a one-line field, with line breaks as spaces. */
export function wireLine(text: string): string {
  return wireText(text)
    .split(/[\n\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}
