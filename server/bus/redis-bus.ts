/**
 * The bus over Redis or Valkey, with a channel for each topic. Every node sends beats on a channel that all nodes listen
 * to. A node's own beat that comes back shows that messages get through both ways, which an open connection does not;
 * another node's beat shows that it is alive. A message is [node: varString][body: the rest].
 */
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Bus, Listener } from './bus.ts'
import { Topics } from './topics.ts'

/** The part of pino that the bus uses. */
export interface BusLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface RedisBusOptions {
  /** `redis://…`, or `rediss://…` with TLS. */
  url: string
  /** The prefix of all channels, so that newsrooms that share a Redis do not hear each other. */
  prefix: string
  log: BusLog
  limits?: Partial<typeof BUS_LIMITS>
}

export const BUS_LIMITS = {
  /** How often a node sends a beat. */
  beatMs: 2000,
  /** A node that is silent for this long is gone; a bus that does not return one's own beats for this long is down. */
  goneMs: 7000,
  /** The longest pause between attempts to reach Redis. */
  longestPauseMs: 2000,
  /** What may be on its way to Redis, in bytes. Beyond it messages are dropped. */
  pendingBytes: 8 * 1024 * 1024,
  /** How long a goodbye may take. */
  goodbyeMs: 300,
}

const BEAT = Uint8Array.of(1)
const GOODBYE = Uint8Array.of(0)
/** Channels in one command. */
const CHANNELS_AT_ONCE = 500

/** Starts to connect and returns at once; it waits for Redis in the background. */
export function openRedisBus(options: RedisBusOptions): Bus {
  return new RedisBus(options)
}

class RedisBus implements Bus {
  readonly node = randomUUID()
  readonly #limits: typeof BUS_LIMITS
  readonly #log: BusLog
  readonly #prefix: string
  readonly #beats: string
  readonly #publisher: Redis
  readonly #subscriber: Redis
  readonly #topics = new Topics()
  readonly #watchers = new Set<(node: string) => void>()
  /** When each node was last heard of. */
  readonly #heard = new Map<string, number>()
  readonly #beating: NodeJS.Timeout
  /** When a beat of this node last came back, or the connection was last reset. */
  #lastEcho = Date.now()
  #connected = false
  /** Whether the server has confirmed all subscriptions made before the connection. */
  #subscribed = false
  #hasLoggedError = false
  #pendingBytes = 0
  #dropped = 0
  #closed = false

