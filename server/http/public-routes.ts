/**
 * The public site, if the newsroom wants one (GALLEY_PUBLIC): published stories as pages with their pictures, feeds and
 * a sitemap. Withheld and embargoed stories are not there, and killed ones are gone (410). Everything is revalidated at
 * each request, at the cost of a few bytes if unchanged, so that a kill shows at once.
 */
import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Feed, feedEntries } from '#shared/wire/feed.ts'
import { FEEDS, findFormat } from '#shared/wire/formats/index.ts'
import { escapeMarkup } from '#shared/wire/formats/markup.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { RENDITION_VERSION } from '../media/media-store.ts'
import { refuse } from '../refusal.ts'
import { readLanguage } from '../settings.ts'
import { itemsOfStory, recentItems } from '../wire/published-items.ts'
import { hasTag, tagOf } from './entity-tag.ts'
import { parse } from './errors.ts'
import { idParamsSchema } from './params.ts'
import type { Services } from './services.ts'

export const PUBLIC_PATH = '/public'
const FEED_FILES: Readonly<Record<string, string>> = {
  'feed.rss': 'rss',
  'feed.atom': 'atom',
  'feed.json': 'json-feed',
  'sitemap.xml': 'news-sitemap',
}
const pictureParamsSchema = idParamsSchema.extend({ picture: z.string().max(100) })

interface Document {
  text: string
  contentType: string
  /** When it last changed, ISO 8601. */
  changed: string
}

/** `base` is the server's public address; null for the one in the request. */
export function publicRoutes(app: FastifyInstance, { db, media, settings }: Services, base: string | null): void {
  const storyId = ({ uri }: WireItem): string => uri.replace('urn:uuid:', '')

  function homeOf(request: FastifyRequest): string {
    return `${base ?? `${request.protocol}://${request.host}`}${PUBLIC_PATH}/`
  }

  async function feed(request: FastifyRequest): Promise<Feed> {
    const home = homeOf(request)
    const [items, time] = [await recentItems(db), new Date().toISOString()]
    const { live } = feedEntries({ items, time })
    const shownBy = new Map(live.flatMap((item) => item.pictures.map(({ href }) => [href, storyId(item)])))
    return {
      title: settings.name,
      description: '',
      language: await readLanguage(db),
      home,
      self: new URL(request.url, home).href,
      time,
      items,
      pageOf: (item) => `${home}${storyId(item)}/`,
      pictureOf: ({ href }) => `${home}${shownBy.get(href) ?? ''}/${encodeURIComponent(href)}`,
    }
  }

  /** Returns the story as readers may see it now, or `killed`. Refuses with `not-found`. */
  async function liveItem(id: string): Promise<WireItem | 'killed'> {
    const { live, killed } = feedEntries({ items: await itemsOfStory(db, id), time: new Date().toISOString() })
    if (killed.length > 0) return 'killed'
    const [item] = live
    if (item === undefined) throw refuse('page-not-found')
    return item
  }

  function gone(reply: FastifyReply): FastifyReply {
    return reply
      .code(410)
      .header('cache-control', 'public, no-cache')
      .type('text/html; charset=utf-8')
      .send('<!doctype html><meta charset="utf-8"><title>Withdrawn</title><h1>This story has been withdrawn.</h1>')
  }

  app.get(`${PUBLIC_PATH}/`, async (request, reply) => {
    const given = await feed(request)
    const { live } = feedEntries(given)
    const entries = live.map(
      (item) =>
        `<li lang="${escapeMarkup(item.language)}"><a href="${storyId(item)}/" dir="auto">${escapeMarkup(item.headline)}</a></li>`,
    )
    const name = escapeMarkup(settings.name)
    const text =
      `<!doctype html><html lang="${escapeMarkup(given.language)}"><meta charset="utf-8"><title>${name}</title>` +
      '<link rel="alternate" type="application/atom+xml" href="feed.atom">' +
      `<h1>${name}</h1><ul>${entries.join('')}</ul></html>\n`
    return answer(request, reply, { text, contentType: 'text/html; charset=utf-8', changed: changeOf(given) })
  })

  for (const [file, name] of Object.entries(FEED_FILES)) {
    const format = FEEDS.find((each) => each.name === name)
    if (format === undefined) throw new Error(`There is no feed ${name}`)
    app.get(`${PUBLIC_PATH}/${file}`, async (request, reply) => {
      const given = await feed(request)
      const { contentType } = format
      return answer(request, reply, { text: format.write(given), contentType, changed: changeOf(given) })
    })
  }

  app.get(`${PUBLIC_PATH}/:id`, (request, reply) =>
    reply.redirect(`${PUBLIC_PATH}/${parse(idParamsSchema, request.params).id}/`, 301),
  )

  app.get(`${PUBLIC_PATH}/:id/`, async (request, reply) => {
    const item = await liveItem(parse(idParamsSchema, request.params).id)
    if (item === 'killed') return gone(reply)
    const page = findFormat('html')?.write(item)
    if (page === undefined) throw new Error('There is no format html')
    return answer(request, reply, { ...page, changed: item.versionCreated })
  })

  app.get(`${PUBLIC_PATH}/:id/:picture`, async (request, reply) => {
    const { id, picture } = parse(pictureParamsSchema, request.params)
    const item = await liveItem(id)
    if (item === 'killed') return gone(reply)
    const shown = item.pictures.find(({ href }) => href === picture)
    const found = shown === undefined ? null : await media.rendition(shown.mediaId)
    if (found === null) throw refuse('picture-not-found')
    // A picture never changes: a new one has a new id. The tag is not that of the original, which was once served here.
    const etag = `"${found.id}.${RENDITION_VERSION}"`
    reply.header('etag', etag).header('cache-control', 'public, no-cache')
    if (hasTag(request, etag)) return reply.code(304).send()
    return reply
      .header('content-type', found.type)
      .header('content-length', found.size)
      .send(createReadStream(found.path))
  })
}

/**
 * Returns when anything was published, removed or released. A removed item is not shown, but its removal changed the
 * page.
 */
function changeOf({ items, time }: Feed): string {
  const times = items.flatMap(({ versionCreated, embargo }) => [versionCreated, embargo ?? versionCreated])
  return new Date(
    Math.max(0, ...times.map((each) => Date.parse(each)).filter((at) => at <= Date.parse(time))),
  ).toISOString()
}

/** Answers 304 if the client already has this version. */
function answer(request: FastifyRequest, reply: FastifyReply, { text, contentType, changed }: Document): FastifyReply {
  const etag = tagOf(text)
  const modified = new Date(changed).toUTCString()
  // An HTTP date has whole seconds. A second that is not over may bring another change, so it is not sent yet.
  const dated = Math.floor(Date.parse(changed) / 1000) < Math.floor(Date.now() / 1000)
  reply.header('etag', etag).header('cache-control', 'public, no-cache')
  if (dated) reply.header('last-modified', modified)
  // A tag takes precedence (RFC 9110, 13.2.2). A date counts only if it is exactly the one that was sent.
  const same =
    request.headers['if-none-match'] === undefined
      ? dated && request.headers['if-modified-since'] === modified
      : hasTag(request, etag)
  return same ? reply.code(304).send() : reply.type(contentType).send(text)
}
