/**
 * What this computer keeps of a newsroom for one person: stories with every word typed into them, the trays,
 * pictures, what is still to be sent, and the queue as last seen.
 *
 * A story's copy is an append-only log of Yjs updates. Several windows of the same browser append to the same log; it is
 * made shorter by a transaction that replaces the very rows it merged, so that it can never swallow somebody's append.
 */
import { z } from 'zod'
import * as Y from 'yjs'
import { desksSchema } from '#shared/protocol/http.ts'
import { storySchema, type Desk, type Story } from '#shared/story/story.ts'
import type { StoreNames } from 'idb'
import { personDatabase, type PersonDatabase } from './database.ts'
import { DiskError } from './disk-error.ts'
import { keptTextSchema, type KeptText } from './kept-text.ts'
import { toSendSchema, type PictureToSend, type StoryToSend, type ToSend } from './outbox-kinds.ts'
import { readCopyRow, type CopyRow } from './rows.ts'
import type { Tables, Tx } from './tables.ts'

/** How many rows a story's log may have before it is worth merging them. */
const ROWS_WORTH_MERGING = 300

/** A story's copy as it is on the disk. */
export interface StoryCopy extends CopyRow {
  /** Yjs V1 updates, in order; none when the story was never opened on this computer. */
  updates: Uint8Array[]
  /** The keys of the local changes in `updates` that the newsroom has not acknowledged. */
  waiting: number[]
  /** What is in the tray. */
  kept: KeptText[]
}

/** The copy of a story that was never on this computer. */
export const NO_COPY: StoryCopy = { updates: [], waiting: [], kept: [], ...readCopyRow(undefined) }

/** One durable step of a story's copy: all of it is on the disk, or nothing. */
export interface StoryWrite {
  /** In order. `waits` marks a local change that the newsroom is still to acknowledge. */
  updates: readonly { bytes: Uint8Array; waits: boolean }[]
  /** Keys of changes that the newsroom has acknowledged. */
  noLongerWaiting: readonly number[]
  acknowledged?: ReadonlyMap<number, number>
  /** A Yjs client that this person writes as from now on. */
  mine?: number
  mayWrite?: boolean
  /** Texts for the tray. */
  kept?: readonly KeptText[]
  dismissed?: readonly string[]
}

export interface LocalStore {
  /** Reads a story's copy; an empty one for a story that was never here. */
  loadStory(storyId: string): Promise<StoryCopy>
  /** The ids of the stories that have changes which the newsroom has not acknowledged. */
  waitingStories(): Promise<string[]>
  /** Resolves once on the disk, with the keys of those updates that wait, in their order. */
  writeStory(storyId: string, write: StoryWrite): Promise<number[]>
  /** Merges a story's log into one row when it has grown long. Resolves to whether it did. */
  compactStory(storyId: string, rowsWorthMerging?: number): Promise<boolean>

  /** Puts a new story with its first words, or a new picture, on the disk and in the outbox. Resolves to its key. */
  addStoryToSend(entry: StoryToSend, seed: Uint8Array): Promise<number>
  addPictureToSend(entry: PictureToSend, blob: Blob): Promise<number>
  /** In the order of their making. */
  toSend(): Promise<{ key: number; entry: ToSend }[]>
  updateToSend(key: number, entry: ToSend): Promise<void>
  removeToSend(key: number): Promise<void>

  /** A picture that was added here, or looked at once. */
  picture(mediaId: string): Promise<Blob | null>
  keepPicture(mediaId: string, blob: Blob, name: string): Promise<void>

  cachedDesks(): Promise<Desk[] | null>
  cacheDesks(desks: readonly Desk[]): Promise<void>
  /** The stories as last seen, without those that this version cannot read. */
  cachedStories(): Promise<Story[]>
  /** Writes a row for each of these stories, and no other. */
  cacheStories(stories: readonly Story[]): Promise<void>
  /** Until when, an ISO 8601 time, the cached stories have every change; null before they have all of them. */
  cachedUntil(): Promise<string | null>
  cacheUntil(time: string): Promise<void>

  close(): void
}

export interface LocalStoreOptions {
  /** The newsroom's id, which stays the same when its server moves. */
  newsroomId: string
  personId: string
}

/** The name of the database that holds this person's copies of this newsroom's stories. */
export function databaseName({ newsroomId, personId }: LocalStoreOptions): string {
  return `galley ${newsroomId} ${personId}`
}

