/** Checks JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Unknown names are extensions and allowed. */
import { z } from 'zod'
import { isTime, isUri } from './values.ts'

const uri = z.string().refine(isUri, 'This is not an absolute address.')
const time = z.string().refine(isTime, 'This is not a time with a zone, such as 2026-11-22T20:00:00Z.')
const authors = z.array(
  z
    .looseObject({ name: z.string().optional(), url: uri.optional(), avatar: uri.optional() })
    .refine(
      ({ name, url, avatar }) => (name ?? url ?? avatar) !== undefined,
      'An author needs a name, a url or an avatar.',
    ),
)

const item = z
  .looseObject({
    id: z.string('An item needs a string as its id.').min(1, 'An item needs an id.'),
    url: uri.optional(),
    external_url: uri.optional(),
    title: z.string().optional(),
    content_html: z.string().optional(),
    content_text: z.string().optional(),
    summary: z.string().optional(),
    image: uri.optional(),
    date_published: time.optional(),
    date_modified: time.optional(),
    authors: authors.optional(),
    tags: z.array(z.string()).optional(),
    language: z.string().optional(),
    attachments: z.array(z.looseObject({ url: uri, mime_type: z.string() })).optional(),
  })
  .refine(
    ({ content_html, content_text }) => (content_html ?? content_text) !== undefined,
    'An item needs content_html or content_text.',
  )

export const jsonFeedSchema = z.looseObject({
  version: z.enum(
    ['https://jsonfeed.org/version/1.1', 'https://jsonfeed.org/version/1'],
    'This is not a version of JSON Feed.',
  ),
  title: z.string('A feed needs a title.'),
  home_page_url: uri.optional(),
  feed_url: uri.optional(),
  authors: authors.optional(),
  language: z.string().optional(),
  items: z
    .array(item, 'A feed needs items, even if the list is empty.')
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'Two items have the same id.'),
})
