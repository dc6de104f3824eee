/**
 * The relay: the stories that are being written, and the sockets of the people who write them. It speaks the y-websocket
 * protocol (see `shared/protocol/PROTOCOL.md`), and acknowledges only what is on the disk.
 */
import type { WebSocket } from 'ws'
import type { Doc } from 'yjs'
import type { Article } from '#shared/article/article.ts'
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'
import type { AuthoredField } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import type { WriteRights } from '#shared/story/workflow.ts'
import type { Bus } from '../bus/bus.ts'
import { InProcessHub } from '../bus/in-process-bus.ts'
import { readHeads } from '../store/heads.ts'
import type { Store } from '../store/store.ts'
import { Articles } from './articles.ts'
import { readAuthors } from './authors.ts'
import { ClaimWriter } from './claims.ts'
import { Connection, type Member } from './connection.ts'
import { buildDoc, readHistory } from './history.ts'
import { LIMITS, type Limits } from './limits.ts'
import { LogWriter } from './log.ts'
import { RelayMeter } from './meter.ts'
import { PeriodicCheck } from './periodic-check.ts'
import type { RelayLog } from './relay-log.ts'
import { ReplayThread } from './replay-thread.ts'
import { Room, type RoomServices } from './room.ts'
import type { Wire } from './wire.ts'

export interface RelayOptions {
  store: Store
  log: RelayLog
  /** Connects the other nodes, where there are any. */
  bus?: Bus
  /**
   * Called after changes of a story were committed: its headline and length may have changed. That is up to a second after
   * the first of them, again while more come, and when the last person leaves the story or the relay closes, which both
   * wait for it.
   */
  onStored?: (storyId: string) => Promise<void> | void
  /** Someone opened or left a story; `people` are all who have it open at this node now, each once. */
  onPeople?: (storyId: string, people: Person[]) => void
  /**
   * Called with the open stories, of which decisions by other nodes may have been missed: now and then where the store is
   * shared, and soon after the bus was interrupted.
   */
  onLookAgain?: (storyIds: string[]) => Promise<void>
  limits?: Partial<Limits>
  /** Counts what the relay does. */
  meter?: RelayMeter
}

export interface Relay {
  /**
   * Joins a socket to a story. Call it as soon as the socket is open, or its first frames are lost. `wire` is the stream
   * that the HTTP server gave for the socket; nothing on it may be compressed. Returns `disconnect(reason)`, which ignores
   * all later frames. Sockets are closed for the reasons in `close-codes.ts`.
   */
  join(socket: WebSocket, wire: Wire, member: Member & { storyId: string }): (reason: CloseReason) => void
  /** Resolves to a new document with everything that was received so far and committed. Rejects when there is no such story. */
  readDoc(storyId: string): Promise<Doc>
  /** Resolves to what the document of `readDoc` says. Cheap to call often while the story is written. */
  readArticle(storyId: string): Promise<Article>
  /** Resolves to who wrote what, of everything received so far: see `authors.ts`. Rejects when there is no such story. */
  readAuthors(storyId: string): Promise<AuthoredField[]>
  /** Decides again what the people who have the story open at this node may write. */
  setMayWrite(storyId: string, decide: (person: Person) => WriteRights): void
  /** Returns who has the story open at this node, each person once. */
  people(storyId: string): Person[]
  /** Returns the number of open stories and connections. */
  status(): { rooms: number; connections: number }
  /** Closes all sockets with `stopping`. Resolves once everything received is committed and all rooms have ended. */
  close(): Promise<void>
}

/** Stories in one query. */
const HEADS_AT_ONCE = 1000

export function createRelay(options: RelayOptions): Relay {
  const { store, log, onStored, onPeople, onLookAgain } = options
  const bus = options.bus ?? new InProcessHub().join()
  const limits: Limits = { ...LIMITS, ...options.limits }
  const meter = options.meter ?? new RelayMeter()
  const rooms = new Map<string, Room>()
  const replays = new ReplayThread()
  const articles = new Articles(store, replays)
  let closing = false

  const services: RoomServices = {
    store,
    writer: new LogWriter(
      store,
      (storyId, rows, where) => rooms.get(storyId)?.committed(rows, where),
      meter,
      limits.commitMs,
    ),
    claimWriter: new ClaimWriter(store),
    compactor: replays.compact,
    bus,
    checkLog: () => logCheck?.soon(),
    meter,
    limits,
    log,
    stored: async (storyId) => onStored?.(storyId),
    peopleChanged: (room) => onPeople?.(room.storyId, room.people()),
    ended: (room) => {
      rooms.delete(room.storyId)
      articles.forget(room.storyId)
    },
  }

  const heartbeat = setInterval(() => {
    for (const room of rooms.values()) for (const connection of room.connections) connection.heartbeat()
  }, limits.heartbeatMs)

  const logCheck = store.shared
    ? new PeriodicCheck(checkLog, () => (bus.connected ? limits.logCheckMs : limits.logCheckAloneMs))
    : null

  async function checkLog(): Promise<void> {
    try {
      const open = [...rooms.keys()]
      for (let at = 0; at < open.length; at += HEADS_AT_ONCE) {
        const heads = await readHeads(store.db, open.slice(at, at + HEADS_AT_ONCE))
        for (const [storyId, seq] of heads) rooms.get(storyId)?.headIs(seq)
      }
      await onLookAgain?.(open)
    } catch (error) {
      log.error({ error }, 'The log could not be checked')
    }
  }

  const unwatch = bus.watch((node) => {
    for (const room of rooms.values()) room.nodeGone(node)
  })

  function openRoom(storyId: string): Room {
    const room = new Room(storyId, services)
    rooms.set(storyId, room)
    return room
  }

  return {
    join(socket, wire, { storyId, ...member }) {
      if (socket.readyState !== socket.OPEN) return () => {}
      if (closing) {
        socket.close(CLOSE_CODES.stopping.code, CLOSE_CODES.stopping.reason)
        return () => {}
      }
      const room = rooms.get(storyId) ?? openRoom(storyId)
      const connection = new Connection(socket, wire, member, room, limits, meter)
      void room.join(connection)
      return (reason) => connection.close(reason)
    },

    async readDoc(storyId) {
      await rooms.get(storyId)?.settled()
      const history = await store.read((trx) => readHistory(trx, storyId))
      if (history === null) throw new Error(`There is no story ${storyId}`)
      return buildDoc(history)
    },

    async readArticle(storyId) {
      await rooms.get(storyId)?.settled()
      const article = await articles.read(storyId)
      if (!rooms.has(storyId)) articles.forget(storyId)
      return article
    },

    async readAuthors(storyId) {
      await rooms.get(storyId)?.settled()
      const authors = await readAuthors(store, storyId)
      if (authors === null) throw new Error(`There is no story ${storyId}`)
      return authors
    },

    setMayWrite(storyId, decide) {
      rooms.get(storyId)?.setMayWrite(decide)
    },

    status: () => ({
      rooms: rooms.size,
      connections: [...rooms.values()].reduce((sum, room) => sum + room.connections.size, 0),
    }),

    people: (storyId) => rooms.get(storyId)?.people() ?? [],

    async close() {
      closing = true
      clearInterval(heartbeat)
      await Promise.all([...rooms.values()].map((room) => room.stop()))
      await replays.close()
      await logCheck?.stop()
      unwatch()
    },
  }
}
