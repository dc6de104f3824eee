/**
 * The rules of each XML format, without its schema: the required elements, and the form of their values. IPTC's schemas
 * check more; see `schemas.ts`.
 */
import type { XmlDocument } from 'libxml2-wasm'
import type { Fault } from './fault.ts'
import { breaches, type Rule } from './rules.ts'
import { isBasicTime, isDayOrTime, isRfc822Time, isTime, isUri, isWebAddress } from './values.ts'

interface XmlFormat {
  /** An XPath that must match, e.g. `//g2:newsItem`. */
  root: string
  rootMessage: string
  namespaces: Record<string, string>
  rules: readonly Rule[]
}

const TIME = 'is not a time with a zone, such as 2026-11-22T20:00:00Z.'
const URI = 'is not an absolute address.'
const oneOf =
  (...words: string[]) =>
  (text: string) =>
    words.includes(text)

const STATUS_WORDS = ['usable', 'withheld', 'canceled']

const newsMlG2: XmlFormat = {
  root: '//g2:newsItem',
  rootMessage: 'There is no <newsItem> in the namespace http://iptc.org/std/nar/2006-10-01/.',
  namespaces: { g2: 'http://iptc.org/std/nar/2006-10-01/', nitf: 'http://iptc.org/std/NITF/2006-10-18/' },
  rules: [
    { of: '//g2:newsItem', has: '@guid != ""', message: 'has no guid to identify it.' },
    { of: '//g2:newsItem', has: '@standard = "NewsML-G2"', message: 'must have standard="NewsML-G2".' },
    { of: '//g2:newsItem', has: '@standardversion', message: 'has no standardversion.' },
    { of: '//g2:newsItem', has: 'g2:itemMeta', message: 'has no <itemMeta>.' },
    {
      text: '//g2:newsItem/@version',
      is: (text) => /^[1-9]\d*$/.test(text),
      message: 'must be a whole number from 1.',
    },
    { of: '//g2:newsItem/g2:itemMeta', has: 'count(g2:itemClass) = 1', message: 'needs one <itemClass>.' },
    { of: '//g2:newsItem/g2:itemMeta', has: 'count(g2:provider) = 1', message: 'needs one <provider>.' },
    { of: '//g2:newsItem/g2:itemMeta', has: 'count(g2:versionCreated) = 1', message: 'needs one <versionCreated>.' },
    { text: '//g2:versionCreated | //g2:firstCreated', is: isTime, message: TIME },
    { text: '//g2:embargoed', is: (text) => text === '' || isTime(text), message: TIME },
    {
      text: '//g2:contentCreated',
      is: (text) => /^\d{4}(-\d\d)?$/.test(text) || isDayOrTime(text),
      message: 'is not a date.',
    },
    {
      text: '//g2:itemMeta/g2:pubStatus/@qcode',
      // The prefix is the provider's choice; their catalog defines it.
      is: (text) => STATUS_WORDS.includes(text.replace(/^[^:]*:/, '')),
      message: 'must be stat:usable, stat:withheld or stat:canceled.',
    },
    {
      text: '//g2:*/@qcode',
      is: (text) => /^[^\s:]+:\S+$/.test(text),
      message: 'is not a code with a prefix, such as medtop:11000000.',
    },
    {
      of: '//g2:newsItem[.//@qcode]',
      has: 'g2:catalogRef or g2:catalog',
      message: 'has codes but no <catalogRef> to define their prefixes.',
    },
    { text: '//g2:urgency', is: (text) => /^[1-9]$/.test(text), message: 'must be 1 to 9.' },
    { of: '//g2:catalogRef', has: '@href', message: 'has no href.' },
    { of: '//g2:inlineXML', has: '@contenttype', message: 'has no contenttype.' },
    { of: '//g2:inlineXML', has: '*', message: 'is empty.' },
  ],
}

const nitf36: XmlFormat = {
  root: '/nitf:nitf',
  rootMessage: 'The root is not <nitf> in the namespace http://iptc.org/std/NITF/2006-10-18/.',
  namespaces: { nitf: 'http://iptc.org/std/NITF/2006-10-18/' },
  rules: [
    { of: '/nitf:nitf', has: 'count(nitf:body) = 1', message: 'needs one <body>.' },
    { of: '//nitf:hedline', has: 'count(nitf:hl1) = 1', message: 'needs one <hl1>.' },
    { of: '//nitf:doc-id', has: '@id-string != ""', message: 'has no id-string to identify it.' },
    {
      text: '//nitf:docdata/@management-status | //nitf:docdata/@management-idref-status',
      is: oneOf('embargoed', ...STATUS_WORDS),
      message: 'must be usable, embargoed, withheld or canceled.',
    },
    { text: '//nitf:urgency/@ed-urg', is: (text) => /^[1-9]$/.test(text), message: 'must be 1 to 9.' },
    {
      text: '//nitf:date.issue/@norm | //nitf:date.release/@norm | //nitf:date.expire/@norm | //nitf:story.date/@norm',
      is: (text) => isBasicTime(text) || isDayOrTime(text),
      message: 'is not a time such as 20261122T200000Z.',
    },
    { of: '//nitf:media', has: '@media-type', message: 'has no media-type.' },
    { of: '//nitf:media', has: 'nitf:media-reference', message: 'has no <media-reference>.' },
    { of: '//nitf:ol | //nitf:ul', has: 'nitf:li', message: 'is a list without <li>.' },
    { of: '//nitf:bq', has: 'nitf:block or not(*)', message: 'must have its text in a <block>.' },
    {
      of: '//nitf:p',
      has: 'not(nitf:p | nitf:ul | nitf:ol | nitf:bq | nitf:hl2)',
      message: 'cannot hold other paragraphs, lists, quotes or headings.',
    },
    { of: '//nitf:meta', has: '@content', message: 'has no content.' },
    { of: '//nitf:tobject.subject', has: '@tobject.subject.refnum', message: 'has no tobject.subject.refnum.' },
  ],
}

