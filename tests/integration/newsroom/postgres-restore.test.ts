/** A newsroom in PostgreSQL, restored as docs/large-newsroom.md describes. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { startServer } from '#electron/launch/server-process.ts'
import { postgresMissing, startPostgres } from '#tests/support/postgres.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { until } from '#tests/support/until.ts'
import { openApp, openStory, type OpenStory } from './app.ts'
import { run } from './run-script.ts'

const textOf = ({ doc }: Pick<OpenStory, 'doc'>) => doc.getText('text:body')

/** A story as kept on a person's computer, to be reopened in the same window. */
function kept({ doc }: OpenStory): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = doc.clientID
  return copy
}

test.skipIf(postgresMissing !== null)(
  `R26: what a dump lacks comes back from a reader's copy, and its author goes on${postgresMissing === null ? '' : ` (${postgresMissing})`}`,
  async () => {
    await using folder = await tempFolder()
    await using postgres = await startPostgres()
    const start = (database: string) =>
      startServer({
        args: ['--demo'],
        env: { DATABASE_URL: database, GALLEY_DATA: join(folder.path, 'data'), GALLEY_PORT: '0' },
      })
    const [before, after] = [await postgres.createDatabase(), await postgres.createDatabase()]
    const server = await start(before)
    const reporter = await openApp(server.address, 'reporter')
    const { id } = await reporter.createStory()
    const dump = join(folder.path, 'galley.dump')
    await postgres.run('pg_dump', ['--format=custom', `--file=${dump}`, before])
    const author = await openStory(server.address, reporter, id)
    const reader = await openStory(server.address, await openApp(server.address, 'editor'), id)
    textOf(author).insert(0, 'after the dump')
    await author.stored()
    await until('the words', () => textOf(reader).length > 0)
    const [authors, readers] = [kept(author), kept(reader)]
    author.close()
    reader.close()
    await server.stop()

    await postgres.run('pg_restore', ['--no-owner', `--dbname=${after}`, dump])
    const marked = await run('admin.ts', ['mark-restored'], { env: { DATABASE_URL: after } })
    expect(marked).toMatchObject({ code: 0 })
    const restored = await start(after)
    try {
      const first = await openStory(restored.address, await openApp(restored.address, 'editor'), id, readers)
      await first.stored()
      authors.getText('text:body').insert(14, ', and offline')
      const second = await openStory(restored.address, await openApp(restored.address, 'reporter'), id, authors)
      await second.stored()
      textOf(second).insert(27, ', and again')
      await until('all of it', () => textOf(first).toJSON() === 'after the dump, and offline, and again')
      first.close()
      second.close()
    } finally {
      await restored.stop()
    }
  },
  120_000,
)

test('is refused if the database does not exist, or has no newsroom', async () => {
  const without = await run('admin.ts', ['mark-restored'], { env: { DATABASE_URL: '' } })
  expect([without.code, without.out]).toEqual([2, expect.stringContaining('DATABASE_URL')])
})
