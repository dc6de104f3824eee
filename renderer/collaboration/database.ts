/**
 * The IndexedDB database in which one person's words of one newsroom are kept on this computer. Two people who share a
 * computer have a database each, so neither sees, or sends, what the other has not sent yet.
 */
import { message } from '#shared/messages/message.ts'
import { openDB, type IDBPDatabase, type StoreNames } from 'idb'
import { DiskError, diskError } from './disk-error.ts'
import { createTables, VERSION, type Tables, type Tx } from './tables.ts'
import { upgradeFromVersion1, type Upgrade } from './upgrade-from-version-1.ts'
import { upgradeFromVersion2 } from './upgrade-from-version-2.ts'

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
    if (closed) return Promise.reject(new DiskError(message('collaboration.disk.closed'), null))
    if (opened !== null) return opened
    const opening: Promise<IDBPDatabase<Tables>> = openDB<Tables>(name, VERSION, {
      upgrade(db, before, _now, tx) {
        if (before === 0) createTables(db)
        else {
          db.createObjectStore('stories')
          void upgrade(tx, before).catch(() => abort(tx))
        }
        // When it fails, the opening says so.
        tx.done.catch(() => undefined)
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
        abort(tx)
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

async function upgrade(tx: Upgrade, before: number): Promise<void> {
  if (before < 2) await upgradeFromVersion1(tx)
  await upgradeFromVersion2(tx)
}

/** A fault in the work itself must not leave half of it behind. */
function abort(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch {
    // Already aborted by the request that failed.
  }
}
