/**
 * The two kinds of WebSocket: `/relay/<storyId>` into a story's room, and `/live` for the newsroom's events. A browser
 * cannot read the HTTP status of a refused upgrade, so every socket is accepted, and one that may not be there is closed
 * at once with the close code that says why.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { WebSocket, WebSocketServer } from 'ws'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import { GALLEY_PROTOCOL, OLDER_GALLEY_PROTOCOL } from '#shared/protocol/frames.ts'
import { idSchema, type Person, type Story } from '#shared/story/story.ts'
import { findSession, type Session } from '../auth/sessions.ts'
import type { Tickets } from '../auth/tickets.ts'
import type { Live } from '../events/live.ts'
import type { Database } from '../store/schema.ts'
import { findStory } from '../story/stories.ts'
import { addressOf } from './address.ts'
import { SocketLimits, type SocketLimitValues } from './socket-limits.ts'

/** The largest frame: more than any story, less than what hurts. */
const MOST_FRAME_BYTES = 16 * 1024 * 1024
/** What `ws` closes a socket with of its own accord when a frame is beyond that. */
const WS_TOO_LARGE = 1009

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

/** Ends a socket from one moment to the next: whatever its client does about it, nothing of it is heard any more. */
export type ShowOut = (reason: CloseReason) => void

/** Who comes into a story, and with which app: see `Member` in the relay. */
interface Joining {
  story: Story
  person: Person
  galley: boolean
  isOutdated: boolean
}

interface Options {
  db: Kysely<Database>
  tickets: Tickets
  live: Live
  /** Lets the socket into the story's room. */
  joinStory: (socket: WebSocket, wire: Duplex, joining: Joining) => ShowOut
  log: Logger
  limits?: Partial<SocketLimitValues>
}

interface Asked {
  purpose: string
  live: boolean
}
interface Coming {
  session: Session
  story: Story | 'missing' | null
}

/** What an address asks for; null when there is no socket there. */
function purposeOf(url: URL): Asked | null {
  if (url.pathname === '/live') return { purpose: 'live', live: true }
  const id = idSchema.safeParse(/^\/relay\/([^/]+)$/.exec(url.pathname)?.[1])
  return id.success ? { purpose: id.data, live: false } : null
}

/** With which app somebody comes. Stock clients say nothing of it. */
function appOf({ searchParams }: URL): Pick<Joining, 'galley' | 'isOutdated'> {
  const said = searchParams.get('galley')
  const isOutdated = said === String(OLDER_GALLEY_PROTOCOL)
  return { galley: isOutdated || said === String(GALLEY_PROTOCOL), isOutdated }
}

/** One that says in our words, too, why it closes. */
class NamingSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === WS_TOO_LARGE) closeWith(this, 'tooLarge')
    else super.close(code, reason)
  }
}

function closeWith(socket: WebSocket, reason: CloseReason): void {
  const { code, reason: text } = CLOSE_CODES[reason]
  socket.close(code, text)
}

export function listenForSockets(server: Server, { db, tickets, live, joinStory, log, limits }: Options): Sockets {
  const accepting = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME_BYTES,
    perMessageDeflate: false,
    WebSocket: NamingSocket,
  })
  const bySession = new Map<string, { session: Session; sockets: Map<WebSocket, ShowOut> }>()
  const counted = new SocketLimits(limits)
  let stopping = false

  /** Who comes, and into which story (null: the live socket); or why they may not. */
  async function whoComes(url: URL, { purpose, live }: Asked): Promise<Coming | CloseReason> {
    try {
      const id = tickets.check(url.searchParams.get('ticket') ?? '', purpose)
      const session = id === null ? null : await findSession(db, id)
      if (session === null) return 'badTicket'
      if (live) return { session, story: null }
      return { session, story: (await findStory(db, purpose)) ?? 'missing' }
    } catch (error) {
      log.error({ err: error }, 'whoever opens a socket could not be looked up')
      return 'loadFailed'
    }
  }

  function letIn(
    socket: WebSocket,
    wire: Duplex,
    request: IncomingMessage,
    url: URL,
    { session, story }: Coming,
  ): void {
    const storyId = story === null || story === 'missing' ? null : story.id
    const leave = counted.enter({ personId: session.person.id, address: addressOf(request), storyId })
    if (typeof leave === 'string') {
      closeWith(socket, leave)
      return
    }
    socket.on('close', leave)
    if (story === 'missing') {
      closeWith(socket, 'noSuchStory')
      return
    }
    const showOut =
      story === null
        ? live.join(socket, wire)
        : joinStory(socket, wire, { story, person: session.person, ...appOf(url) })
    belongsTo(session, socket, showOut)
  }

  function belongsTo(session: Session, socket: WebSocket, showOut: ShowOut): void {
    const open = bySession.get(session.id) ?? { session, sockets: new Map() }
    bySession.set(session.id, open)
    open.sockets.set(socket, showOut)
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
    const coming = await whoComes(url, asked)
    accepting.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'))
      if (stopping) closeWith(socket, 'stopping')
      else if (typeof coming === 'string') closeWith(socket, coming)
      else letIn(socket, raw, request, url, coming)
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
      for (const showOut of open?.sockets.values() ?? []) showOut('badTicket')
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
