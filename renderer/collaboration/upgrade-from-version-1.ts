/**
 * Takes a database of version 1, which holds stories of schema version 1, to version 2. All of it is one transaction: a
 * crash leaves the database as it was before or as it is afterwards.
 *
 * The newsroom converts its own stories, so a copy of one is of no more use here. Its words that the newsroom does not
 * have go to the tray, and it is deleted: the story opens as one that was never on this computer. A story that was made
 * here and not sent yet is nowhere else: it is written again as a story of this version.
 */
import type { IDBPTransaction, StoreNames } from 'idb'
import * as Y from 'yjs'
import { seedStory } from '#shared/article/seed.ts'
import { readVersion1 } from '#shared/article/version-1.ts'
import { writeArticle } from '#shared/article/write.ts'
import type { KeptText, WhyKept } from './kept-text.ts'
import { version1WordsBeyond } from './kept-words.ts'
import { toSendSchema } from './outbox-kinds.ts'
import { readCopyRow, type CopyRow } from './rows.ts'
import type { Tables } from './tables.ts'

/** The transaction in which a database changes its version. It has every table. */
export type Upgrade = IDBPTransaction<Tables, StoreNames<Tables>[], 'versionchange'>

export async function upgradeFromVersion1(tx: Upgrade): Promise<void> {
  renameTray(tx)
  const [rows, outbox, storyIds, copies] = await Promise.all([
    tx.objectStore('updates').getAll(),
    tx.objectStore('outbox').getAll(),
    tx.objectStore('copies').getAllKeys(),
    tx.objectStore('copies').getAll(),
  ])
  const made = new Set(outbox.map(madeStory))
  const copyOf = new Map(storyIds.map((id, index) => [id, copies[index]]))
  await Promise.all([
    tellWhyKept(tx),
    ...(['updates', 'waiting', 'copies'] as const).map((table) => tx.objectStore(table).clear()),
  ])
  for (const [story, updates] of updatesByStory(rows)) {
    const old = read(updates)
    if (made.has(story)) await addStory(tx, story, old)
    else await addTexts(tx, story, version1WordsBeyond(old, readCopyRow(copyOf.get(story)).acknowledged))
    old.destroy()
  }
}

function renameTray(tx: Upgrade): void {
  // What version 1 called it is not among the tables of this version.
  tx.objectStore('rescued' as 'kept').name = 'kept'
}

/** Version 1 did not say why a text is in the tray; its ids tell. */
async function tellWhyKept(tx: Upgrade): Promise<void> {
  const kept = tx.objectStore('kept')
  const [rows, ids] = await Promise.all([kept.getAll(), kept.getAllKeys()])
  await Promise.all(
    rows.map(({ story, text }, index) => {
      const id = ids[index] ?? ''
      const why: WhyKept = id.startsWith('unsent:') ? 'update' : 'cut'
      return kept.put({ story, text: Object.assign({ why }, text) }, id)
    }),
  )
}

/** Returns the id of the story that an outbox entry sends; null for a picture. */
function madeStory(entry: unknown): string | null {
  const { data } = toSendSchema.safeParse(entry)
  return data?.kind === 'story' ? data.story.id : null
}

function updatesByStory(rows: readonly Tables['updates']['value'][]): Map<string, Uint8Array[]> {
  const stories = new Map<string, Uint8Array[]>()
  for (const { story, bytes } of rows) stories.set(story, [...(stories.get(story) ?? []), bytes])
  return stories
}

function read(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) {
    try {
      Y.applyUpdate(doc, update)
    } catch {
      // What cannot be read could not be shown either; the rest is kept.
    }
  }
  return doc
}

async function addStory(tx: Upgrade, story: string, old: Y.Doc): Promise<void> {
  const doc = new Y.Doc()
  seedStory(doc)
  writeArticle(doc, readVersion1(old))
  const copy: CopyRow = { acknowledged: new Map(), mine: [doc.clientID], mayWrite: true }
  await Promise.all([
    tx.objectStore('updates').add({ story, bytes: Y.encodeStateAsUpdate(doc) }),
    tx.objectStore('waiting').add({ story }),
    tx.objectStore('copies').put(copy, story),
  ])
  doc.destroy()
}

async function addTexts(tx: Upgrade, story: string, texts: readonly KeptText[]): Promise<void> {
  await Promise.all(texts.map((text) => tx.objectStore('kept').put({ story, text }, text.id)))
}