export function openLocalStore(options: LocalStoreOptions): LocalStore {
  const db = makingRoom(personDatabase(databaseName(options)))
  return { ...storyCopies(db), ...outboxRows(db), ...pictures(db), ...cache(db), close: () => db.close() }
}

/**
 * Asks the browser to keep Galley's copies when the disk gets full. Resolves to whether it agreed. Without that, words are
 * still kept here and saved to the newsroom.
 */
export async function askToKeepCopies(): Promise<boolean> {
  // Missing where the page did not come over a secure connection.
  const { storage } = globalThis.navigator as { storage?: StorageManager }
  try {
    return storage !== undefined && ((await storage.persisted()) || (await storage.persist()))
  } catch {
    return false
  }
}

/** When the disk is full, pictures that the newsroom has as well make room for words. */
function makingRoom(db: PersonDatabase): PersonDatabase {
  async function write<T>(tables: StoreNames<Tables>[], work: (tx: Tx<'readwrite'>) => Promise<T>): Promise<T> {
    try {
      return await db.write(tables, work)
    } catch (error) {
      if (!(error instanceof DiskError && error.full)) throw error
      const dropped = await db.write(['outbox', 'pictures'], dropSentPictures)
      if (dropped === 0) throw error
      return db.write(tables, work)
    }
  }
  return { ...db, write }
}

/** Resolves to how many there were. */
async function dropSentPictures(tx: Tx<'readwrite'>): Promise<number> {
  const pictures = tx.objectStore('pictures')
  const [entries, ids] = await Promise.all([tx.objectStore('outbox').getAll(), pictures.getAllKeys()])
  const unsent = new Set(
    entries.map((entry) => toSendSchema.parse(entry)).map((entry) => entry.kind === 'picture' && entry.mediaId),
  )
  const sent = ids.filter((id) => !unsent.has(id))
  await Promise.all(sent.map((id) => pictures.delete(id)))
  return sent.length
}

function storyCopies(
  db: PersonDatabase,
): Pick<LocalStore, 'loadStory' | 'waitingStories' | 'writeStory' | 'compactStory'> {
  return {
    loadStory: (storyId) =>
      db.read(['updates', 'waiting', 'copies', 'kept'], async (tx) => {
        const [rows, waiting, copy, kept] = await Promise.all([
          tx.objectStore('updates').index('story').getAll(storyId),
          tx.objectStore('waiting').index('story').getAllKeys(storyId),
          tx.objectStore('copies').get(storyId),
          tx.objectStore('kept').index('story').getAll(storyId),
        ])
        return {
          updates: rows.map((row) => row.bytes),
          waiting,
          ...readCopyRow(copy),
          kept: kept.flatMap((row) => keptTextSchema.safeParse(row.text).data ?? []).sort((a, b) => a.at - b.at),
        }
      }),

    waitingStories: () =>
      db.read(['waiting'], async (tx) => {
        const rows = await tx.objectStore('waiting').getAll()
        return [...new Set(rows.map(({ story }) => story))]
      }),

    writeStory: (storyId, write) =>
      db.write(['updates', 'waiting', 'copies', 'kept'], async (tx) => {
        const updates = tx.objectStore('updates')
        const waiting = tx.objectStore('waiting')
        const kept = tx.objectStore('kept')
        const others: Promise<unknown>[] = [
          ...(write.kept ?? []).map((text) => kept.put({ story: storyId, text }, text.id)),
          ...(write.dismissed ?? []).map((id) => kept.delete(id)),
          ...write.updates.map(({ bytes }) => updates.add({ story: storyId, bytes })),
          ...write.noLongerWaiting.map((key) => waiting.delete(key)),
        ]
        const keys = write.updates.filter(({ waits }) => waits).map(() => waiting.add({ story: storyId }))
        if (write.acknowledged !== undefined || write.mine !== undefined || write.mayWrite !== undefined) {
          others.push(updateCopy(tx, storyId, write))
        }
        await Promise.all(others)
        return Promise.all(keys)
      }),

    compactStory: (storyId, rowsWorthMerging = ROWS_WORTH_MERGING) =>
      db.write(['updates'], async (tx) => {
        const updates = tx.objectStore('updates')
        const [rows, keys] = await Promise.all([
          updates.index('story').getAll(storyId),
          updates.index('story').getAllKeys(storyId),
        ])
        if (rows.length < rowsWorthMerging) return false
        const bytes = mergeThroughDoc(rows.map((row) => row.bytes))
        await Promise.all([updates.add({ story: storyId, bytes }), ...keys.map((key) => updates.delete(key))])
        return true
      }),
  }
}

