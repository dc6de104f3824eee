/** Writes Atom (RFC 4287). A killed story is a tombstone (RFC 6721), with the reason as its comment. */
import { type Feed, feedEntries, feedUpdated, type WireFeed } from '../../feed.ts'
import type { WireItem } from '../../item.ts'
import { isLanguageTag } from '../addresses.ts'
import { address, entryAuthor, entryCategories, entryMarkup, entrySummary, withdrawnText } from '../entry.ts'
import { element, xmlDocument, type XmlElement } from '../xml.ts'

export const atom: WireFeed = {
  name: 'atom',
  label: 'Atom',
  contentType: 'application/atom+xml; charset=utf-8',
  write: (feed) => xmlDocument(document(feed)),
}

function document(feed: Feed): XmlElement {
  const entries = feedEntries(feed)
  const attributes = {
    xmlns: 'http://www.w3.org/2005/Atom',
    'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
    'xml:lang': language(feed.language),
  }
  return element('feed', attributes, [
    element('id', {}, address(feed.self)),
    element('title', {}, feed.title),
    feed.description === '' ? null : element('subtitle', {}, feed.description),
    element('updated', {}, feedUpdated(entries, feed)),
    element('link', { rel: 'self', type: 'application/atom+xml', href: address(feed.self) }),
    element('link', { rel: 'alternate', type: 'text/html', href: address(feed.home) }),
    ...entries.killed.map(tombstone),
    ...entries.live.map((item) => entry(item, feed)),
  ])
}

function tombstone(item: WireItem): XmlElement {
  return element('at:deleted-entry', { ref: item.uri, when: item.versionCreated }, [
    element('at:comment', { 'xml:lang': language(item.language) }, withdrawnText(item)),
  ])
}

function entry(item: WireItem, feed: Feed): XmlElement {
  const summary = entrySummary(item)
  return element('entry', { 'xml:lang': language(item.language) }, [
    element('id', {}, item.uri),
    element('title', {}, item.headline),
    element('updated', {}, item.versionCreated),
    element('published', {}, item.firstPublished),
    element('author', {}, [element('name', {}, entryAuthor(item))]),
    element('link', { rel: 'alternate', type: 'text/html', href: address(feed.pageOf(item)) }),
    ...entryCategories(item).map((term) => element('category', { term })),
    item.rights?.notice === undefined ? null : element('rights', {}, item.rights.notice),
    summary === '' ? null : element('summary', {}, summary),
    element('content', { type: 'html' }, entryMarkup(item, feed)),
  ])
}

function language(tag: string): string | undefined {
  return isLanguageTag(tag) ? tag : undefined
}
