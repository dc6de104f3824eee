import { listPeople } from '#server/auth/people.ts'
import { createNewsroom, FIRST_DESKS } from '#server/create-newsroom.ts'
import { openStore } from '#server/store/open-store.ts'
import { listDesks } from '#server/story/desks.ts'
import { createStory } from '#server/story/stories.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { fuzzRelay, type FuzzOptions, type FuzzReport } from './fuzz-relay.ts'

/** Fuzzes the relay of a new newsroom in a temporary folder. */
export async function fuzzNewsroom(options: Pick<FuzzOptions, 'count' | 'seed' | 'onBatch'>): Promise<FuzzReport> {
  const folder = await tempFolder()
  const store = await openStore(folder.path)
  try {
    const people = ['maria', 'nikos', 'hostile'].map((name) => ({
      name,
      email: `${name}@test.example`,
      role: 'editor' as const,
      password: 'correct horse battery',
    }))
    await createNewsroom(store.db, { name: 'The Test', demo: false, people, desks: FIRST_DESKS })
    const [hostile, maria, nikos] = await listPeople(store.db)
    const [desk] = await listDesks(store.db)
    if (hostile === undefined || maria === undefined || nikos === undefined || desk === undefined) {
      throw new Error('The newsroom is not whole')
    }
    const storyId = crypto.randomUUID()
    await createStory(store.db, storyId, { slug: 'FUZZ', deskId: desk.id, language: 'en' }, maria)
    return await fuzzRelay({ ...options, store, storyId, honest: [maria, nikos], hostile })
  } finally {
    await store.close()
    await folder.remove()
  }
}
