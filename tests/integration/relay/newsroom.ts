/** A relay on a port of the system's choice with a real store in a folder of its own, and clients of it. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket, WebSocketServer } from 'ws'
import { LIMITS, type Limits } from '#server/relay/limits.ts'
import { createRelay, type Relay, type RelayOptions } from '#server/relay/relay.ts'
import { openStore, type Store } from '#server/store/store.ts'
import type { Person } from '#shared/story/story.ts'

export interface TestNewsroom {
  folder: string
  store: Store
  relay: Relay
  /** `ws://127.0.0.1:PORT` */
  address: string
  /** What the relay logged as errors. */
  errors: object[]
  close(): Promise<void>
}

export const MARIA: Person = person('Maria')
export const NIKOS: Person = person('Nikos')

function person(name: string): Person {
  return { id: randomUUID(), name, email: `${name.toLowerCase()}@example.org`, role: 'reporter' }
}

export interface NewsroomOptions {
  /** Kept afterwards when given. */
  folder?: string
  port?: number
  limits?: Partial<Limits>
  onStored?: RelayOptions['onStored']
  onPeople?: RelayOptions['onPeople']
}

/**
 * A socket names its story in its path and who it is in its query: `?as=<person id>`, `&galley=1`, `&reads=1` for one
 * that may not write.
 */
export async function startTestNewsroom(options: NewsroomOptions = {}): Promise<TestNewsroom> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'galley-relay-')))
  const store = await openStore(folder)
  await addPeople(store)
  const errors: object[] = []
  const relay = createRelay({
    store,
    log: { error: (fields) => errors.push(fields) },
    limits: options.limits ?? {},
    ...(options.onStored === undefined ? {} : { onStored: options.onStored }),
    ...(options.onPeople === undefined ? {} : { onPeople: options.onPeople }),
  })
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, maxPayload: 2 * LIMITS.frameBytes })
  sockets.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'ws://relay')
    const member = [MARIA, NIKOS].find(({ id }) => id === url.searchParams.get('as')) ?? MARIA
    relay.join(socket, {
      storyId: url.pathname.slice(1),
      person: member,
      mayWrite: !url.searchParams.has('reads'),
      galley: url.searchParams.has('galley'),
    })
  })
  http.listen(options.port ?? 0, '127.0.0.1')
  await once(http, 'listening')
  const at = http.address()
  if (at === null || typeof at === 'string') throw new Error('The test relay has no port')
  return {
    folder,
    store,
    relay,
    errors,
    address: `ws://127.0.0.1:${at.port}`,
    async close() {
      await relay.close()
      for (const client of sockets.clients) client.terminate()
      http.close()
      await once(http, 'close')
      await store.close()
      if (options.folder === undefined) await rm(folder, { recursive: true })
    },
  }
}

const DESK = '00000000-0000-4000-8000-000000000001'

/** The people and the desk that stories refer to; a folder that has them keeps them. */
async function addPeople({ db }: Store): Promise<void> {
  await db
    .insertInto('people')
    .values([MARIA, NIKOS].map((member) => ({ ...member, password_hash: '', created_at: 0 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('desks')
    .values({ id: DESK, name: 'World', position: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A new story's id. */
export async function addStory({ db }: Store): Promise<string> {
  const id = randomUUID()
  const [creator] = await db.selectFrom('people').select('id').execute()
  await db
    .insertInto('stories')
    .values({
      id,
      slug: 'test',
      headline: '',
      words: 0,
      desk_id: DESK,
      stage: 'draft',
      language: 'en',
      created_by: creator?.id ?? '',
      created_at: 0,
      changed_at: 0,
    })
    .execute()
  return id
}

export { WebSocket }
