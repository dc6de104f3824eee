/**
 * Writes JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Like RSS, it cannot withdraw an item: a killed story's
 * entry stays under its id, with the order to drop it in place of the story.
 */
import { plainText } from '../../../article/text.ts'
import { type Feed, feedEntries, type WireFeed } from '../../feed.ts'
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

export const jsonFeed: WireFeed = {
  name: 'json-feed',
  label: 'JSON Feed',
  contentType: 'application/feed+json',
  write: (feed) => `${JSON.stringify(document(feed), null, 2)}\n`,
}

function document(feed: Feed): object {
  const { live, killed } = feedEntries(feed)
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    ...(feed.description === '' ? {} : { description: feed.description }),
    home_page_url: address(feed.home),
    feed_url: address(feed.self),
    language: feed.language,
    items: [...killed.map((item) => withdrawn(item, feed)), ...live.map((item) => entry(item, feed))],
  }
}

function entry(item: WireItem, feed: Feed): object {
  const [summary, tags] = [entrySummary(item), entryCategories(item)]
  const { pictureOf } = feed
  const pictures =
    pictureOf === undefined ? [] : item.pictures.map((each) => ({ ...each, url: address(pictureOf(each)) }))
  return {
    ...identity(item, feed),
    title: item.headline,
    ...(summary === '' ? {} : { summary }),
    content_html: entryMarkup(item, feed),
    content_text: plainText(item.body),
    ...(pictures[0] === undefined ? {} : { image: pictures[0].url }),
    authors: [{ name: entryAuthor(item) }],
    ...(tags.length === 0 ? {} : { tags }),
    ...(pictures.length === 0
      ? {}
      : { attachments: pictures.map(({ url, type, caption }) => ({ url, mime_type: type, title: caption })) }),
  }
}

function withdrawn(item: WireItem, feed: Feed): object {
  return { ...identity(item, feed), title: withdrawnTitle(item), content_text: withdrawnText(item) }
}

function identity(item: WireItem, { pageOf }: Feed): object {
  return {
    id: item.uri,
    url: address(pageOf(item)),
    date_published: item.firstPublished,
    date_modified: item.versionCreated,
    language: item.language,
  }
}
