const SCHEMES = ['https:', 'mailto:']

/** The link as the system may be given it. Throws an Error with a sentence for anything but https and mailto. */
export function externalLink(url: string): string {
  const link = URL.parse(url)
  if (link === null || !SCHEMES.includes(link.protocol)) {
    throw new Error(`Only https and mailto links can be opened, and this is neither: ${url.slice(0, 100)}`)
  }
  return link.href
}
