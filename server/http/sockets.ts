/**
 * The two kinds of WebSocket: `/relay/<storyId>` for a story's room, and `/live` for the newsroom's events. A browser
 * cannot read the HTTP status of a refused upgrade, so a socket that is refused is opened too, and closed at once with
 * the close code that says why.
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
import { networkOf } from '../network.ts'
import type { Database } from '../store/schema.ts'
import { findStory } from '../story/stories.ts'
import { addressOf, type IsProxy } from './address.ts'
import type { IsOwnHost } from './hosts.ts'
import { SocketLimits, type SocketLimitValues } from './socket-limits.ts'
import { UnreadBytes } from './unread-bytes.ts'

/** The largest frames. Of a story: more than any story needs, and small enough to be harmless. */
const MOST_FRAME_BYTES = 16 * 1024 * 1024
/** Apps send nothing over the live socket. */
const MOST_LIVE_FRAME_BYTES = 1024
/** The largest control frame: a refused socket is only told why, and answers to that. */
const MOST_REFUSED_FRAME_BYTES = 125
/** The code with which `ws` closes a socket by itself after a larger frame. */
const WS_TOO_LARGE = 1009

/** How long a client may take for the closing handshake. */
const CLOSE_MS = 2000

export interface Sockets {
  /** Closes all sockets of this session. */
  closeSession(sessionId: string): void
  /** Returns the sessions with open sockets, each with its person at the time of connecting. */
  sessions(): Session[]
  /** Closes every new connection, with the reason that the server is stopping. */
  stop(): void
  /** Closes all open sockets. Resolves once they have had the reason, or a short time has passed. */
  close(): Promise<void>
}

/** Disconnects a socket at once: later frames from it are ignored. */
export type Disconnect = (reason: CloseReason) => void

/** The person who opens a story, and their app: see `Member` in the relay. */
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
  /** Adds the socket to the story's room. */
  joinStory: (socket: WebSocket, wire: Duplex, joining: Joining) => Disconnect
  log: Logger
  isProxy: IsProxy
  isOwnHost: IsOwnHost
  limits?: Partial<SocketLimitValues>
}

interface SocketTarget {
  purpose: string
  live: boolean
}
interface Authorized {
  session: Session
  story: Story | 'missing' | null
}
interface Admitted {
  leave: () => void
  server: WebSocketServer
  open: (socket: WebSocket, wire: Duplex) => void
}

/** Returns what an address asks for; null if it is not a socket's. */
function targetOf(url: URL): SocketTarget | null {
  if (url.pathname === '/live') return { purpose: 'live', live: true }
  const id = idSchema.safeParse(/^\/relay\/([^/]+)$/.exec(url.pathname)?.[1])
  return id.success ? { purpose: id.data, live: false } : null
}

/** Returns the app behind a connection. Stock clients do not name theirs. */
function appOf({ searchParams }: URL): Pick<Joining, 'galley' | 'isOutdated'> {
  const said = searchParams.get('galley')
  const isOutdated = said === String(OLDER_GALLEY_PROTOCOL)
  return { galley: isOutdated || said === String(GALLEY_PROTOCOL), isOutdated }
}

/** A socket that also closes with our reason after a frame that is too large. */
class ReasonedSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === WS_TOO_LARGE) closeWith(this, 'tooLarge')
    else super.close(code, reason)
  }
}

function closeWith(socket: WebSocket, reason: CloseReason): void {
  const { code, reason: text } = CLOSE_CODES[reason]
  socket.close(code, text)
}

/** `closeTimeout`: how long a client may take for the closing handshake. */
function socketServer(limits: { maxPayload: number; closeTimeout?: number }): WebSocketServer {
  return new WebSocketServer({ ...limits, noServer: true, perMessageDeflate: false, WebSocket: ReasonedSocket })
}

