/**
 * The IndexedDB database in which one person's words of one newsroom are kept on this computer. Two people who share a
 * computer have a database each, so neither sees, or sends, what the other has not sent yet.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import { DiskError, diskError } from './disk-error.ts'

const VERSION = 1

export interface Tables extends DBSchema {
  /** Every change of every story, in the order in which it reached this computer. Keys ascend. */
  updates: { key: number; value: { story: string; bytes: Uint8Array }; indexes: { story: string } }
  /** One row per local change that the newsroom has not acknowledged, with what it deletes (own-deletions.ts). */
  waiting: {
    key: number
    value: { story: string; deletions?: Uint8Array | undefined }
    indexes: { story: string }
  }
  /** By story id: what is known about the story's copy on this computer. */
  copies: { key: string; value: unknown }
  /** By id: rescued texts, until they are dismissed. */
  rescued: { key: string; value: { story: string; text: unknown }; indexes: { story: string } }
  /** What was made here and is to be sent, in the order of its making. */
  outbox: { key: number; value: unknown }
  /** By media id: the pictures themselves. */
  pictures: { key: string; value: { blob: Blob; name: string } }
  /** The desks and the queue as last seen, for when there is no connection. */
  cache: { key: string; value: unknown }
}

export type Tx<Mode extends IDBTransactionMode> = IDBPTransaction<Tables, StoreNames<Tables>[], Mode>

export interface PersonDatabase {
  /** Runs a reading transaction. Rejects with a {@link DiskError}. */
  read<T>(tables: StoreNames<Tables>[], work: (tx: Tx<'readonly'>) => Promise<T>): Promise<T>
  /**
   * Runs a writing transaction and resolves once it is complete and on the disk: all of it or nothing. `work` may wait
   * for nothing but the transaction's own requests. Rejects with a {@link DiskError}.
   */
  write<T>(tables: StoreNames<Tables>[], work: (tx: Tx<'readwrite'>) => Promise<T>): Promise<T>
  close(): void
}

/** Opens at the first use, and again when the browser has taken the connection away. */
export function personDatabase(name: string): PersonDatabase {
  let opened: Promise<IDBPDatabase<Tables>> | null = null
  let closed = false

  function open(): Promise<IDBPDatabase<Tables>> {
    if (closed) return Promise.reject(new DiskError('This copy of the newsroom was closed.', null))
    if (opened !== null) return opened
    const opening: Promise<IDBPDatabase<Tables>> = openDB<Tables>(name, VERSION, {
      upgrade(db) {
        db.createObjectStore('updates', { autoIncrement: true }).createIndex('story', 'story')
        db.createObjectStore('waiting', { autoIncrement: true }).createIndex('story', 'story')
        db.createObjectStore('copies')
        db.createObjectStore('rescued').createIndex('story', 'story')
        db.createObjectStore('outbox', { autoIncrement: true })
        db.createObjectStore('pictures')
        db.createObjectStore('cache')
      },
      // A newer Galley in another window must be able to change the tables; this one reopens, and is then told to update.
      blocking: (_current, _blocked, event) => {
        opened = null
        ;(event.target as IDBDatabase).close()
      },
      terminated: () => {
        opened = null
      },
    })
    opened = opening
    opening.catch(() => {
      if (opened === opening) opened = null
    })
    return opening
  }

  async function run<T, Mode extends 'readonly' | 'readwrite'>(
    tables: StoreNames<Tables>[],
    mode: Mode,
    work: (tx: Tx<Mode>) => Promise<T>,
  ): Promise<T> {
    try {
      const db = await open()
      const tx = db.transaction(tables, mode, { durability: 'strict' })
      const result = work(tx).catch((error: unknown) => {
        // A fault in `work` itself must not leave half of it behind; after a failed request the abort is under way.
        try {
          tx.abort()
        } catch {
          // Already aborted by the request that failed.
        }
        throw error
      })
      const [value] = await Promise.all([result, tx.done])
      return value
    } catch (error) {
      throw diskError(error)
    }
  }

  return {
    read: (tables, work) => run(tables, 'readonly', work),
    write: (tables, work) => run(tables, 'readwrite', work),
    close() {
      closed = true
      void opened?.then(
        (db) => db.close(),
        () => undefined,
      )
    },
  }
}
