/**
 * The public site, if the newsroom wants one (GALLEY_PUBLIC): published stories as pages with their pictures, feeds and
 * a sitemap. Withheld and embargoed stories are not there, and killed ones are gone (410). Everything is revalidated at
 * each request, at the cost of a few bytes if unchanged, so that a kill shows at once.
 */
import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { RENDITION_VERSION } from '../media/media-store.ts'
import { refuse } from '../refusal.ts'
import { hasTag } from './entity-tag.ts'
import { parse } from './errors.ts'
import { idParamsSchema } from './params.ts'
import { FEED_FILES, type FeedFile, PUBLIC_PATH, type PublicPage } from './public-pages.ts'
import type { Services } from './services.ts'

const pictureParamsSchema = idParamsSchema.extend({ picture: z.string().max(100) })

/** `base` is the server's public address; null for the one in the request. */
export function publicRoutes(app: FastifyInstance, { media, publicPages }: Services, base: string | null): void {
  /** Answers 304 if the client already has this version. */
  function answer(request: FastifyRequest, reply: FastifyReply, page: PublicPage): FastifyReply {
    const { status, contentType, tag, changed } = page
    reply.header('cache-control', 'public, no-cache')
    const body = () => page.under(base ?? `${request.protocol}://${request.host}`)
    if (status === 410) return reply.code(410).type(contentType).send(body())
    const modified = new Date(changed).toUTCString()
    // An HTTP date has whole seconds. A second that is not over may bring another change, so it is not sent yet.
    const dated = Math.floor(changed / 1000) < Math.floor(Date.now() / 1000)
    reply.header('etag', tag)
    if (dated) reply.header('last-modified', modified)
    // A tag takes precedence (RFC 9110, 13.2.2). A date counts only if it is exactly the one that was sent.
    const same =
      request.headers['if-none-match'] === undefined
        ? dated && request.headers['if-modified-since'] === modified
        : hasTag(request, tag)
    return same ? reply.code(304).send() : reply.type(contentType).send(body())
  }

  app.get(`${PUBLIC_PATH}/`, async (request, reply) => answer(request, reply, await publicPages.home()))

  for (const file of Object.keys(FEED_FILES) as FeedFile[]) {
    app.get(`${PUBLIC_PATH}/${file}`, async (request, reply) => answer(request, reply, await publicPages.feed(file)))
  }

  app.get(`${PUBLIC_PATH}/:id`, (request, reply) =>
    reply.redirect(`${PUBLIC_PATH}/${parse(idParamsSchema, request.params).id}/`, 301),
  )

  app.get(`${PUBLIC_PATH}/:id/`, async (request, reply) =>
    answer(request, reply, await publicPages.story(parse(idParamsSchema, request.params).id)),
  )

  app.get(`${PUBLIC_PATH}/:id/:picture`, async (request, reply) => {
    const { id, picture } = parse(pictureParamsSchema, request.params)
    const page = await publicPages.story(id)
    if (page.status === 410) return answer(request, reply, page)
    const mediaId = page.pictures.get(picture)
    const found = mediaId === undefined ? null : await media.rendition(mediaId)
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