/** Answers an upgrade by plain HTTP: a browser learns only that it failed. */
function answerPlainly(raw: Duplex, status: string): void {
  raw.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

export function listenForSockets(server: Server, options: Options): Sockets {
  const { db, tickets, live, joinStory, log, isProxy, isOwnHost, limits } = options
  const servers = {
    story: socketServer({ maxPayload: MOST_FRAME_BYTES }),
    live: socketServer({ maxPayload: MOST_LIVE_FRAME_BYTES, closeTimeout: CLOSE_MS }),
    refused: socketServer({ maxPayload: MOST_REFUSED_FRAME_BYTES, closeTimeout: CLOSE_MS }),
  }
  const unread = new UnreadBytes()
  const bySession = new Map<string, { session: Session; sockets: Map<WebSocket, Disconnect> }>()
  const counted = new SocketLimits(limits)
  let stopping = false

  /** Returns the session and the story (null: the live socket), or the reason why the socket may not be opened. */
  async function authorize(url: URL, { purpose, live }: SocketTarget): Promise<Authorized | CloseReason> {
    try {
      const id = tickets.check(url.searchParams.get('ticket') ?? '', purpose)
      const session = id === null ? null : await findSession(db, id)
      if (session === null) return 'badTicket'
      if (live) return { session, story: null }
      return { session, story: (await findStory(db, purpose)) ?? 'missing' }
    } catch (error) {
      log.error({ err: error }, 'a socket could not be authorized')
      return 'loadFailed'
    }
  }

  /** Returns what opens the socket, or the reason why it may not be opened. */
  function admit(url: URL, address: string, { session, story }: Authorized): Admitted | CloseReason {
    const { person } = session
    const storyId = story === null || story === 'missing' ? null : story.id
    const leave = counted.enter({ personId: person.id, address, storyId })
    if (typeof leave === 'string') return leave
    if (story === 'missing') {
      leave()
      return 'noSuchStory'
    }
    return {
      leave,
      server: story === null ? servers.live : servers.story,
      open(socket, wire) {
        const disconnect =
          story === null ? live.join(socket, wire, person) : joinStory(socket, wire, { story, person, ...appOf(url) })
        unread.watch(person.id, socket, wire, () => {
          if (socket.readyState === WebSocket.OPEN) disconnect('tooFast')
          else socket.terminate()
        })
        trackSession(session, socket, disconnect)
      },
    }
  }

  /** Tells a socket why it is refused. An address may have only a few such sockets, which cost memory until they close. */
  function refuse(request: IncomingMessage, raw: Duplex, head: Buffer, address: string, reason: CloseReason): void {
    const leave = counted.enterRefused(address)
    if (leave === null) {
      answerPlainly(raw, '429 Too Many Requests')
      return
    }
    raw.once('close', leave)
    servers.refused.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', (error) => log.debug({ err: error }, 'a refused socket failed'))
      closeWith(socket, reason)
    })
  }

  function trackSession(session: Session, socket: WebSocket, disconnect: Disconnect): void {
    const open = bySession.get(session.id) ?? { session, sockets: new Map() }
    bySession.set(session.id, open)
    open.sockets.set(socket, disconnect)
    socket.on('close', () => {
      open.sockets.delete(socket)
      if (open.sockets.size === 0 && bySession.get(session.id) === open) bySession.delete(session.id)
    })
  }

  async function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> {
    if (!isOwnHost(request.headers.host)) {
      answerPlainly(raw, '421 Misdirected Request')
      return
    }
    const url = new URL(request.url ?? '/', 'http://relay')
    const target = targetOf(url)
    if (target === null) {
      answerPlainly(raw, '404 Not Found')
      return
    }
    const address = networkOf(addressOf(request, isProxy))
    // Look everything up before the upgrade: after it frames arrive, and a listener must be ready.
    const authorized = await authorize(url, target)
    if (raw.destroyed) return
    const admitted = stopping
      ? 'stopping'
      : typeof authorized === 'string'
        ? authorized
        : admit(url, address, authorized)
    if (typeof admitted === 'string') {
      refuse(request, raw, head, address, admitted)
      return
    }
    raw.once('close', admitted.leave)
    admitted.server.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'))
      admitted.open(socket, raw)
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
      // A new connection under this session is checked again.
      bySession.delete(sessionId)
      for (const disconnect of open?.sockets.values() ?? []) disconnect('badTicket')
    },
    sessions: () => [...bySession.values()].map(({ session }) => session),
    stop() {
      stopping = true
    },
    async close() {
      stopping = true
      const all = Object.values(servers)
      const open = all.flatMap(({ clients }) => [...clients])
      // A socket cut off with unread data may never see the reason, so wait for its closing handshake.
      const closed = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of open) closeWith(socket, 'stopping')
      const patience = setTimeout(() => {
        for (const socket of open) socket.terminate()
      }, CLOSE_MS)
      await Promise.all(closed)
      clearTimeout(patience)
      for (const each of all) each.close()
    },
  }
}
