/**
 * Tickets: a browser cannot send a header with a WebSocket, so it asks for a ticket over HTTP and puts that into the
 * socket's address. A ticket is valid for one purpose and one minute, and only while the session that asked for it is open.
 * It is `<claims>.<HMAC-SHA-256>`, both in base64url, with the claims as JSON. The server does not store it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

export const TICKET_SECONDS = 60

const claimsSchema = z.object({
  /** The id of the session, see `sessions.ts`. */
  session: z.string(),
  /** A story's id, or `live`. */
  for: z.string(),
  /** Milliseconds since 1970 UTC. */
  expires: z.number(),
})
type Claims = z.infer<typeof claimsSchema>

export interface Tickets {
  issue(session: string, purpose: string): string
  /** Returns the id of the session that the ticket was issued to; null when it is forged, expired or for something else. */
  check(ticket: string, purpose: string): string | null
}

export function createTickets(key: Buffer, now: () => number = Date.now): Tickets {
  const sign = (claims: string): Buffer => createHmac('sha256', key).update(claims).digest()

  return {
    issue(session, purpose) {
      const claims: Claims = { session, for: purpose, expires: now() + TICKET_SECONDS * 1000 }
      const text = Buffer.from(JSON.stringify(claims)).toString('base64url')
      return `${text}.${sign(text).toString('base64url')}`
    },

    check(ticket, purpose) {
      const [text, signature, ...more] = ticket.split('.')
      if (text === undefined || signature === undefined || more.length > 0) return null
      const given = Buffer.from(signature, 'base64url')
      const right = sign(text)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null
      const claims = claimsSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
      return claims.for === purpose && claims.expires > now() ? claims.session : null
    },
  }
}
