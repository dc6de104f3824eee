/** Galley's relay on Galley's store, as a newsroom runs it, with the desk and people that the bench's stories need. */
import { createRelay } from '#server/relay/relay.ts'
import { openStore } from '#server/store/open-store.ts'
import { createReadModel } from '#server/story/read-model.ts'
import { SCHEMA_VERSION } from '#shared/article/seed.ts'
import type { Person } from '#shared/story/story.ts'
import { idOf, PEOPLE, storyId } from '../stories.ts'
import { obey } from './control.ts'
import { listen, storyOf } from './listen.ts'

const [folder, stories = ''] = process.argv.slice(2)
if (folder === undefined) throw new Error('Which folder?')
const store = await openStore(folder)
await openNewsroom(Number(stories))

/** No limits on pace: the generator writes as hundreds of people from one address, and the peers have no limits. */
const NO_LIMIT = 1e9
const limits = {
  framesPerSecond: NO_LIMIT,
  framesAtOnce: NO_LIMIT,
  bytesPerSecond: NO_LIMIT,
  bytesAtOnce: NO_LIMIT,
}
const relay = createRelay({ store, log: console, limits, onStored: (storyId) => queue.stored(storyId) })
// What a newsroom does regularly for every story that is being written.
const queue = createReadModel({
  db: store.db,
  readArticle: (storyId) => relay.readArticle(storyId),
  publish: () => Promise.resolve(),
})
const { port, close } = await listen((socket, request) => {
  const person = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('person'))
  relay.join(socket, request.socket, {
    storyId: storyOf(request),
    person: personOf(person),
    mayWrite: true,
    galley: true,
    isOutdated: false,
  })
})
obey(port, async () => {
  await relay.close()
  await close()
  await store.close()
})

function personOf(index: number): Person {
  const id = idOf('person', index)
  return { id, name: `Person ${index}`, email: `person-${index}@bench.example`, role: 'reporter' }
}

async function openNewsroom(storyCount: number): Promise<void> {
  const now = Date.now()
  const desk = { id: idOf('desk', 0), name: 'World', position: 0 }
  await store.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('desks')
      .values(desk)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    for (const indexes of chunks(PEOPLE)) {
      const people = indexes.map((index) => ({ ...personOf(index), password_hash: '', created_at: now }))
      await trx
        .insertInto('people')
        .values(people)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    for (const indexes of chunks(storyCount)) {
      const rows = indexes.map((index) => ({
        id: storyId(index),
        slug: `bench-${index}`,
        headline: '',
        words: 0,
        desk_id: desk.id,
        stage: 'draft',
        language: 'en',
        created_by: personOf(0).id,
        created_at: now,
        changed_at: now,
        schema_version: SCHEMA_VERSION,
      }))
      await trx
        .insertInto('stories')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  })
}

function* chunks(count: number, size = 500): Generator<number[]> {
  for (let from = 0; from < count; from += size) {
    yield Array.from({ length: Math.min(size, count - from) }, (_, index) => from + index)
  }
}
