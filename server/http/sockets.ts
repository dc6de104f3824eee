/**
 * The two kinds of WebSocket: `/relay/<storyId>` into a story's room, and `/live` for the newsroom's events. A browser
 * cannot read the HTTP status of a refused upgrade, so every socket is accepted, and one that may not be there is closed
 * at once with the close code that says why.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import { idSchema, type Person, type Story } from '#shared/story/story.ts'
import { findSession, type Session } from '../auth/sessions.ts'
import type { Tickets } from '../auth/tickets.ts'
import type { Live } from '../desk/live.ts'
import { findStory } from '../desk/stories.ts'
import type { Database } from '../store/schema.ts'
import { addressOf } from './address.ts'
import { SocketLimits, type SocketLimitValues } from './socket-limits.ts'

/** The largest frame: more than any story, less than what hurts. */
const MOST_FRAME_BYTES = 16 * 1024 * 1024

/** How long a client may take over the closing handshake when the server stops. */
const CLOSE_MS = 2000

export interface Sockets {
  /** Closes every socket that was opened under this session. */
  closeSession(sessionId: string): void
  /** The sessions that sockets are open under, each with the person that it was then. */
  sessions(): Session[]
  /** From now on whoever comes is told that the server is stopping. */
  stop(): void
  /** Closes those that are still open; resolves once they have been told why, or did not listen for a while. */
  close(): Promise<void>
}

interface Options {
  db: Kysely<Database>
  tickets: Tickets
  live: Live
  /** Lets the socket into the story's room. */
  joinStory: (socket: WebSocket, wire: Duplex, joining: { story: Story; person: Person; galley: boolean }) => void
  log: Logger
  limits?: Partial<SocketLimitValues>
}

/** What an address asks for; null when there is no socket there. */
function purposeOf(url: URL): { purpose: string; live: boolean } | null {
  if (url.pathname === '/live') return { purpose: 'live', live: true }
  const id = idSchema.safeParse(/^\/relay\/([^/]+)$/.exec(url.pathname)?.[1])
  return id.success ? { purpose: id.data, live: false } : null
}

function closeWith(socket: WebSocket, reason: CloseReason): void {
  const { code, reason: text } = CLOSE_CODES[reason]
  socket.close(code, text)
}

export function listenForSockets(server: Server, { db, tickets, live, joinStory, log, limits }: Options): Sockets {
  const accepting = new WebSocketServer({ noServer: true, maxPayload: MOST_FRAME_BYTES, perMessageDeflate: false })
  const bySession = new Map<string, { session: Session; sockets: Set<WebSocket> }>()
  const counted = new SocketLimits(limits)
  let stopping = false

  async function findSessionOf(url: URL, purpose: string): Promise<Session | null> {
    const session = tickets.check(url.searchParams.get('ticket') ?? '', purpose)
    return session === null ? null : findSession(db, session)
  }

  function belongsTo(session: Session, socket: WebSocket): void {
    const open = bySession.get(session.id) ?? { session, sockets: new Set() }
    bySession.set(session.id, open)
    open.sockets.add(socket)
    socket.on('close', () => {
      open.sockets.delete(socket)
      if (open.sockets.size === 0 && bySession.get(session.id) === open) bySession.delete(session.id)
    })
  }

  async function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://relay')
    const asked = purposeOf(url)
    if (asked === null) {
      raw.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    // All is looked up before the upgrade: from then on frames arrive, and somebody has to be listening.
    const session = await findSessionOf(url, asked.purpose)
    const story = session === null || asked.live ? null : await findStory(db, asked.purpose)
    accepting.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'))
      if (stopping) {
        closeWith(socket, 'stopping')
        return
      }
      if (session === null) {
        closeWith(socket, 'badTicket')
        return
      }
      const storyId = asked.live ? null : asked.purpose
      const leave = counted.enter({ personId: session.person.id, address: addressOf(request), storyId })
      if (typeof leave === 'string') {
        closeWith(socket, leave)
        return
      }
      socket.on('close', leave)
      belongsTo(session, socket)
      if (asked.live) live.join(socket)
      else if (story === null) closeWith(socket, 'noSuchStory')
      else joinStory(socket, raw, { story, person: session.person, galley: url.searchParams.get('galley') === '1' })
    })
  }

  server.on('upgrade', (request, raw, head) => {
    raw.on('error', () => raw.destroy())
    upgrade(request, raw, head).catch((error: unknown) => {
      log.error({ err: error }, 'a socket could not be opened')
      raw.destroy()
    })
  })

  return {
    closeSession(sessionId) {
      const open = bySession.get(sessionId)
      // Whoever comes back under it is looked at anew.
      bySession.delete(sessionId)
      for (const socket of open?.sockets ?? []) closeWith(socket, 'badTicket')
    },
    sessions: () => [...bySession.values()].map(({ session }) => session),
    stop() {
      stopping = true
    },
    async close() {
      stopping = true
      const open = [...accepting.clients]
      // One that is cut off with something of its own unread may never read why: so its answer is waited for.
      const closed = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of open) closeWith(socket, 'stopping')
      const patience = setTimeout(() => {
        for (const socket of open) socket.terminate()
      }, CLOSE_MS)
      await Promise.all(closed)
      clearTimeout(patience)
      accepting.close()
    },
  }
}