const rss: XmlFormat = {
  root: '/rss[@version="2.0"]/channel',
  rootMessage: 'The root is not <rss version="2.0"> with a <channel>.',
  namespaces: { atom: 'http://www.w3.org/2005/Atom', media: 'http://search.yahoo.com/mrss/' },
  rules: [
    ...['title', 'link', 'description'].map((name) => ({
      of: '/rss/channel',
      has: `count(${name}) = 1`,
      message: `needs one <${name}>.`,
    })),
    { of: '//item', has: 'title or description', message: 'needs a <title> or a <description>.' },
    { of: '//item', has: 'count(guid) < 2', message: 'has more than one <guid>.' },
    {
      of: '//item[guid]',
      has: 'not(guid = (preceding-sibling::item/guid))',
      message: 'has the <guid> of an earlier item.',
    },
    {
      text: '//pubDate | //lastBuildDate',
      is: isRfc822Time,
      message: 'is not a time such as Sun, 22 Nov 2026 20:00:00 GMT.',
    },
    { text: '/rss/channel/link | //item/link | //media:content/@url', is: isUri, message: URI },
    {
      text: '//guid[not(@isPermaLink="false")]',
      is: isWebAddress,
      message: 'is not a web address; add isPermaLink="false".',
    },
    { of: '//enclosure', has: '@url and @length and @type', message: 'needs url, length and type.' },
  ],
}

const atom: XmlFormat = {
  root: '/atom:feed | /atom:entry',
  rootMessage: 'The root is not <feed> in the namespace http://www.w3.org/2005/Atom.',
  namespaces: { atom: 'http://www.w3.org/2005/Atom', at: 'http://purl.org/atompub/tombstones/1.0' },
  rules: [
    ...['id', 'title', 'updated'].map((name) => ({
      of: '//atom:feed | //atom:entry',
      has: `count(atom:${name}) = 1`,
      message: `needs one <${name}>.`,
    })),
    {
      of: '//atom:entry',
      has: 'atom:author or atom:source/atom:author or parent::atom:feed/atom:author',
      message: 'has no <author>, nor has its feed.',
    },
    {
      of: '//atom:entry',
      has: 'atom:content or atom:link[@rel="alternate" or not(@rel)]',
      message: 'needs <content> or an alternate <link>.',
    },
    { of: '//atom:author | //atom:contributor', has: 'atom:name', message: 'has no <name>.' },
    { of: '//atom:link', has: '@href', message: 'has no href.' },
    { of: '//atom:category', has: '@term', message: 'has no term.' },
    { text: '//atom:id | //at:deleted-entry/@ref', is: isUri, message: URI },
    { text: '//atom:updated | //atom:published | //at:deleted-entry/@when', is: isTime, message: TIME },
    { of: '//at:deleted-entry', has: '@ref and @when', message: 'needs ref and when (RFC 6721, 3).' },
    {
      text: '//atom:content/@type | //atom:title/@type | //atom:summary/@type',
      is: (text) => oneOf('text', 'html', 'xhtml')(text) || /^[^/\s]+\/[^/\s]+$/.test(text),
      message: 'is not a text type.',
    },
  ],
}

const newsSitemap: XmlFormat = {
  root: '/s:urlset',
  rootMessage: 'The root is not <urlset> in the namespace http://www.sitemaps.org/schemas/sitemap/0.9.',
  namespaces: {
    s: 'http://www.sitemaps.org/schemas/sitemap/0.9',
    news: 'http://www.google.com/schemas/sitemap-news/0.9',
    image: 'http://www.google.com/schemas/sitemap-image/1.1',
  },
  rules: [
    { of: '/s:urlset', has: 'count(s:url) <= 1000', message: 'has more than 1000 pages.' },
    { of: '//s:url', has: 'count(s:loc) = 1', message: 'needs one <loc>.' },
    { text: '//s:loc | //image:loc', is: isWebAddress, message: 'is not a web address.' },
    { text: '//s:lastmod | //news:publication_date', is: isDayOrTime, message: 'is not a date or a time with a zone.' },
    { of: '//s:url', has: 'count(news:news) = 1', message: 'needs one <news:news>.' },
    { of: '//news:news', has: 'news:publication/news:name != ""', message: 'has no publication name.' },
    { of: '//news:news', has: 'news:publication_date', message: 'has no <news:publication_date>.' },
    { of: '//news:news', has: 'news:title != ""', message: 'has no <news:title>.' },
    {
      text: '//news:language',
      is: (text) => /^([a-z]{2,3}|zh-cn|zh-tw)$/.test(text),
      message: 'is not an ISO 639 code.',
    },
  ],
}

const XML_FORMATS: Record<string, XmlFormat> = { newsmlg2: newsMlG2, nitf36, rss, atom, 'news-sitemap': newsSitemap }

/** Returns the check of an XML format by Galley's own rules; undefined for an unknown name. */
export function xmlFormatCheck(name: string): ((document: XmlDocument) => Fault[]) | undefined {
  const format = XML_FORMATS[name]
  if (format === undefined) return undefined
  const { root, rootMessage, namespaces, rules } = format
  return (document) => {
    if (document.get(root, namespaces) === null) return [{ line: 1, message: rootMessage }]
    return breaches(document, rules, namespaces)
  }
}
