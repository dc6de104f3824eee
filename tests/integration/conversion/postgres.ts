import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { MIGRATIONS, VERSION_1_MIGRATIONS } from '#server/store/migrations.ts'
import { inPostgresWords } from '#server/store/postgres-words.ts'

/** Tables in the order of their references. */
const TABLES = [
  'settings',
  'people',
  'desks',
  'stories',
  'log',
  'snapshots',
  'cuts',
  'clients',
  'carried',
  'versions',
  'publications',
]

/** Copies a newsroom of version 1 into an empty database, as the older Galley would have written it there. */
export async function inPostgres(url: string, sqliteFile: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  const sqlite = new DatabaseSync(sqliteFile, { readOnly: true })
  await client.connect()
  try {
    for (const statement of MIGRATIONS.slice(0, VERSION_1_MIGRATIONS).flat()) {
      await client.query(inPostgresWords(statement))
    }
    await client.query('create table schema_version (version bigint not null)')
    await client.query('insert into schema_version values ($1)', [VERSION_1_MIGRATIONS])
    for (const table of TABLES) {
      for (const row of sqlite.prepare(`select * from ${table}`).all()) {
        const places = Object.keys(row).map((_, index) => `$${index + 1}`)
        const values = Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value))
        await client.query(
          `insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')})`,
          values,
        )
      }
    }
    await client.query("select setval(pg_get_serial_sequence('log', 'seq'), (select max(seq) from log))")
  } finally {
    sqlite.close()
    await client.end()
  }
}
