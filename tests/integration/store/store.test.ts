import { readArticle } from '#shared/article/read.ts'
import { storyQuerySchema } from '#shared/protocol/http.ts'
/** What holds for the store, whichever it is. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { compact } from '#server/relay/compaction.ts'
import { buildDoc, headOf, readHistory, readSince } from '#server/relay/history.ts'
import { readHeads } from '#server/store/heads.ts'
import { StoreRefusal } from '#server/store/store-refusal.ts'
import { inTransaction, type Store } from '#server/store/store.ts'
import { createMoves } from '#server/story/moves.ts'
import { createReadModel } from '#server/story/read-model.ts'
import { createStory, getStory } from '#server/story/stories.ts'
import { countStories, listStories } from '#server/story/story-lists.ts'
import { failWhenTakenBack } from '#server/wire/scheduled.ts'
import { until } from '#tests/support/until.ts'
import { testStore } from '../../unit/server/test-store.ts'
import { article, p } from '../../unit/wire/articles.ts'
import { kindOf, NOTHING, nothingFollows, outbox } from '../../unit/wire/outbox.ts'
import { addPeople, addStory, MARIA, NIKOS } from '../relay/newsroom.ts'
import { STORES, type StoreSource } from './stores.ts'

const row = (story: string, bytes: Uint8Array = Uint8Array.of(0, 0), person = MARIA.id) => ({
  story_id: story,
  person_id: person,
  bytes,
  at: 1,
})

async function history(store: Store, story: string) {
  const found = await store.read((trx) => readHistory(trx, story))
  if (found === null) throw new Error('No such story')
  return found
}

/** Returns a document whose changes are appended to a story's log. */
function author(store: Store, story: string) {
  const doc = new Y.Doc()
  const appends: Promise<unknown>[] = []
  doc.on('update', (update: Uint8Array, origin) => {
    if (origin === null) appends.push(store.append([row(story, update)]))
  })
  const words = doc.getArray<string>('words')
  const write = async (...some: string[]): Promise<void> => {
    for (const word of some) words.push([word])
    await Promise.all(appends.splice(0))
  }
  return { doc, words, write, settled: () => Promise.all(appends.splice(0)) }
}

const wordsOf = (doc: Y.Doc) => doc.getArray<string>('words').toArray()

