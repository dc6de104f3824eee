/**
 * Hocuspocus with its defaults. @hocuspocus/extension-sqlite does not install from the npm registry alone (its
 * better-sqlite3 downloads or compiles a binary), so this is the extension that it is made of,
 * @hocuspocus/extension-database, with the same table and statements on `node:sqlite`.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import { obey } from './control.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Which folder?')

const database = new DatabaseSync(join(folder, 'hocuspocus.sqlite'))
database.exec(
  'create table if not exists "documents" ("name" varchar(255) not null, "data" blob not null, unique(name))',
)
const select = database.prepare('select data from "documents" where name = $name order by rowid desc')
const upsert = database.prepare(
  'insert into "documents" ("name", "data") values ($name, $data) on conflict(name) do update set data = $data',
)

const server = new Server({
  address: '127.0.0.1',
  port: 0,
  quiet: true,
  stopOnSignals: false,
  extensions: [
    new Database({
      fetch: ({ documentName }) => {
        const data = select.get({ name: documentName })?.['data']
        return Promise.resolve(data instanceof Uint8Array ? data : null)
      },
      store: ({ documentName, state }) => {
        upsert.run({ name: documentName, data: state })
        return Promise.resolve()
      },
    }),
  ],
})
await server.listen()
obey(server.address.port, async () => {
  await server.destroy()
  database.close()
})
