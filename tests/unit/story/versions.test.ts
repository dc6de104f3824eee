import { expect, it } from 'vitest'
import { nextVersion, readVersion, writeVersion } from '#server/story/versions.ts'
import { testStore } from '../server/test-store.ts'
import { article, p } from '../wire/articles.ts'

it('numbers the versions of each story from 1, and keeps those that are never published', async () => {
  await using newsroom = await testStore()
  const { db, reporter: person } = newsroom
  const { id } = await newsroom.story()
  const { id: other } = await newsroom.story()
  const write = async (storyId: string, headline: string): Promise<number> => {
    const version = await nextVersion(db, storyId)
    const text = JSON.stringify(article({ headline: [p(headline)] }))
    await writeVersion(db, { storyId, version, article: text, person, at: Date.now() })
    return version
  }
  expect([await write(id, 'First'), await write(id, 'Second'), await write(other, 'Another')]).toEqual([1, 2, 1])
  expect(JSON.parse(await readVersion(db, id, 1))).toEqual(article({ headline: [p('First')] }))
  expect(JSON.parse(await readVersion(db, id, 2))).toEqual(article({ headline: [p('Second')] }))
  await expect(writeVersion(db, { storyId: id, version: 2, article: '{}', person, at: 0 })).rejects.toThrow()
})
