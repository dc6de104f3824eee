import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTickets, TICKET_SECONDS } from '#server/auth/tickets.ts'

const KEY = randomBytes(32)
let now = 0
const tickets = createTickets(KEY, () => now)
const STORY = '7c9e6679-7425-40de-944b-e07fc1f90a01'

/** Returns the ticket with other claims and the same signature. */
function forged(ticket: string, change: object): string {
  const [claims = '', signature = ''] = ticket.split('.')
  const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), ...change }
  return `${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`
}

describe('a ticket', () => {
  it('is valid for its purpose, and names its session [T1]', () => {
    expect(tickets.check(tickets.issue('session', STORY), STORY)).toBe('session')
    expect(tickets.check(tickets.issue('session', STORY), 'live')).toBeNull()
    expect(tickets.check(tickets.issue('session', 'live'), STORY)).toBeNull()
  })

  it('is valid for a minute, any number of times [T2]', () => {
    now = 1000
    const ticket = tickets.issue('session', 'live')
    now = 1000 + TICKET_SECONDS * 1000 - 1
    expect([tickets.check(ticket, 'live'), tickets.check(ticket, 'live')]).toEqual(['session', 'session'])
    now += 1
    expect(tickets.check(ticket, 'live')).toBeNull()
  })

  it('cannot be forged [T4]', () => {
    const ticket = tickets.issue('session', STORY)
    expect(tickets.check(forged(ticket, { for: 'live' }), 'live')).toBeNull()
    expect(tickets.check(forged(ticket, { expires: 9e15 }), STORY)).toBeNull()
    expect(createTickets(randomBytes(32), () => now).check(ticket, STORY)).toBeNull()
  })

  it.each(['', '.', 'a.b', 'a.b.c', '...', '💥.💥', `${'a'.repeat(5000)}.b`])('is not %j', (text) => {
    expect(tickets.check(text, 'live')).toBeNull()
  })
})
