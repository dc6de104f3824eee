/** Queries an XML document in XPath, for tests. */
import { XmlDocument } from 'libxml2-wasm'

const NAMESPACES = {
  g2: 'http://iptc.org/std/nar/2006-10-01/',
  nitf: 'http://iptc.org/std/NITF/2006-10-18/',
  atom: 'http://www.w3.org/2005/Atom',
  at: 'http://purl.org/atompub/tombstones/1.0',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  sitemap: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  news: 'http://www.google.com/schemas/sitemap-news/0.9',
  image: 'http://www.google.com/schemas/sitemap-image/1.1',
}

/** Returns the texts of all elements and attributes that match an XPath, in order. A line break element is `\n`. */
export function texts(document: string, path: string): string[] {
  // A story's text cannot contain this markup, since text is escaped.
  const parsed = XmlDocument.fromString(document.replaceAll('<br/>', '\n'))
  try {
    return parsed.find(path, NAMESPACES).map(({ content }) => content)
  } finally {
    parsed.dispose()
  }
}
