import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { storyQuerySchema } from '#shared/protocol/http.ts'
import { searchText } from '#shared/story/search.ts'
import type { Stage } from '#shared/story/workflow.ts'
import { countStories, listStories } from '#server/story/story-lists.ts'
import { type TestStore, testStore } from '../server/test-store.ts'

let newsroom: TestStore
beforeAll(async () => (newsroom = await testStore()))
afterAll(() => newsroom[Symbol.asyncDispose]())
beforeEach(() => newsroom.db.deleteFrom('stories').execute())

interface MadeUp {
  slug: string
  headline?: string
  stage?: Stage
  at?: number
  writer?: 'reporter' | 'editor'
  edited?: boolean
}

async function make(...stories: MadeUp[]): Promise<void> {
  for (const [
    index,
    { slug, headline = '', stage = 'draft', at = index, writer = 'reporter', edited },
  ] of stories.entries()) {
    await newsroom.db
      .insertInto('stories')
      .values({
        id: crypto.randomUUID(),
        slug,
        headline,
        search: searchText({ slug, headline }),
        words: 0,
        desk_id: newsroom.deskId,
        stage,
        language: 'en',
        created_by: newsroom[writer].id,
        created_at: at,
        changed_at: at,
        content_hash: edited === undefined ? null : 'now',
        published_hash: edited === undefined ? null : edited ? 'before' : 'now',
      })
      .execute()
  }
}

const page = (query: Record<string, string | number> = {}) => listStories(newsroom.db, storyQuerySchema.parse(query))
const slugs = async (query: Record<string, string | number> = {}) => (await page(query)).stories.map(({ slug }) => slug)

/** Reads page after page, `limit` stories at a time. */
async function pages(query: Record<string, string | number>): Promise<string[]> {
  const all: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const read = await page({ ...query, ...(next !== '' && { after: next }) })
    all.push(...read.stories.map(({ slug }) => slug))
    next = read.next
  }
  return all
}

describe('a page of stories', () => {
  it('goes by stage, and within each by the last change', async () => {
    await make({ slug: 'OUT', stage: 'published' }, { slug: 'OLD' }, { slug: 'FILED', stage: 'filed' }, { slug: 'NEW' })
    expect(await slugs()).toEqual(['NEW', 'OLD', 'FILED', 'OUT'])
    expect(await slugs({ order: 'oldest' })).toEqual(['OLD', 'NEW', 'FILED', 'OUT'])
  })

  test.each([1, 2, 3, 5, 7, 100])('of %i at a time leaves none out and shows none twice', async (limit) => {
    const stages: Stage[] = ['draft', 'filed', 'published', 'killed']
    // Several changed at the same time.
    await make(
      ...Array.from({ length: 24 }, (_, n) => ({ slug: `S${n}`, stage: stages[n % 4] ?? 'draft', at: n >> 3 })),
    )
    for (const order of ['newest', 'oldest']) {
      const all = await pages({ limit, order })
      expect(all).toEqual(await slugs({ order }))
      expect(new Set(all).size).toBe(24)
    }
  })

  it('is told apart from the name of no page', async () => {
    await expect(page({ after: 'nonsense' })).rejects.toMatchObject({ code: 'list-changed' })
  })

  it('has one desk, some stages, one writer, or what changed since', async () => {
    await make({ slug: 'A' }, { slug: 'B', stage: 'filed', writer: 'editor' }, { slug: 'C', stage: 'ready' })
    expect(await slugs({ desk: crypto.randomUUID() })).toEqual([])
    expect(await slugs({ desk: newsroom.deskId, stage: 'filed,ready' })).toEqual(['B', 'C'])
    expect(await slugs({ writer: newsroom.editor.id })).toEqual(['B'])
    expect(await slugs({ since: new Date(1).toISOString() })).toEqual(['B', 'C'])
  })

  it('has what was edited since it was published, or all but that', async () => {
    await make({ slug: 'EDITED', stage: 'published', edited: true }, { slug: 'OUT', stage: 'published', edited: false })
    await make({ slug: 'DRAFT' })
    expect(await slugs({ edited: 'true' })).toEqual(['EDITED'])
    expect(await slugs({ edited: 'false' })).toEqual(['DRAFT', 'OUT'])
  })
})

describe('a search', () => {
  beforeEach(() =>
    make(
      { slug: 'minsk-protest', headline: 'Thousands march in Minsk' },
      { slug: 'cafe', headline: 'Le Café d’en face ferme 100%', stage: 'filed', writer: 'editor' },
      { slug: 'ΛΙΟΤΡΙΒΙ', headline: 'Το λιοτρίβι που άνοιξε ξανά' },
    ),
  )

  test.each([
    ['part of the slug', 'minsk-p', ['minsk-protest']],
    ['words in any order', 'thousands MINSK', ['minsk-protest']],
    ['a stage', 'filed', ['cafe']],
    ['accents left out, and apostrophes', "cafe d'en", ['cafe']],
    ['Greek in either case, without accents', 'ανοιξε λιοτριβι', ['ΛΙΟΤΡΙΒΙ']],
    ['signs that mean something to the database', '100%', ['cafe']],
    ['a sign for any letter as that sign', 'c_fe', []],
    ['words of two stories', 'minsk cafe', []],
  ])('finds %s', async (_what, text, expected) => expect(await slugs({ text })).toEqual(expected))

  it('finds the writer', async () => {
    const name = newsroom.editor.name.toUpperCase()
    expect(await slugs({ text: name })).toEqual(['cafe'])
  })
})

it('counts the stories of each desk and stage, and those edited since they were published', async () => {
  await make({ slug: 'A' }, { slug: 'B' }, { slug: 'OUT', stage: 'published', edited: false })
  await make({ slug: 'EDITED', stage: 'published', edited: true })
  const deskId = newsroom.deskId
  const counts = await countStories(newsroom.db, {})
  expect(counts.sort((a, b) => (a.stage < b.stage ? -1 : 1))).toEqual([
    { deskId, stage: 'draft', count: 2, edited: 0 },
    { deskId, stage: 'published', count: 2, edited: 1 },
  ])
  expect(await countStories(newsroom.db, { text: 'edited' })).toEqual([
    { deskId, stage: 'published', count: 1, edited: 1 },
  ])
})
