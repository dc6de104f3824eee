import { deleteDB, openDB } from 'idb'
import { fromBase64 } from 'lib0/buffer'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { metaShared } from '#shared/article/document.ts'
import { readArticle } from '#shared/article/read.ts'
import { SCHEMA_VERSION, schemaVersionOf } from '#shared/article/seed.ts'
import { plainText } from '#shared/article/text.ts'
import { databaseName, openLocalStore, type LocalStore } from '#renderer/collaboration/local-store.ts'

const newsroomId = crypto.randomUUID()
const personId = crypto.randomUUID()
const name = databaseName({ newsroomId, personId })
const storyId = crypto.randomUUID()
const opened: LocalStore[] = []

function openWindow(): LocalStore {
  const store = openLocalStore({ newsroomId, personId })
  opened.push(store)
  return store
}

afterEach(async () => {
  vi.restoreAllMocks()
  for (const store of opened.splice(0)) store.close()
  await deleteDB(name)
})

/** The frozen seed of schema version 1: a root fragment with an empty paragraph for each field. */
const SEED_OF_VERSION_1 = fromBase64(
  'AQsBACgBBG1ldGENc2NoZW1hVmVyc2lvbgF9AQcBCGhlYWRsaW5lAwlwYXJhZ3JhcGgHAAEBBgcBCnN0YW5kZmlyc3QDCXBhcmFncmFwaAcAAQMG' +
    'BwEGYnlsaW5lAwlwYXJhZ3JhcGgHAAEFBgcBCGRhdGVsaW5lAwlwYXJhZ3JhcGgHAAEHBgcBBGJvZHkDCXBhcmFncmFwaAcAAQkGAA==',
)

/** What the app of version 1 has written of a story, change by change. */
function storyOfVersion1() {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  Y.applyUpdate(doc, SEED_OF_VERSION_1)
  const paragraph = (words: string) => {
    const element = new Y.XmlElement('paragraph')
    element.insert(0, [new Y.XmlText(words)])
    return element
  }
  return {
    doc,
    updates,
    clocks: () => Y.decodeStateVector(Y.encodeStateVector(doc)),
    /** Types at the end of a field's first paragraph. */
    type(words: string, field = 'body') {
      const text = (doc.getXmlFragment(field).get(0) as Y.XmlElement).get(0) as Y.XmlText
      text.insert(text.length, words)
    },
    addParagraph: (words: string) => doc.getXmlFragment('body').push([paragraph(words)]),
    addQuote(words: string) {
      const quote = new Y.XmlElement('blockquote')
      quote.insert(0, [paragraph(words)])
      doc.getXmlFragment('body').push([quote])
    },
  }
}

interface Rows {
  updates?: readonly Uint8Array[]
  waiting?: number
  acknowledged?: Map<number, number>
  rescued?: readonly { id: string }[]
  /** Whether the story was made here and not sent. */
  isInOutbox?: boolean
}

/** Leaves a database as the app of version 1 has left it. */
async function leaveVersion1({ updates = [], waiting = 0, acknowledged, rescued = [], isInOutbox }: Rows) {
  const db = await openDB(name, 1, {
    upgrade(db) {
      for (const table of ['updates', 'waiting']) {
        db.createObjectStore(table, { autoIncrement: true }).createIndex('story', 'story')
      }
      db.createObjectStore('copies')
      db.createObjectStore('rescued').createIndex('story', 'story')
      db.createObjectStore('outbox', { autoIncrement: true })
      db.createObjectStore('pictures')
      db.createObjectStore('cache')
    },
  })
  for (const bytes of updates) await db.add('updates', { story: storyId, bytes })
  for (let mark = 0; mark < waiting; mark += 1) {
    await db.add('waiting', { story: storyId, deletions: new Uint8Array([0, 0]) })
  }
  if (acknowledged !== undefined) await db.put('copies', { acknowledged, mine: [7], mayWrite: false }, storyId)
  for (const text of rescued) await db.put('rescued', { story: storyId, text }, text.id)
  if (isInOutbox === true) await db.add('outbox', { kind: 'story', story: MADE_HERE, refused: null })
  db.close()
}

const MADE_HERE = {
  id: storyId,
  slug: 'made-offline',
  headline: '',
  deskId: crypto.randomUUID(),
  stage: 'draft',
  language: 'en',
  words: 0,
  createdBy: { id: personId, name: 'Maria' },
  createdAt: '2026-11-22T10:00:00.000Z',
  changedAt: '2026-11-22T10:00:00.000Z',
  publishedVersion: null,
  publishedAt: null,
  changedSincePublished: false,
}

const WAS_NEVER_HERE = { updates: [], waiting: [], acknowledged: new Map(), mine: [], mayWrite: true }

