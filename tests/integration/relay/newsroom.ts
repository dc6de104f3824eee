/** A relay on a free port, with a real store in a folder of its own. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { WebSocketServer } from 'ws'
import type { Bus } from '#server/bus/bus.ts'
import { LIMITS, type Limits } from '#server/relay/limits.ts'
import { createRelay, type Relay, type RelayOptions } from '#server/relay/relay.ts'
import { openStore } from '#server/store/open-store.ts'
import { DATABASE_FILE } from '#server/store/sqlite-store.ts'
import type { Store } from '#server/store/store.ts'
import { SCHEMA_VERSION } from '#shared/article/seed.ts'
import type { Person } from '#shared/story/story.ts'
import { STORY_PARTS, type WriteRights } from '#shared/story/workflow.ts'
import { WAIT_LIMIT_MS } from '#tests/support/time-limits.ts'

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

export const MARIA: Person = person('00000000-0000-4000-8000-00000000000a', 'Maria')
export const NIKOS: Person = person('00000000-0000-4000-8000-00000000000b', 'Nikos')

function person(id: string, name: string): Person {
  return { id, name, email: `${name.toLowerCase()}@example.org`, role: 'reporter' }
}

export interface NewsroomOptions {
  /** A folder that is kept afterwards; by default a temporary one. */
  folder?: string
  port?: number
  limits?: Partial<Limits>
  /** A store that the caller opens and closes; by default one of the relay's own. */
  store?: Store
  bus?: Bus
  onStored?: RelayOptions['onStored']
  onPeople?: RelayOptions['onPeople']
}

/**
 * Starts a relay. A socket names its story in its path and its person in its query: `?as=<person id>`, `&galley=current` or
 * `older`, `&reads=1` without the right to write, `&parts=caption,credit` with the right to write only these.
 */
export async function startTestNewsroom(options: NewsroomOptions = {}): Promise<TestNewsroom> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'galley-relay-')))
  const store = options.store ?? (await openStore(folder))
  // A test may hold commits for longer than a server waits for them: see `holdCommits`.
  if (!store.shared) await sql.raw(`pragma busy_timeout = ${WAIT_LIMIT_MS}`).execute(store.db)
  await addPeople(store)
  const errors: object[] = []
  const relay = createRelay({
    store,
    log: { error: (fields) => errors.push(fields) },
    limits: options.limits ?? {},
    ...(options.bus === undefined ? {} : { bus: options.bus }),
    ...(options.onStored === undefined ? {} : { onStored: options.onStored }),
    ...(options.onPeople === undefined ? {} : { onPeople: options.onPeople }),
  })
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, maxPayload: 2 * LIMITS.frameBytes })
  sockets.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'ws://relay')
    const member = [MARIA, NIKOS].find(({ id }) => id === url.searchParams.get('as')) ?? MARIA
    relay.join(socket, request.socket, {
      storyId: url.pathname.slice(1),
      person: member,
      mayWrite: rightsIn(url.searchParams),
      galley: url.searchParams.has('galley'),
      isOutdated: url.searchParams.get('galley') === 'older',
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
      if (options.store === undefined) await store.close()
      if (options.folder === undefined) await rm(folder, { recursive: true })
    },
  }
}

function rightsIn(query: URLSearchParams): WriteRights {
  const parts = query.get('parts')?.split(',')
  return parts === undefined ? !query.has('reads') : STORY_PARTS.filter((part) => parts.includes(part))
}

const DESK = '00000000-0000-4000-8000-000000000001'

/** Adds the people and the desk that stories refer to, unless they are there. */
export async function addPeople({ db }: Store): Promise<void> {
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

/** Adds a story. Resolves to its id. */
export async function addStory({ db }: Store): Promise<string> {
  const id = randomUUID()
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
      created_by: MARIA.id,
      created_at: 0,
      changed_at: 0,
      schema_version: SCHEMA_VERSION,
    })
    .execute()
  return id
}

/** Holds all appends to the log, and no other commits, until the returned function is called. */
export function holdAppends({ store }: TestNewsroom): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const append = store.append.bind(store)
  store.append = async (rows) => {
    await promise
    return append(rows)
  }
  return () => resolve(undefined)
}

/** Holds all commits until the returned function is called. */
export function holdCommits({ folder }: TestNewsroom): () => void {
  const other = new DatabaseSync(join(folder, DATABASE_FILE))
  other.exec('begin immediate')
  return () => {
    other.exec('rollback')
    other.close()
  }
}

/** Makes appends to the log fail, for this story or for all, until the returned function is called. */
export async function failAppends({ store }: TestNewsroom, storyId?: string): Promise<() => Promise<void>> {
  const when = storyId === undefined ? '' : `when (new.story_id = '${storyId}')`
  const run = async (...statements: string[]) => {
    for (const statement of statements) await sql.raw(statement).execute(store.db)
  }
  if (store.shared) {
    await run(
      `create function fail() returns trigger language plpgsql as $$ begin raise 'The disk is on fire'; end $$`,
      `create trigger failing before insert on log for each row ${when} execute function fail()`,
    )
    return () => run('drop trigger failing on log', 'drop function fail')
  }
  await run(`create trigger failing before insert on log ${when} begin select raise(abort, 'The disk is on fire'); end`)
  return () => run('drop trigger failing')
}

/** Resolves to the number of rows in the story's log. */
export async function logRows({ store }: TestNewsroom, storyId: string): Promise<number> {
  const rows = await store.db.selectFrom('log').select('seq').where('story_id', '=', storyId).execute()
  return rows.length
}

/** Resolves to the list that test clients write to, as it is in the log. */
export async function storedWords({ relay }: TestNewsroom, storyId: string): Promise<string[]> {
  return (await relay.readDoc(storyId)).getArray<string>('figures').toArray()
}
