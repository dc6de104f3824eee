/** The tables of a person's database on this computer. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'

/** Version 1 held stories of schema version 1, version 2 the queue as one row: see the upgrades beside this file. */
export const VERSION = 3

export interface Tables extends DBSchema {
  /** Every change of every story, in the order in which it reached this computer. Keys ascend. */
  updates: { key: number; value: { story: string; bytes: Uint8Array }; indexes: { story: string } }
  /** One row per local change that the newsroom has not acknowledged. */
  waiting: { key: number; value: { story: string }; indexes: { story: string } }
  /** By story id: what is known about the story's copy on this computer. */
  copies: { key: string; value: unknown }
  /** By id: the texts of the tray, until they are dismissed. */
  kept: { key: string; value: { story: string; text: unknown }; indexes: { story: string } }
  /** What was made here and is to be sent, oldest first. */
  outbox: { key: number; value: unknown }
  /** By media id: the pictures themselves. */
  pictures: { key: string; value: { blob: Blob; name: string } }
  /** By story id: what the queue shows of each story, as last seen, for offline use. */
  stories: { key: string; value: unknown }
  /** The desks as last seen, and until when the stories are complete. */
  cache: { key: string; value: unknown }
}

export type Tx<Mode extends IDBTransactionMode> = IDBPTransaction<Tables, StoreNames<Tables>[], Mode>

export function createTables(db: IDBPDatabase<Tables>): void {
  db.createObjectStore('updates', { autoIncrement: true }).createIndex('story', 'story')
  db.createObjectStore('waiting', { autoIncrement: true }).createIndex('story', 'story')
  db.createObjectStore('copies')
  db.createObjectStore('kept').createIndex('story', 'story')
  db.createObjectStore('outbox', { autoIncrement: true })
  db.createObjectStore('pictures')
  db.createObjectStore('cache')
  db.createObjectStore('stories')
}