describe('a copy of schema version 1', () => {
  it('leaves the words that were never sent in the tray, and is deleted', async () => {
    const story = storyOfVersion1()
    story.type('The newsroom has this')
    const acknowledged = story.clocks()
    story.type(', and not this.')
    story.addParagraph('Nor this.')
    story.addQuote('Nor the mayor.')
    story.type('Storm', 'headline')
    await leaveVersion1({ updates: story.updates, waiting: 4, acknowledged })
    const copy = await openWindow().loadStory(storyId)
    expect(copy).toMatchObject(WAS_NEVER_HERE)
    expect(copy.kept.map(({ why, field, text, after }) => [why, field, text, after]).sort()).toEqual([
      ['update', 'body', ', and not this.\nNor this.\nNor the mayor.', 'The newsroom has this'],
      ['update', 'headline', 'Storm', ''],
    ])
    expect(await openWindow().waitingStories()).toEqual([])
  })

  it('leaves the words of an older app that the newsroom has converted meanwhile', async () => {
    const story = storyOfVersion1()
    const acknowledged = story.clocks()
    story.type('typed here')
    metaShared(story.doc).set('schemaVersion', SCHEMA_VERSION)
    await leaveVersion1({ updates: story.updates, waiting: 10, acknowledged })
    const { kept, updates } = await openWindow().loadStory(storyId)
    expect(kept.map(({ text }) => text)).toEqual(['typed here'])
    expect(updates).toEqual([])
  })

  it('is deleted without a trace when the newsroom has all of it', async () => {
    const story = storyOfVersion1()
    story.type('Minsk')
    await leaveVersion1({ updates: story.updates, acknowledged: story.clocks() })
    expect(await openWindow().loadStory(storyId)).toEqual({ ...WAS_NEVER_HERE, kept: [] })
  })

  it('gives its words even when a part of it cannot be read', async () => {
    const story = storyOfVersion1()
    story.type('readable')
    await leaveVersion1({ updates: [new Uint8Array([255]), ...story.updates], waiting: 8 })
    expect((await openWindow().loadStory(storyId)).kept.map(({ text }) => text)).toEqual(['readable'])
  })

  it('that was made here and never sent is a story of this version, which waits to be sent', async () => {
    const story = storyOfVersion1()
    story.type('Begun on a train', 'headline')
    story.type('First.')
    story.addQuote('Second.')
    metaShared(story.doc).set('section', 'World')
    await leaveVersion1({ updates: story.updates, waiting: 4, isInOutbox: true })
    const store = openWindow()
    const copy = await store.loadStory(storyId)
    const doc = new Y.Doc()
    for (const update of copy.updates) Y.applyUpdate(doc, update)
    const article = readArticle(doc)
    expect(schemaVersionOf(doc)).toBe(SCHEMA_VERSION)
    expect([plainText(article.headline), plainText(article.body)]).toEqual(['Begun on a train', 'First.\nSecond.'])
    expect(article.body[1]?.type).toBe('blockquote')
    expect(article.meta.section).toBe('World')
    expect(copy).toMatchObject({ acknowledged: new Map(), mayWrite: true, kept: [] })
    expect(copy.waiting).toHaveLength(1)
    expect(copy.mine).toHaveLength(1)
    expect(await store.waitingStories()).toEqual([storyId])
    expect(await store.toSend()).toHaveLength(1)
  })

  it('keeps what was in its tray', async () => {
    const text = { field: 'body', text: 'of mine', words: 2, by: { id: 'a', name: 'Anna' }, at: 5, after: '' }
    await leaveVersion1({
      rescued: [
        { ...text, id: '10:5' },
        { ...text, id: 'unsent:10:9', at: 6 },
      ],
    })
    const { kept } = await openWindow().loadStory(storyId)
    expect(kept.map(({ id, why }) => [id, why])).toEqual([
      ['10:5', 'cut'],
      ['unsent:10:9', 'update'],
    ])
  })

  it('does not keep words twice that were in its tray', async () => {
    const story = storyOfVersion1()
    story.type('too late')
    const client = story.doc.clientID
    const rescued = [
      { id: `unsent:${client}:0`, field: 'body', text: 'too late', words: 2, by: null, at: 5, after: '' },
    ]
    await leaveVersion1({ updates: story.updates, waiting: 1, rescued })
    expect((await openWindow().loadStory(storyId)).kept.map(({ text }) => text)).toEqual(['too late'])
  })

  it('is as it was when the upgrade does not come to its end, and is upgraded at the next attempt', async () => {
    const story = storyOfVersion1()
    story.type('precious')
    await leaveVersion1({ updates: story.updates, waiting: 1 })
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'UnknownError')
    })
    await expect(openWindow().loadStory(storyId)).rejects.toThrow(/Galley can’t use this computer’s disk/)
    put.mockRestore()
    const old = await openDB(name, 1)
    expect(await old.getAll('updates')).toHaveLength(story.updates.length)
    expect(await old.getAll('waiting')).toHaveLength(1)
    expect([...old.objectStoreNames]).toContain('rescued')
    old.close()
    expect((await openWindow().loadStory(storyId)).kept.map(({ text }) => text)).toEqual(['precious'])
  })
})
