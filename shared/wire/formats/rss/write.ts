/**
 * Writes RSS 2.0 (https://www.rssboard.org/rss-specification), with the whole story as `content:encoded`, its author as
 * `dc:creator` and its pictures as `media:content`. Readers identify an entry by its `guid` for as long as they keep
 * it, and RSS cannot withdraw one: a killed story's entry stays, with the order to drop it in place of the story.
 */
import { type Feed, feedEntries, feedUpdated, type WireFeed } from '../../feed.ts'
import type { WireItem } from '../../item.ts'
import {
  address,
  entryAuthor,
  entryCategories,
  entryMarkup,
  entrySummary,
  withdrawnText,
  withdrawnTitle,
} from '../entry.ts'
import { element, xmlDocument, type XmlElement } from '../xml.ts'

export const rss: WireFeed = {
  name: 'rss',
  label: 'RSS 2.0',
  contentType: 'application/rss+xml; charset=utf-8',
  write: (feed) => xmlDocument(document(feed)),
}

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:dcterms': 'http://purl.org/dc/terms/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
}

function document(feed: Feed): XmlElement {
  const entries = feedEntries(feed)
  return element('rss', { version: '2.0', ...NAMESPACES }, [
    element('channel', {}, [
      element('title', {}, feed.title),
      element('link', {}, address(feed.home)),
      element('description', {}, feed.description === '' ? feed.title : feed.description),
      element('language', {}, feed.language),
      element('lastBuildDate', {}, rfc822(feedUpdated(entries, feed))),
      element('atom:link', { rel: 'self', type: 'application/rss+xml', href: address(feed.self) }),
      ...entries.killed.map((item) => withdrawn(item, feed)),
      ...entries.live.map((item) => entry(item, feed)),
    ]),
  ])
}

function entry(item: WireItem, feed: Feed): XmlElement {
  const { pictureOf } = feed
  const summary = entrySummary(item)
  return element('item', {}, [
    element('title', {}, item.headline),
    ...identity(item, feed),
    element('dc:creator', {}, entryAuthor(item)),
    ...entryCategories(item).map((category) => element('category', {}, category)),
    element('description', {}, summary === '' ? item.headline : summary),
    element('content:encoded', {}, entryMarkup(item, feed)),
    ...(pictureOf === undefined ? [] : item.pictures).map((picture) => {
      const { type, width, height, caption, credit } = picture
      const attributes = { url: address(pictureOf?.(picture) ?? ''), type, medium: 'image', width, height }
      return element('media:content', attributes, [
        caption === '' ? null : element('media:description', { type: 'plain' }, caption),
        credit === '' ? null : element('media:credit', {}, credit),
      ])
    }),
  ])
}

function withdrawn(item: WireItem, feed: Feed): XmlElement {
  return element('item', {}, [
    element('title', {}, withdrawnTitle(item)),
    ...identity(item, feed),
    element('description', {}, withdrawnText(item)),
  ])
}

function identity(item: WireItem, { pageOf }: Feed): XmlElement[] {
  return [
    element('link', {}, address(pageOf(item))),
    element('guid', { isPermaLink: 'false' }, item.uri),
    element('pubDate', {}, rfc822(item.firstPublished)),
    element('dcterms:modified', {}, item.versionCreated),
  ]
}

/** `Sun, 22 Nov 2026 20:00:00 GMT` */
function rfc822(iso: string): string {
  return new Date(iso).toUTCString()
}
