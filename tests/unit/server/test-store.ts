/** A newsroom's database in a temporary folder, with one person in each role, and no server. */
import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { findPersonByEmail, toPerson } from '#server/auth/people.ts'
import { createNewsroom, FIRST_DESKS } from '#server/create-newsroom.ts'
import { buildDoc, readHistory } from '#server/relay/history.ts'
import { LogWriter } from '#server/relay/log.ts'
import { openStore } from '#server/store/open-store.ts'
import type { Store } from '#server/store/store.ts'
import { listDesks } from '#server/story/desks.ts'
import { createStory } from '#server/story/stories.ts'
import type { Article } from '#shared/article/article.ts'
import { writeArticle } from '#shared/article/write.ts'
import type { Person, Story } from '#shared/story/story.ts'
import type { Stage } from '#shared/story/workflow.ts'
import { tempFolder } from '#tests/support/temp.ts'

export const PASSWORD = 'correct horse battery'

export interface TestStore extends AsyncDisposable {
  store: Store
  db: Store['db']
  folder: string
  reporter: Person
  editor: Person
  wire: Person
  deskId: string
  /** Creates a story with the reporter's words. Resolves to it. */
  story(options?: { article?: Article; stage?: Stage; id?: string }): Promise<Story>
  /** Resolves to the reporter's Yjs update that turns the story into this article. */
  edit(storyId: string, article: Article): Promise<Uint8Array>
  /** Appends an update to the log in the reporter's name. */
  append(storyId: string, update: Uint8Array): Promise<void>
}

/** `open` takes the folder and opens the store; SQLite's by default. */
export async function testStore(open: (folder: string) => Promise<Store> = openStore): Promise<TestStore> {
  const folder = await tempFolder()
  const store = await open(folder.path)
  const { db } = store
  const people = (['reporter', 'editor', 'wire'] as const).map((role) => ({
    name: `The ${role}`,
    email: `${role}@test.example`,
    role,
    password: PASSWORD,
  }))
  await createNewsroom(db, { name: 'The Test', demo: false, people, desks: FIRST_DESKS })
  const find = async (role: string): Promise<Person> => {
    const row = await findPersonByEmail(db, `${role}@test.example`)
    if (row === undefined) throw new Error(`No ${role}`)
    return toPerson(row)
  }
  const reporter = await find('reporter')
  const [desk] = await listDesks(db)
  if (desk === undefined) throw new Error('No desk')

  const append = (storyId: string, update: Uint8Array): Promise<void> =>
    new LogWriter(store).append(storyId, reporter.id, update)
  const edit = async (storyId: string, article: Article): Promise<Uint8Array> => {
    const history = await store.read((trx) => readHistory(trx, storyId))
    if (history === null) throw new Error('No such story')
    const doc = buildDoc(history)
    const before = Y.encodeStateVector(doc)
    writeArticle(doc, article)
    return Y.encodeStateAsUpdate(doc, before)
  }

  return {
    store,
    db,
    folder: folder.path,
    reporter,
    editor: await find('editor'),
    wire: await find('wire'),
    deskId: desk.id,
    async story({ article, stage = 'draft', id = randomUUID() } = {}) {
      const { story } = await createStory(db, id, { slug: 'HARBOUR', deskId: desk.id, language: 'en' }, reporter)
      if (article !== undefined) await append(id, await edit(id, article))
      await db.updateTable('stories').set({ stage }).where('id', '=', id).execute()
      return { ...story, stage }
    },
    edit,
    append,
    async [Symbol.asyncDispose]() {
      await store.close()
      await folder.remove()
    },
  }
}
