/** The two stores, for tests that hold for both. */
import { openStore } from '#server/store/open-store.ts'
import type { Store } from '#server/store/store.ts'
import { postgresMissing, startPostgres } from '#tests/support/postgres.ts'
import { tempFolder } from '#tests/support/temp.ts'

export interface StoreKind {
  name: string
  /** Why it is not available here; null when it is. */
  missing: string | null
  start: () => Promise<StoreSource>
}

/** Opens stores for the tests of one file. */
export interface StoreSource {
  /** Makes a place for a newsroom. Returns a function that opens it. Only a shared store can be opened twice at a time. */
  place: () => Promise<() => Promise<Store>>
  close: () => Promise<void>
}

export const STORES: readonly StoreKind[] = [
  {
    name: 'SQLite',
    missing: null,
    async start() {
      const folder = await tempFolder('galley-stores-')
      let places = 0
      return {
        place() {
          const path = `${folder.path}/${++places}`
          return Promise.resolve(() => openStore(path))
        },
        close: () => folder.remove(),
      }
    },
  },
  {
    name: 'PostgreSQL',
    missing: postgresMissing,
    async start() {
      const postgres = await startPostgres()
      return {
        async place() {
          const url = await postgres.createDatabase()
          return () => openStore('', url)
        },
        close: () => postgres.close(),
      }
    },
  },
]
