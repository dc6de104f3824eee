/** The schemes allowed for a link in copy. `javascript:`, `data:` and relative paths are not links in a story. */
const LINK_SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:', 'tel:']

/** Returns whether this is an absolute address that a story may link to. */
export function isStoryLink(href: unknown): href is string {
  // Browsers skip control characters and blanks ("java\nscript:"), so an address with any of them is refused.
  return typeof href === 'string' && !/[\p{Cc}\s]/u.test(href) && LINK_SCHEMES.includes(schemeOf(href))
}

function schemeOf(href: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.exec(href)?.[0].toLowerCase() ?? ''
}
