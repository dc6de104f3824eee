import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from '../refusal.ts'

/** The most uploads under way: of one sender, and of all. */
export interface UploadLimit {
  ofSender: number
  ofAll: number
}

/**
 * Counts the uploads under way to the routes added after this call, before their bodies are read. Refuses with
 * `uploads-busy` what is too many.
 */
export function limitUploads(
  app: FastifyInstance,
  { ofSender, ofAll }: UploadLimit,
  senderOf: (request: FastifyRequest) => string,
): void {
  /** By sender. */
  const underWay = new Map<string, number>()
  app.addHook('preParsing', (request, reply, _payload, next) => {
    const sender = senderOf(request)
    const own = underWay.get(sender) ?? 0
    const all = [...underWay.values()].reduce((sum, each) => sum + each, 0)
    if (own >= ofSender || all >= ofAll) {
      next(refuse('uploads-busy'))
      return
    }
    underWay.set(sender, own + 1)
    reply.raw.once('close', () => {
      const left = (underWay.get(sender) ?? 1) - 1
      if (left === 0) underWay.delete(sender)
      else underWay.set(sender, left)
    })
    next()
  })
}
