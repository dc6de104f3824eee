/** Reads JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/). Each entry is an item. */
import { z } from 'zod'
import { addPicture, feedLine, readStory, summaryText } from '../../reading/feed-entry.ts'
import { parseJson } from '../../reading/json.ts'
import { plainBlocks } from '../../reading/plain-blocks.ts'
import { emptyItem, outcomeOf, type ReadItem, ReadRefusal, type WireReader } from '../../reading/read-item.ts'
import { isoTime, languageOf, told } from '../../reading/values.ts'

export const jsonFeedReader: WireReader = {
  name: 'json-feed',
  label: 'JSON Feed',
  detect: (text) => (/^[\s\uFEFF]*\{[^]{0,2000}?"https:\/\/(?:www\.)?jsonfeed\.org\/version\//u.test(text) ? 1 : 0),
  read: (text) => outcomeOf(text, readFeed),
}

const text = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined)
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema.nullable().catch(null))
    .catch([])
    .transform((values) => values.filter((value) => value !== null))
const author = z.object({ name: text })

const entry = z.object({
  id: text,
  url: text,
  title: text,
  summary: text,
  content_html: text,
  content_text: text,
  image: text,
  date_published: text,
  date_modified: text,
  language: text,
  author: author.optional().catch(undefined),
  authors: listOf(author),
  tags: listOf(z.string()),
  attachments: listOf(z.object({ url: text, mime_type: text, title: text })),
})
const feed = z.object({
  title: text,
  language: text,
  items: z.array(z.unknown()).transform((items) => items.flatMap(parseEntry)),
})

function parseEntry(value: unknown): z.output<typeof entry>[] {
  const parsed = entry.safeParse(value)
  return parsed.success ? [parsed.data] : []
}

function readFeed(json: string): ReadItem[] {
  const parsed = feed.safeParse(parseJson(json))
  if (!parsed.success) throw new ReadRefusal({ line: 1, message: 'There is no list of items in this JSON Feed.' })
  const { items, title, language } = parsed.data
  const about = told({ provider: feedLine(title), language: languageOf(language) })
  return items.map((each) => readEntry(each, about))
}

function readEntry(from: z.output<typeof entry>, about: Partial<ReadItem>): ReadItem {
  const authors = from.authors.length > 0 ? from.authors : [from.author ?? { name: undefined }]
  const item: ReadItem = {
    ...emptyItem(),
    ...about,
    ...told({
      uri: (from.id ?? from.url)?.trim(),
      firstPublished: isoTime(from.date_published),
      versionCreated: isoTime(from.date_modified ?? from.date_published),
      language: languageOf(from.language),
      byline: authors.flatMap(({ name }) => feedLine(name) || []).join(', '),
      standfirst: summaryText(from.summary ?? ''),
    }),
    headline: feedLine(from.title),
    keywords: from.tags.flatMap((tag) => feedLine(tag) || []),
  }
  if (from.content_html !== undefined) readStory(`<div>${from.content_html}</div>`, item)
  else item.body = plainBlocks(from.content_text ?? '')
  const attached = from.attachments.filter(({ mime_type: type }) => type?.startsWith('image/') === true)
  for (const { url, mime_type: type, title } of [
    ...attached,
    { url: from.image, mime_type: undefined, title: undefined },
  ]) {
    if (url === undefined || !/^https?:/iu.test(url)) continue
    addPicture({ href: url, ...told({ type }), alt: '', caption: feedLine(title), credit: '' }, item)
  }
  return item
}
