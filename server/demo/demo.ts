/**
 * The demo newsroom: three people whose password everyone knows, and a few stories at several stages, created on the first
 * run of `--demo`. Everything has a fixed id and is created only if missing, so the next run completes an interrupted
 * first one.
 */
import { readFile } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import type { Article, Picture } from '#shared/article/article.ts'
import { seedStory } from '#shared/article/seed.ts'
import { articleWords, plainText } from '#shared/article/text.ts'
import { writeArticle } from '#shared/article/write.ts'
import { DEMO_PASSWORD } from '#shared/protocol/http.ts'
import type { Role } from '#shared/story/workflow.ts'
import { createNewsroom } from '../create-newsroom.ts'
import { createMediaStore, type MediaStore } from '../media/media-store.ts'
import { preparePicture } from '../media/pictures.ts'
import { claimFor } from '../relay/claims.ts'
import { LogWriter } from '../relay/log.ts'
import { readSettings } from '../settings.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { createStory } from '../story/stories.ts'
import type { DemoStory } from './copy.ts'
import { drawPicture } from './picture.ts'
import { cupTie } from './stories/cup-tie.ts'
import { ferryStrike } from './stories/ferry-strike.ts'
import { lighthouse } from './stories/lighthouse.ts'
import { nightLibrary } from './stories/night-library.ts'
import { olivePress } from './stories/olive-press.ts'

const REPORTER = person(1, 'Nora Lindqvist', 'reporter')
const PEOPLE = [REPORTER, person(2, 'Maria Georgiou', 'editor'), person(3, 'Daniel Okoro', 'wire')]

const DESKS = [desk(1, 'World'), desk(2, 'Sport'), desk(3, 'Wire')]

/** The last story is the last changed, and so on top of its queue. */
const STORIES: readonly DemoStory[] = [nightLibrary, olivePress, ferryStrike, cupTie, lighthouse]

const PICTURE_ID = '3f0a1f5c-1d0b-4d5e-8a6e-9c1b7e2d4f10'

function person(number: number, name: string, role: Role) {
  const id = `a1f4f3e0-0000-4000-8000-00000000000${number}`
  return { id, name, role, email: `${role}@demo.example`, password: DEMO_PASSWORD }
}

function desk(number: number, name: DemoStory['desk']) {
  return { id: `de5c0000-0000-4000-8000-00000000000${number}`, name }
}

/** Galley drew the demo's picture itself, so it needs no process of its own. */
const OWN_PICTURES = { prepare: async (path: string) => preparePicture(await readFile(path)) }

/** Creates what is missing of the demo newsroom. The database has no other newsroom. */
export async function createDemo(store: Store, mediaFolder: string): Promise<void> {
  const { db } = store
  if ((await readSettings(db)) === null) {
    await createNewsroom(db, { name: 'The Amery Courier', demo: true, people: PEOPLE, desks: DESKS })
  }
  if (await isFinished(db)) return
  const picture = await keepPicture(createMediaStore(db, mediaFolder, OWN_PICTURES))
  const log = new LogWriter(store)
  for (const story of STORIES) await addStory(store, log, story, withPicture(story.article, picture))
  await db.insertInto('settings').values({ name: 'newsroom.demo-finished', value: 'yes' }).execute()
}

async function isFinished(db: Kysely<Database>): Promise<boolean> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'newsroom.demo-finished')
    .executeTakeFirst()
  return row !== undefined
}

async function keepPicture(media: MediaStore): Promise<Picture> {
  const name = 'skerra-light.jpg'
  const known = await media.find(PICTURE_ID)
  const { type, width, height } =
    known ?? (await media.put(PICTURE_ID, { bytes: await drawPicture(), name, personId: REPORTER.id })).media
  const alt =
    'A red and white lighthouse on a dark rock sends its beam over a calm sea after sunset; a sailing boat passes.'
  return { mediaId: PICTURE_ID, type, width, height, name, alt }
}

function withPicture(article: Article, picture: Picture): Article {
  return { ...article, figures: article.figures.map((figure) => ({ ...figure, picture })) }
}

/** Creates a story's record, its words in the reporter's name, and its stage. */
async function addStory(store: Store, log: LogWriter, story: DemoStory, article: Article): Promise<void> {
  const { db } = store
  const { id, stage } = story
  const deskId = DESKS.find(({ name }) => name === story.desk)?.id
  const { slug, language } = article.meta
  if (deskId === undefined || slug === undefined || language === undefined) throw new Error(`${id} is not whole`)
  await createStory(db, id, { slug, deskId, language }, REPORTER)
  const written = await db.selectFrom('log').select('seq').where('story_id', '=', id).executeTakeFirst()
  if (written === undefined) {
    const changes = changesFor(article)
    await claimFor(store, id, REPORTER.id, changes)
    await log.append(id, REPORTER.id, changes)
  }
  await db
    .updateTable('stories')
    .set({
      stage,
      headline: plainText(article.headline),
      words: articleWords(article),
      changed_at: Date.now(),
    })
    .where('id', '=', id)
    .execute()
}

/** Returns the Yjs update that turns a new story into this article. */
function changesFor(article: Article): Uint8Array {
  const doc = new Y.Doc()
  seedStory(doc)
  const seed = Y.encodeStateVector(doc)
  writeArticle(doc, article)
  return Y.encodeStateAsUpdate(doc, seed)
}
