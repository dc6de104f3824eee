/** Entity tags (RFC 9110, 8.8.3), by which a client is told that it already has an answer. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

export function tagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url')}"`
}

/** Returns whether the client already has the version with this tag. */
export function hasTag({ headers }: FastifyRequest, tag: string): boolean {
  const known = headers['if-none-match'] ?? ''
  return known.split(',').some((each) => ['*', tag].includes(each.trim().replace(/^W\//, '')))
}

/** Sends the answer as JSON, or 304 if the client already has it. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, answer: unknown): FastifyReply {
  const text = JSON.stringify(answer)
  const tag = tagOf(text)
  reply.header('etag', tag).header('cache-control', 'private, no-cache')
  if (hasTag(request, tag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(text)
}
