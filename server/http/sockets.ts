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

/** The largest frame: more than any story, less than what hurts. */
const MOST_FRAME_BYTES = 16 * 1024 * 1024

export interface Sockets {
  /** Closes every socket that was opened under this session. */
  closeSession(sessionId: string): void
  /** The sessions that have sockets open. */
  sessions(): string[]
  close(): void
}

interface Options {
  db: Kysely<Database>
  tickets: Tickets
  live: Live
  /** Lets the socket into the story's room. */
  joinStory: (socket: WebSocket, joining: { story: Story; person: Person; galley: boolean }) => void
  log: Logger
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

export function listenForSockets(server: Server, { db, tickets, live, joinStory, log }: Options): Sockets {
  const accepting = new WebSocketServer({ noServer: true, maxPayload: MOST_FRAME_BYTES, perMessageDeflate: false })
  const bySession = new Map<string, Set<WebSocket>>()

  async function findSessionOf(url: URL, purpose: string): Promise<Session | null> {
    const session = tickets.check(url.searchParams.get('ticket') ?? '', purpose)
    return session === null ? null : findSession(db, session)
  }

  function belongsTo(session: Session, socket: WebSocket): void {
    const sockets = bySession.get(session.id) ?? new Set()
    bySession.set(session.id, sockets.add(socket))
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0 && bySession.get(session.id) === sockets) bySession.delete(session.id)
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
      if (session === null) {
        closeWith(socket, 'badTicket')
        return
      }
      belongsTo(session, socket)
      if (asked.live) live.join(socket)
      else if (story === null) closeWith(socket, 'noSuchStory')
      else joinStory(socket, { story, person: session.person, galley: url.searchParams.get('galley') === '1' })
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
      for (const socket of bySession.get(sessionId) ?? []) closeWith(socket, 'badTicket')
    },
    sessions: () => [...bySession.keys()],
    close() {
      for (const socket of accepting.clients) socket.terminate()
      accepting.close()
    },
  }
}
