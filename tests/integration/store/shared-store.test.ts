/** Several nodes on one PostgreSQL: none loses, overtakes or repeats what another does. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { dropFolders } from '#tests/unit/wire/drop-folders.ts'
import { createNewsroom, FIRST_DESKS } from '#server/create-newsroom.ts'
import { compact } from '#server/relay/compaction.ts'
import { buildDoc, readHistory } from '#server/relay/history.ts'
import { lock, logLock } from '#server/store/locks.ts'
import { openStore } from '#server/store/open-store.ts'
import { StoreRefusal } from '#server/store/store-refusal.ts'
import type { Store } from '#server/store/store.ts'
import { createMoves } from '#server/story/moves.ts'
import { createDestinationDesk } from '#server/wire/destination-settings.ts'
import { sourceOfStory } from '#server/wire/intake/intake-items.ts'
import { receive } from '#server/wire/intake/receive.ts'
import { takeItem } from '#server/wire/intake/take.ts'
import { killStory } from '#server/wire/kill.ts'
import { listPublications } from '#server/wire/publications.ts'
import { keptDestinations, queueDeliveries } from '#server/wire/queue-deliveries.ts'
import { failWhenTakenBack } from '#server/wire/scheduled.ts'
import { createSecrets } from '#server/wire/secrets.ts'
import { freePort } from '#tests/support/free-port.ts'
import { postgresMissing, startPostgres, type TestPostgres } from '#tests/support/postgres.ts'
import { until } from '#tests/support/until.ts'
import { testStore } from '../../unit/server/test-store.ts'
import { article } from '../../unit/wire/articles.ts'
import { kindOf, NOTHING, outbox } from '../../unit/wire/outbox.ts'
import { addPeople, addStory, MARIA } from '../relay/newsroom.ts'

const row = (story: string, bytes: Uint8Array = Uint8Array.of(0, 0)) => ({
  story_id: story,
  person_id: MARIA.id,
  bytes,
  at: 1,
})

describe.skipIf(postgresMissing !== null)(
  `several nodes${postgresMissing === null ? '' : ` (${postgresMissing})`}`,
  () => {
    let postgres: TestPostgres
    beforeAll(async () => {
      postgres = await startPostgres()
    }, 120_000)
    afterAll(() => postgres.close())

    async function openedAt(url: string): Promise<Store> {
      const store = await openStore('', url)
      onTestFinished(() => store.close())
      return store
    }

    /** Two nodes' stores on one database (and a third), and a story. */
    async function two() {
      const url = await postgres.createDatabase()
      const [one, other, third] = await Promise.all([openedAt(url), openedAt(url), openedAt(url)])
      await addPeople(one)
      return { one, other, third, story: await addStory(one) }
    }

    /** Resolves to whether a transaction waits for a lock in this database. */
    const someoneWaits = async (db: Store['db']): Promise<boolean> => {
      const { rows } = await sql`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
      return rows.length > 0
    }

    const seqs = async ({ db }: Store, story: string): Promise<number[]> => {
      const rows = await db.selectFrom('log').select('seq').where('story_id', '=', story).orderBy('seq').execute()
      return rows.map(({ seq }) => seq)
    }

    it('never commit a change behind one that a reader has seen', async () => {
      const { one, other, third, story } = await two()
      const elsewhere = await addStory(one)
      const numbered = Promise.withResolvers<undefined>()
      const commit = Promise.withResolvers<undefined>()
      // What `append` does, paused between numbering and commit.
      const slow = one.db.transaction().execute(async (trx) => {
        await lock(trx, logLock(story))
        await trx.insertInto('log').values(row(story)).execute()
        numbered.resolve(undefined)
        await commit.promise
      })
      await numbered.promise
      let done = false
      const quick = other.append([row(story)]).finally(() => (done = true))
      await third.append([row(elsewhere)])
      await until('the second to wait for the first', async () => {
        const { rows } = await sql<{ waiting: number }>`
        select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted`.execute(one.db)
        return rows[0]?.waiting === 1
      })
      expect(done).toBe(false)
      expect(await seqs(one, story)).toEqual([])
      commit.resolve(undefined)
      await slow
      const where = (await quick).get(story)
      const [first, second] = await seqs(one, story)

      expect(where).toEqual({ after: first, seq: second })
    })

    it('append to many stories at once, in any order, without a deadlock', async () => {
      const { one, other } = await two()
      const stories = await Promise.all(Array.from({ length: 20 }, () => addStory(one)))
      const rounds = 15
      const appends = [one, other].map(async (store, index) => {
        const order = index === 0 ? stories : stories.toReversed()
        for (let round = 0; round < rounds; round++) await store.append(order.map((story) => row(story)))
      })
      await Promise.all(appends)
      for (const story of stories) expect(await seqs(one, story)).toHaveLength(2 * rounds)
    })

    it('say which row each batch follows, without a gap', async () => {
      const { one, other, story } = await two()
      const ranges: { after: number | null; seq: number }[] = []
      await Promise.all(
        [one, other].map(async (store) => {
          for (let round = 0; round < 20; round++) {
            const range = (await store.append([row(story), row(story)])).get(story)
            if (range !== undefined) ranges.push(range)
          }
        }),
      )
      ranges.sort((a, b) => a.seq - b.seq)
      expect(ranges.map(({ after }) => after)).toEqual([0, ...ranges.slice(0, -1).map(({ seq }) => seq)])
    })

    it('compact a story one at a time, and lose nothing that is appended meanwhile', async () => {
      const { one, other, story } = await two()
      const docs = [one, other].map((store) => ({ store, doc: new Y.Doc() }))
      let writing = docs.length
      const writers = docs.map(async ({ store, doc }) => {
        for (let word = 0; word < 60; word++) {
          const before = Y.encodeStateVector(doc)
          doc.getArray('words').push([`${doc.clientID}-${word}`])
          await store.append([row(story, Y.encodeStateAsUpdate(doc, before))])
        }
        writing--
      })
      let taken = 0
      const compacting = [one, other].map(async (store) => {
        while (writing > 0) {
          const rows = await compact(store, story)
          taken += rows
        }
      })
      await Promise.all([...writers, ...compacting])
      expect(taken + (await seqs(one, story)).length).toBe(120)
      const history = await one.read((trx) => readHistory(trx, story))
      const words = history === null ? [] : buildDoc(history).getArray('words').toArray()
      expect([...words].sort()).toEqual(docs.flatMap(({ doc }) => doc.getArray<string>('words').toArray()).sort())
    })

    it('read a story whole while it is compacted', async () => {
      const { one, other, story } = await two()
      await one.append([row(story), row(story)])
      const history = await one.read(async (trx) => {
        // The first query fixes the moment.
        await trx.selectFrom('stories').select('id').execute()
        await compact(other, story)
        return readHistory(trx, story)
      })
      expect([history?.snapshot, history?.rows.length]).toEqual([null, 2])
    })

    it('create one newsroom, and move a story once', async () => {
      const url = await postgres.createDatabase()
      const stores = await Promise.all([openedAt(url), openedAt(url)])
      const make = ({ db }: Store) =>
        createNewsroom(db, { name: 'The Test', demo: false, people: [], desks: FIRST_DESKS })
      const made = await Promise.allSettled(stores.map(make))
      expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(made.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { message: expect.stringContaining('There is already a newsroom') as string },
      })

      const elsewhere = await postgres.createDatabase()
      await using there = await testStore(() => openStore('', elsewhere))
      const other = await openedAt(elsewhere)
      for (let round = 0; round < 10; round++) {
        const { id } = await there.story()
        const moves = await Promise.allSettled(
          [there.store, other].map(({ db }) => createMoves(db, failWhenTakenBack)(id, 'file', there.reporter)),
        )
        expect(moves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      }
    })

    it('apply what a source says at one node to a story at another', async () => {
      const url = await postgres.createDatabase()
      await using there = await outbox(50, () => openStore('', url))
      const other = await openedAt(url)
      const send = (db: Store['db'], version: number, change: object) => {
        const headlines = [{ role: 'main', value: 'Ferries stop for a day' }]
        const document = { standard: { name: 'ninjs', version: '3.1' }, uri: 'urn:agency:1', version, headlines }
        return receive(db, there.reader, {
          sourceId: null,
          bytes: Buffer.from(JSON.stringify({ ...document, ...change })),
        })
      }
      const [item] = (await send(there.db, 1, {})).receipt.items
      const storyId = randomUUID()
      await takeItem(there, item?.id ?? '', { storyId }, there.wire)
      await send(other.db, 2, { edNote: 'More to come' })
      const [kill] = (await send(other.db, 3, { pubStatus: 'canceled' })).receipt.items
      expect(kill?.storyId).toBe(storyId)
      expect(await sourceOfStory(there.db, storyId)).toMatchObject({
        taken: { id: item?.id },
        newest: { id: kill?.id, kind: 'kill' },
      })
    })

    it('deliver everything once', async () => {
      const url = await postgres.createDatabase()
      await using there = await outbox(50, () => openStore('', url))
      const got: string[] = []
      const kind = kindOf(async ({ name }) => {
        // Long enough for the other couriers to reach the same delivery.
        await there.db.selectFrom('people').selectAll().execute()
        got.push(name)
      })
      const couriers = [
        there.courier(kind),
        there.courier(kind, await openedAt(url)),
        there.courier(kind, await openedAt(url)),
      ]
      for (let story = 0; story < 10; story++) {
        const { id } = await there.story({ article: article(), stage: 'ready' })
        await there.publish(id, there.wire, NOTHING)
      }
      await Promise.all(couriers.map((courier) => courier.start()))
      for (let story = 0; story < 5; story++) {
        const { id } = await there.story({ article: article(), stage: 'ready' })
        await there.publish(id, there.wire, NOTHING)
        for (const courier of couriers) courier.wake()
      }
      await until('all', async () => (await there.deliveries()).every(({ status }) => status === 'sent'))
      expect(got).toHaveLength(30)
      expect(new Set(got).size).toBe(30)
      expect((await there.deliveries()).every(({ attempts }) => attempts === 1)).toBe(true)
      for (const courier of couriers) await courier.close()
    })

    it('make a delivery again whose node died', async () => {
      const url = await postgres.createDatabase()
      await using there = await outbox(50, () => openStore('', url))
      const { id } = await there.story({ article: article(), stage: 'ready' })
      await there.publish(id, there.wire, NOTHING)
      const dying = await openedAt(url)
      let begun = 0
      const end = Promise.withResolvers<undefined>()
      const stuck = kindOf(() => {
        begun++
        return end.promise
      })
      void there.courier(stuck, dying).start()
      await until('both to be on their way', () => begun === 2)
      const got: string[] = []
      const second = there.courier(kindOf(({ name }) => Promise.resolve(got.push(name))))
      await second.start()
      // As if its machine were gone, and time had passed.
      const [one, other] = await there.deliveries()
      const expire = (id: string | undefined) =>
        there.db
          .updateTable('deliveries')
          .set({ leased_until: 1 })
          .where('id', '=', id ?? '')
          .execute()
      await expire(one?.id)
      await until('the one', () => got.length > 0)
      expect(got).toHaveLength(1)
      await expire(other?.id)
      await until('both', () => got.length === 2)
      await second.close()
      end.resolve(undefined)
      expect((await there.deliveries()).map(({ status, attempts }) => [status, attempts])).toEqual([
        ['sent', 1],
        ['sent', 1],
      ])
    })

    it('send nothing to a destination that is removed at another node during a publication', async () => {
      const url = await postgres.createDatabase()
      await using there = await outbox(50, () => openStore('', url))
      const other = await openedAt(url)
      const desk = createDestinationDesk({
        db: other.db,
        secrets: createSecrets(there.folder, null),
        kinds: [],
        folders: dropFolders(there.folder),
        allowPrivate: false,
      })
      const { id } = await there.story({ article: article(), stage: 'ready' })
      const { publication } = await there.publish(id, there.wire, NOTHING)
      const [destination = ''] = publication.deliveries.map((each) => each.destination.id)
      let removed = false
      let removing = Promise.resolve()
      // What a publication does, paused between choosing destinations and its commit.
      await there.db.transaction().execute(async (trx) => {
        await keptDestinations(trx).selectAll().execute()
        removing = desk.remove(destination, there.wire).then(() => void (removed = true))
        await until('the removal to wait, or to be done', async () => removed || (await someoneWaits(there.db)))
        const { id: publicationId } = publication
        const more = { storyId: id, publicationId, at: Date.now() }
        await queueDeliveries(trx, more, [{ destinationId: destination }])
      })
      await removing
      const waiting = (await there.deliveries()).filter((each) => each.waiting > 0)
      expect(waiting.map(({ destination_id }) => destination_id)).not.toContain(destination)
    })

    it('leave only the kill waiting when a story is killed and published at the same time [W8]', async () => {
      const url = await postgres.createDatabase()
      await using there = await outbox(50, () => openStore('', url))
      const other = await openedAt(url)
      for (let round = 0; round < 10; round++) {
        const { id } = await there.story({ article: article(), stage: 'ready' })
        await there.publish(id, there.wire, NOTHING)
        const [published, killed] = await Promise.allSettled([
          there.publish(id, there.wire, NOTHING, { edNote: 'An update' }),
          killStory(other.db, id, there.wire, 'Libel'),
        ])
        expect(killed.status).toBe('fulfilled')
        const kinds = (await listPublications(there.db, id)).map(({ kind }) => kind)
        expect(kinds).toEqual(published.status === 'fulfilled' ? ['kill', 'update', 'new'] : ['kill', 'new'])
        const waiting = (await there.deliveries()).filter((each) => each.story_id === id && each.waiting > 0)
        expect(waiting.map((each) => each.waiting)).toEqual([2, 2])
      }
    })

    it('stop a delivery at one node when the story is killed at another, and send the kill last [W8]', async () => {
      const url = await postgres.createDatabase()
      await using there = await outbox(50, () => openStore('', url))
      const { id } = await there.story({ article: article(), stage: 'ready' })
      await there.publish(id, there.wire, NOTHING)
      const got: string[] = []
      let begun = 0
      const hangs = kindOf(
        ({ name }, { signal }) =>
          new Promise((resolve, reject) => {
            if (name.includes('-v2.')) resolve(got.push(name))
            else begun++
            signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
          }),
      )
      const [one, another] = [there.courier(hangs), there.courier(hangs, await openedAt(url))]
      await one.start()
      await until('both to be on their way', () => begun === 2)
      await another.start()
      await killStory(there.db, id, there.wire, 'Libel')
      another.killed(id)
      // As a message on the bus does.
      one.killed(id)
      await until('both kills', () => got.length === 2)
      await until('all to be written down', async () =>
        (await there.deliveries()).every(({ waiting }) => waiting === 0),
      )
      expect((await there.deliveries()).map(({ status }) => status).sort()).toEqual([
        'sent',
        'sent',
        'skipped',
        'skipped',
      ])
    })

    it('refuse a PostgreSQL that cannot be reached', async () => {
      const opening = openStore('', `postgres://galley:secret@127.0.0.1:${await freePort()}/galley`)
      await expect(opening).rejects.toThrow(StoreRefusal)
      await expect(opening).rejects.toThrow(/DATABASE_URL cannot be opened: .*ECONNREFUSED/)
    })
  },
)