  constructor({ url, prefix, log, limits }: RedisBusOptions) {
    this.#limits = { ...BUS_LIMITS, ...limits }
    this.#log = log
    this.#prefix = `${prefix}:`
    this.#beats = `${prefix}/beats`
    const options = {
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
      enableOfflineQueue: false,
      // Messages do not wait for a connection: they are hints.
      maxRetriesPerRequest: 0,
      connectTimeout: this.#limits.goneMs,
      connectionName: `galley ${this.node}`,
      retryStrategy: (times: number) =>
        Math.min(this.#limits.longestPauseMs, 50 * 2 ** Math.min(times, 10)) * (0.75 + Math.random() / 2),
    }
    this.#publisher = new Redis(url, options)
    this.#subscriber = new Redis(url, options)
    for (const redis of [this.#publisher, this.#subscriber]) {
      redis.on('error', (error: Error) => this.#failed(error))
      redis.on('close', () => this.#interrupted())
    }
    this.#subscriber.on('close', () => (this.#subscribed = false))
    this.#publisher.on('ready', () => this.#beat())
    this.#subscriber.on('ready', () => void this.#subscribeAll())
    this.#subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => this.#received(String(channel), message))
    this.#beating = setInterval(() => this.#everyBeat(), this.#limits.beatMs)
  }

  get connected(): boolean {
    return this.#connected
  }

  publish(topic: string, body: Uint8Array): void {
    void this.#send(this.#prefix + topic, body)
  }

  subscribe(topic: string, listener: Listener): () => void {
    this.#topics.add(topic, listener)
    // An earlier listener's subscription may not be active yet. Asking again makes sure, and costs little.
    void this.#ask('subscribe', [this.#prefix + topic]).then((stands) => {
      if (stands && this.#connected && this.#topics.has(topic, listener)) listener.live()
    })
    return () => {
      if (this.#topics.remove(topic, listener)) void this.#ask('unsubscribe', [this.#prefix + topic])
    }
  }

  watch(gone: (node: string) => void): () => void {
    this.#watchers.add(gone)
    return () => void this.#watchers.delete(gone)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#beating)
    const patience = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => patience.resolve(undefined), this.#limits.goodbyeMs)
    await Promise.race([this.#send(this.#beats, GOODBYE), patience.promise])
    clearTimeout(timer)
    this.#publisher.disconnect()
    this.#subscriber.disconnect()
  }

  /** Resolves once Redis has the message or it was dropped. */
  async #send(channel: string, body: Uint8Array): Promise<void> {
    if (this.#publisher.status !== 'ready') return
    if (this.#pendingBytes > this.#limits.pendingBytes) {
      this.#dropped++
      return
    }
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, this.node)
    encoding.writeUint8Array(encoder, body)
    const message = Buffer.from(encoding.toUint8Array(encoder))
    this.#pendingBytes += message.byteLength
    try {
      await this.#publisher.publish(channel, message)
    } catch {
      // The connection is gone, and 'close' says so.
    } finally {
      this.#pendingBytes -= message.byteLength
    }
  }

  /** Resolves to whether the server has confirmed it. */
  async #ask(what: 'subscribe' | 'unsubscribe', channels: readonly string[]): Promise<boolean> {
    if (this.#subscriber.status !== 'ready') return false
    try {
      for (let at = 0; at < channels.length; at += CHANNELS_AT_ONCE) {
        await this.#subscriber[what](...channels.slice(at, at + CHANNELS_AT_ONCE))
      }
      return true
    } catch {
      return false
    }
  }

  async #subscribeAll(): Promise<void> {
    const channels = [this.#beats, ...this.#topics.names().map((topic) => this.#prefix + topic)]
    if (!(await this.#ask('subscribe', channels))) return
    this.#subscribed = true
    this.#beat()
  }

  #beat(): void {
    void this.#send(this.#beats, BEAT)
  }

  #everyBeat(): void {
    const now = Date.now()
    if (this.#dropped > 0) this.#log.warn({ messages: this.#dropped }, 'Redis is too slow; messages were dropped')
    this.#dropped = 0
    this.#beat()
    for (const [node, heard] of this.#heard) if (now - heard > this.#limits.goneMs) this.#gone(node)
    if (now - this.#lastEcho <= this.#limits.goneMs) return
    // The connections may be open, but nothing gets through.
    this.#lastEcho = now
    for (const redis of [this.#publisher, this.#subscriber]) {
      if (['ready', 'connect', 'connecting'].includes(redis.status)) redis.disconnect(true)
    }
  }

  #received(channel: string, message: Uint8Array): void {
    const decoder = decoding.createDecoder(message)
    let node: string
    try {
      node = decoding.readVarString(decoder)
    } catch {
      return
    }
    const body = decoding.readTailAsUint8Array(decoder)
    if (node === this.node) {
      if (channel === this.#beats) this.#echo()
      return
    }
    if (channel === this.#beats && body[0] === GOODBYE[0]) {
      this.#gone(node)
      return
    }
    this.#heard.set(node, Date.now())
    if (channel.startsWith(this.#prefix)) this.#topics.message(channel.slice(this.#prefix.length), body, node)
  }

  #echo(): void {
    this.#lastEcho = Date.now()
    if (this.#connected || !this.#subscribed || this.#closed) return
    this.#connected = true
    this.#hasLoggedError = false
    this.#log.info({}, 'Redis is connected')
    for (const topic of this.#topics.names()) this.#topics.live(topic)
  }

  /** Logs the error once, not at each attempt. */
  #failed(error: Error): void {
    if (this.#hasLoggedError || this.#closed) return
    this.#hasLoggedError = true
    this.#log.warn({ err: error }, 'Redis cannot be reached; retrying')
  }

  #interrupted(): void {
    if (!this.#connected) return
    this.#connected = false
    if (!this.#closed) this.#log.warn({}, 'Redis is not connected; changes of other nodes are read from the database')
  }

  #gone(node: string): void {
    if (!this.#heard.delete(node)) return
    for (const gone of this.#watchers) gone(node)
  }
}
