/** A real PostgreSQL for a test, on a free port of this computer, with its data in a temporary folder. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chown } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { findOrInstall, findProgram, unprivileged } from './installed.ts'
import { onFreePort, startService, type Service } from './service.ts'
import { tempFolder } from './temp.ts'

export interface TestPostgres extends AsyncDisposable {
  /** Creates an empty database and returns its address, which stays the same after a restart. */
  createDatabase: () => Promise<string>
  /** Stops it immediately: connections are cut, committed data stays. */
  stop: () => Promise<void>
  /** Kills it, like a power cut. */
  kill: () => Promise<void>
  start: () => Promise<void>
  /** Runs one of PostgreSQL's own programs, such as `pg_dump`, to its end. */
  run: (program: string, args: readonly string[]) => Promise<void>
  close: () => Promise<void>
}

// Debian keeps the programs out of PATH; elsewhere a wrapper may be in it. The folder of `initdb` is the right one.
const found = await findOrInstall('PostgreSQL', 'postgresql', () =>
  findProgram(['initdb'], ['/usr/lib/postgresql/*/bin', '/usr/local/pgsql/bin', '/opt/homebrew/opt/postgresql*/bin']),
)

/** Says why there is no PostgreSQL for tests; null if there is one. */
export const postgresMissing = 'missing' in found ? found.missing : null

export async function startPostgres(): Promise<TestPostgres> {
  if ('missing' in found) throw new Error(found.missing)
  const programs = dirname(found.path)
  const folder = await tempFolder('galley-postgres-')
  const data = join(folder.path, 'data')
  // PostgreSQL refuses to run as root.
  const user = await unprivileged('postgres')
  if (user !== null) await chown(folder.path, user.uid, user.gid)
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'galley', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    user ?? {},
  )

  let port = 0
  let service: Service | null = null
  const address = (database: string): string => `postgres://galley@127.0.0.1:${port}/${database}`
  const query = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: address('postgres') })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  const start = async (): Promise<void> => {
    const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder.path]
    const ready = (): Promise<boolean> =>
      query('select 1').then(
        () => true,
        () => false,
      )
    service = await startService(join(programs, 'postgres'), args, { ...user, cwd: '/' }, ready)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await service?.end(signal)
    service = null
  }
  const close = async (): Promise<void> => {
    await end('SIGQUIT')
    await folder.remove()
  }
  await onFreePort(async () => {
    port = await freePort()
    await start()
  })
  return {
    async createDatabase() {
      const name = `galley_${randomUUID().replaceAll('-', '')}`
      await query(`create database ${name}`)
      return address(name)
    },
    stop: () => end('SIGINT'),
    // An immediate shutdown: nothing is flushed, and the next start recovers from the write-ahead log.
    kill: () => end('SIGQUIT'),
    start,
    run: (program, args) => run(join(programs, program), args, {}),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function run(program: string, args: readonly string[], user: { uid?: number; gid?: number }): Promise<void> {
  const child = spawn(program, args, { ...user, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${program} failed:\n${said}`)
}
