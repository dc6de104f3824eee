/** Where a link in copy may lead. Anything else (`javascript:`, `data:`, a path of some server) is not a link in a story. */
const LINK_SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:', 'tel:']

/** Whether this is an absolute address that may stand behind a link in a story. */
export function isStoryLink(href: unknown): href is string {
  // Browsers read past control characters and blanks ("java\nscript:"), so an address that has any is refused whole.
  return typeof href === 'string' && !/[\p{Cc}\s]/u.test(href) && LINK_SCHEMES.includes(schemeOf(href))
}

function schemeOf(href: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.exec(href)?.[0].toLowerCase() ?? ''
}