async function updateCopy(tx: Tx<'readwrite'>, storyId: string, write: StoryWrite): Promise<void> {
  const copies = tx.objectStore('copies')
  const copy = readCopyRow(await copies.get(storyId))
  // Another window of this person may know of more: what is acknowledged never becomes less.
  for (const [client, clock] of write.acknowledged ?? []) {
    copy.acknowledged.set(client, Math.max(clock, copy.acknowledged.get(client) ?? 0))
  }
  if (write.mine !== undefined && !copy.mine.includes(write.mine)) copy.mine.push(write.mine)
  if (write.mayWrite !== undefined) copy.mayWrite = write.mayWrite
  await copies.put(copy, storyId)
}

/** Merges updates by applying them, which stays fast with many keystrokes. */
function mergeThroughDoc(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const merged = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return merged
}

function outboxRows(
  db: PersonDatabase,
): Pick<LocalStore, 'addStoryToSend' | 'addPictureToSend' | 'toSend' | 'updateToSend' | 'removeToSend'> {
  return {
    addStoryToSend: (entry, seed) =>
      db.write(['outbox', 'updates'], async (tx) => {
        await tx.objectStore('updates').add({ story: entry.story.id, bytes: seed })
        return tx.objectStore('outbox').add(entry)
      }),
    addPictureToSend: (entry, blob) =>
      db.write(['outbox', 'pictures'], async (tx) => {
        await tx.objectStore('pictures').put({ blob, name: entry.name }, entry.mediaId)
        return tx.objectStore('outbox').add(entry)
      }),
    toSend: () =>
      db.read(['outbox'], async (tx) => {
        const outbox = tx.objectStore('outbox')
        const [entries, keys] = await Promise.all([outbox.getAll(), outbox.getAllKeys()])
        return keys.map((key, index) => ({ key, entry: toSendSchema.parse(entries[index]) }))
      }),
    updateToSend: (key, entry) =>
      db.write(['outbox'], async (tx) => {
        // Another window may have sent it meanwhile; it is not to come back.
        if ((await tx.objectStore('outbox').getKey(key)) !== undefined) await tx.objectStore('outbox').put(entry, key)
      }),
    removeToSend: (key) => db.write(['outbox'], (tx) => tx.objectStore('outbox').delete(key)),
  }
}

function pictures(db: PersonDatabase): Pick<LocalStore, 'picture' | 'keepPicture'> {
  return {
    picture: (mediaId) =>
      db.read(['pictures'], async (tx) => (await tx.objectStore('pictures').get(mediaId))?.blob ?? null),
    keepPicture: (mediaId, blob, name) =>
      db.write(['pictures'], async (tx) => {
        await tx.objectStore('pictures').put({ blob, name }, mediaId)
      }),
  }
}

function cache(
  db: PersonDatabase,
): Pick<LocalStore, 'cachedDesks' | 'cacheDesks' | 'cachedStories' | 'cacheStories' | 'cachedUntil' | 'cacheUntil'> {
  /** What was cached, or null when nothing was, or something that this version does not read. */
  const recall = <T>(key: string, schema: z.ZodType<T>): Promise<T | null> =>
    db.read(['cache'], async (tx) => schema.safeParse(await tx.objectStore('cache').get(key)).data ?? null)
  const keep = (key: string, value: unknown): Promise<void> =>
    db.write(['cache'], async (tx) => {
      await tx.objectStore('cache').put(value, key)
    })
  return {
    cachedDesks: () => recall('desks', desksSchema),
    cacheDesks: (desks) => keep('desks', desks),
    cachedStories: () =>
      db.read(['stories'], async (tx) =>
        (await tx.objectStore('stories').getAll()).flatMap((row) => storySchema.safeParse(row).data ?? []),
      ),
    cacheStories: (stories) =>
      db.write(['stories'], async (tx) => {
        await Promise.all(stories.map((story) => tx.objectStore('stories').put(story, story.id)))
      }),
    cachedUntil: () => recall('stories until', z.iso.datetime()),
    cacheUntil: (time) => keep('stories until', time),
  }
}
