/** Reading what stories say, in the replay thread. */
import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readArticle } from '#shared/article/read.ts'
import { Articles } from '#server/relay/articles.ts'
import { compact } from '#server/relay/compaction.ts'
import { buildDoc, readHistory } from '#server/relay/history.ts'
import { ReplayThread } from '#server/relay/replay-thread.ts'
import { type TestStore, testStore } from '../server/test-store.ts'
import { article, p } from '../wire/articles.ts'

function articlesOf({ store }: TestStore, mostKept?: number) {
  const thread = new ReplayThread()
  onTestFinished(() => thread.close())
  const asked = {
    read: vi.spyOn(thread, 'read'),
    readOn: vi.spyOn(thread, 'readOn'),
    forget: vi.spyOn(thread, 'forget'),
  }
  return { thread, asked, articles: new Articles(store, thread, mostKept) }
}

async function write(newsroom: TestStore, id: string, words: string): Promise<void> {
  await newsroom.append(id, await newsroom.edit(id, article({ body: [p(words)] })))
}

async function committed({ store }: TestStore, id: string) {
  const history = await store.read((trx) => readHistory(trx, id))
  return history === null ? null : readArticle(buildDoc(history))
}

describe('the article of a story', () => {
  it('is what the log says, whatever was written, compacted or forgotten in between', async () => {
    await using newsroom = await testStore()
    const { thread, articles } = articlesOf(newsroom)
    const { id } = await newsroom.story({ article: article() })
    const steps = fc.array(fc.constantFrom('write', 'compact', 'forget', 'restart'), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(steps, fc.string({ unit: 'grapheme', minLength: 1 }), async (taken, words) => {
        for (const [index, step] of taken.entries()) {
          if (step === 'write') await write(newsroom, id, `${words} ${index}`)
          if (step === 'compact') await compact(newsroom.store, id, thread.compact)
          if (step === 'forget') articles.forget(id)
          if (step === 'restart') await thread.close()
          expect(await articles.read(id)).toEqual(await committed(newsroom, id))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('is read from the kept document and only the newer rows', async () => {
    await using newsroom = await testStore()
    const { asked, articles } = articlesOf(newsroom)
    const { id } = await newsroom.story({ article: article() })
    await articles.read(id)
    await write(newsroom, id, 'One.')
    await articles.read(id)
    await write(newsroom, id, 'Two.')
    await articles.read(id)
    expect(asked.read).toHaveBeenCalledTimes(1)
    expect(asked.readOn.mock.calls.map(([, rows]) => rows.length)).toEqual([1, 1])
  })

  it('is read from the start once its document was dropped, as the oldest is when there are too many', async () => {
    await using newsroom = await testStore()
    const { asked, articles } = articlesOf(newsroom, 2)
    const ids = await Promise.all([1, 2, 3].map(async () => (await newsroom.story({ article: article() })).id))
    for (const id of ids) await articles.read(id)
    expect(asked.forget.mock.calls).toEqual([[ids[0]]])
    articles.forget(ids[2] ?? '')
    for (const id of ids.toReversed()) await articles.read(id)
    expect(asked.read.mock.calls.map(([id]) => id)).toEqual([...ids, ids[2], ids[0]])
  })

  it('rejects where a row cannot be read, until it is repaired', async () => {
    await using newsroom = await testStore()
    const { articles } = articlesOf(newsroom)
    const { id } = await newsroom.story({ article: article() })
    await articles.read(id)
    await newsroom.append(id, Uint8Array.of(250, 1, 2, 3))
    await expect(articles.read(id)).rejects.toThrow(/Row \d+ of the log cannot be read/)
    await newsroom.db
      .deleteFrom('log')
      .where('bytes', '=', Buffer.of(250, 1, 2, 3))
      .execute()
    expect(await articles.read(id)).toEqual(await committed(newsroom, id))
  })

  it('rejects when there is no such story', async () => {
    await using newsroom = await testStore()
    await expect(articlesOf(newsroom).articles.read('none')).rejects.toThrow('There is no story')
  })
})
