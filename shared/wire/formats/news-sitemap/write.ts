/**
 * Writes a news sitemap (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap): the pages of
 * the last two days, at most a thousand. A killed story is not in it; its page answers 410.
 */
import { type Feed, feedEntries, type WireFeed } from '../../feed.ts'
import type { WireItem } from '../../item.ts'
import { address } from '../entry.ts'
import { element, xmlDocument, type XmlElement } from '../xml.ts'

export const newsSitemap: WireFeed = {
  name: 'news-sitemap',
  label: 'News sitemap',
  contentType: 'application/xml; charset=utf-8',
  write: (feed) => xmlDocument(document(feed)),
}

const TWO_DAYS_MS = 48 * 60 * 60 * 1000
const MOST_PAGES = 1000

const NAMESPACES = {
  xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
  'xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1',
}

function document(feed: Feed): XmlElement {
  const since = Date.parse(feed.time) - TWO_DAYS_MS
  const fresh = feedEntries(feed).live.filter(({ firstPublished }) => Date.parse(firstPublished) >= since)
  return element(
    'urlset',
    NAMESPACES,
    fresh.slice(0, MOST_PAGES).map((item) => page(item, feed)),
  )
}

function page(item: WireItem, { title, pageOf, pictureOf }: Feed): XmlElement {
  const pictures = pictureOf === undefined ? [] : item.pictures.map((picture) => address(pictureOf(picture)))
  return element('url', {}, [
    element('loc', {}, address(pageOf(item))),
    element('lastmod', {}, item.versionCreated),
    element('news:news', {}, [
      element('news:publication', {}, [element('news:name', {}, title), element('news:language', {}, language(item))]),
      element('news:publication_date', {}, item.firstPublished),
      element('news:title', {}, item.headline),
    ]),
    ...pictures.map((url) => element('image:image', {}, [element('image:loc', {}, url)])),
  ])
}

/** Returns an ISO 639 code. Google distinguishes scripts for Chinese only. */
function language({ language }: WireItem): string {
  const tag = language.toLowerCase()
  if (/^zh-(tw|hk|hant)\b/.test(tag)) return 'zh-tw'
  if (/^zh\b/.test(tag)) return 'zh-cn'
  return tag.split('-')[0] ?? tag
}