for (const kind of STORES) {
  describe.skipIf(kind.missing !== null)(`the store on ${kind.name}`, () => {
    let source: StoreSource
    beforeAll(async () => {
      source = await kind.start()
    }, 120_000)
    afterAll(() => source.close())

    /** Opens a store with people and a story in it, closed when the test ends. */
    async function opened() {
      const open = await source.place()
      const store = await open()
      onTestFinished(() => store.close())
      await addPeople(store)
      return { open, store, db: store.db, story: await addStory(store) }
    }
    const newsroom = async () => testStore(await source.place())

    it('has its data when it is opened again', async () => {
      const open = await source.place()
      const first = await open()
      await addPeople(first)
      await first.close()
      const again = await open()
      onTestFinished(() => again.close())
      expect(await again.db.selectFrom('people').select('name').orderBy('name').execute()).toEqual([
        { name: 'Maria' },
        { name: 'Nikos' },
      ])
    })

    it('returns bytes and numbers as they were written', async () => {
      const { store, db, story } = await opened()
      const bytes = Uint8Array.from({ length: 300 }, (_, index) => index)
      const part = new Uint8Array(bytes.buffer, 7, 256)
      const at = 4_102_444_800_000
      await store.append([{ ...row(story, part), at }])
      const back = await db.selectFrom('log').select(['bytes', 'at', 'seq']).executeTakeFirstOrThrow()
      expect(back.bytes).toBeInstanceOf(Uint8Array)
      expect([...back.bytes]).toEqual([...part])
      expect(back.at).toBe(at)
      expect(typeof back.seq).toBe('number')
      const { count } = await db
        .selectFrom('log')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      expect(count).toBe(1)
    })

    it('does all of a transaction or nothing, and goes on', async () => {
      const { store, db } = await opened()
      const put = (name: string) => (trx: typeof db) => trx.insertInto('settings').values({ name, value: '' }).execute()
      const failing = db.transaction().execute(async (trx) => {
        await put('a')(trx)
        await put('a')(trx)
      })
      await expect(failing).rejects.toThrow()
      await inTransaction(store.db, put('b'))
      expect(await db.selectFrom('settings').select('name').execute()).toEqual([{ name: 'b' }])
    })

    it('enforces references', async () => {
      const { store } = await opened()
      await expect(store.append([row('nowhere')])).rejects.toThrow(/foreign key/i)
    })

    it('numbers a story’s changes in order, and returns their place', async () => {
      const { store, story } = await opened()
      const other = await addStory(store)
      const first = await store.append([row(story), row(other), row(story)])
      const second = await store.append([row(other), row(story)])
      const rows = await store.db.selectFrom('log').select(['story_id', 'seq']).orderBy('seq').execute()
      const seqs = (id: string) => rows.filter(({ story_id }) => story_id === id).map(({ seq }) => seq)
      expect(first.get(story)?.seq).toBe(seqs(story)[1])
      expect(second.get(story)?.seq).toBe(seqs(story)[2])
      expect(second.get(other)?.seq).toBe(seqs(other)[1])
      expect(await readHeads(store.db, [story, other])).toEqual(
        new Map([
          [story, seqs(story)[2]],
          [other, seqs(other)[1]],
        ]),
      )
      if (!store.shared) return
      expect([first.get(story)?.after, second.get(story)?.after]).toEqual([0, seqs(story)[1]])
      expect([first.get(other)?.after, second.get(other)?.after]).toEqual([0, seqs(other)[0]])
    })

    it('never uses a number twice, and knows the head of a compacted story', async () => {
      const { store, story } = await opened()
      const { write } = author(store, story)
      await write('one', 'two')
      const head = headOf(await history(store, story))
      expect(await compact(store, story)).toBe(2)
      expect(await readHeads(store.db, [story])).toEqual(new Map([[story, head]]))
      const appended = (await store.append([row(story)])).get(story)
      expect(appended?.seq).toBeGreaterThan(head)
      if (store.shared) expect(appended?.after).toBe(head)
    })

    it('takes batches of any size', async () => {
      const { store, story } = await opened()
      const rows = Array.from({ length: 12_000 }, () => row(story))
      const appended = await store.append(rows)
      const { rows: there } = await history(store, story)
      expect(there).toHaveLength(rows.length)
      expect(appended.get(story)?.seq).toBe(there.at(-1)?.seq)
    })

    it('runs no work under a name that is taken', async () => {
      const { store } = await opened()
      const begun = Promise.withResolvers<undefined>()
      const end = Promise.withResolvers<undefined>()
      const first = store.alone('work', async () => {
        begun.resolve(undefined)
        await end.promise
        return 'done'
      })
      await begun.promise
      expect(await store.alone('work', () => Promise.resolve('done'))).toBeNull()
      expect(await store.alone('other work', () => Promise.resolve('done'))).toEqual({ value: 'done' })
      end.resolve(undefined)
      expect(await first).toEqual({ value: 'done' })
      await expect(store.alone('work', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
      expect(await store.alone('work', () => Promise.resolve('again'))).toEqual({ value: 'again' })
    })

    it('keeps words when a log is compacted', async () => {
      const { store, story } = await opened()
      const maria = author(store, story)
      await maria.write('one', 'two', 'three')
      const cutter = new Y.Doc()
      Y.applyUpdate(cutter, Y.encodeStateAsUpdate(maria.doc))
      const before = Y.encodeStateVector(cutter)
      cutter.getArray('words').delete(1, 1)
      await store.append([row(story, Y.encodeStateAsUpdate(cutter, before), NIKOS.id)])
      const { rows } = await history(store, story)
      await compact(store, story)
      expect((await history(store, story)).rows).toEqual([])
      expect(wordsOf(buildDoc(await history(store, story)))).toEqual(['one', 'three'])
      const head = rows.at(-1)?.seq ?? 0
      expect(await readSince(store.db, story, head)).toEqual([])
      expect(await readSince(store.db, story, head - 1)).toBeNull()
    })

    it('creates, lists and moves stories', async () => {
      await using there = await newsroom()
      const { db, reporter, deskId } = there
      const { id } = await there.story()
      const moveStory = createMoves(db, failWhenTakenBack)
      const again = await createStory(db, id, { slug: 'OTHER', deskId, language: 'en' }, reporter)
      expect(again).toMatchObject({ created: false, story: { slug: 'HARBOUR' } })
      expect((await moveStory(id, 'file', reporter)).story.stage).toBe('filed')
      await expect(moveStory(id, 'file', reporter)).rejects.toMatchObject({ code: 'story-moved' })
      const query = storyQuerySchema.parse({ text: 'harb filed', edited: 'false', desk: deskId, limit: 1 })
      const page = await listStories(db, query)
      expect(page).toMatchObject({ stories: [{ id }], next: null })
      expect((await listStories(db, { ...query, after: `filed.${Date.now() + 1000}.${id}` })).stories).toHaveLength(1)
      expect((await listStories(db, { ...query, published: 'true' })).stories).toEqual([])
      expect(await countStories(db, { text: 'harb' })).toEqual([{ deskId, stage: 'filed', count: 1, edited: 0 }])
    })

    it('keeps the queue in step with the document', async () => {
      await using there = await newsroom()
      const { store, db } = there
      const { id } = await there.story({ article: article({ headline: [p('Ferry strike')] }) })
      const readStored = async () => readArticle(buildDoc(await history(store, id)))
      const readModel = createReadModel({ db, readArticle: readStored, shared: store.shared, publish: nothingFollows })
      await db.updateTable('stories').set({ changed_at: 0 }).where('id', '=', id).execute()
      await readModel.catchUp()
      expect((await getStory(db, id)).headline).toBe('Ferry strike')
    })

    it('publishes, and delivers in order', async () => {
      await using there = await outbox(50, await source.place())
      const { id } = await there.story({ article: article(), stage: 'ready' })
      const first = await there.publish(id, there.wire, NOTHING)
      expect(first).toMatchObject({ created: true, publication: { version: 1, kind: 'new' } })
      expect(await there.publish(id, there.wire, NOTHING)).toMatchObject({ created: false })
      await there.append(id, await there.edit(id, article({ headline: [p('Another')] })))
      expect(await there.publish(id, there.wire, NOTHING)).toMatchObject({ publication: { version: 2 } })
      const got: string[] = []
      const courier = there.courier(kindOf(({ name }) => Promise.resolve(got.push(name))))
      await courier.start()
      await until('all four', async () => (await there.deliveries()).every(({ status }) => status === 'sent'))
      const htmls = got.filter((name) => name.endsWith('.html'))
      expect([got.length, htmls]).toEqual([4, [`${id}-v1.html`, `${id}-v2.html`]])
    })

    it('refuses a database of a newer Galley', async () => {
      const open = await source.place()
      const first = await open()
      await (first.shared ? sql`update schema_version set version = 99` : sql`pragma user_version = 99`).execute(
        first.db,
      )
      await first.close()
      await expect(open()).rejects.toThrow(/was written by a newer Galley .* Update Galley/)
      await expect(open()).rejects.toThrow(StoreRefusal)
    })
  })
}
