/** A real Redis (or Valkey) for a test, on a free port of this computer. */
import { freePort } from './free-port.ts'
import { findOrInstall, findProgram } from './installed.ts'
import { listens, onFreePort, startService, type Service } from './service.ts'

export interface TestRedis extends AsyncDisposable {
  /** `redis://127.0.0.1:PORT`. Stays the same after a restart. */
  readonly url: string
  readonly port: number
  stop: () => Promise<void>
  start: () => Promise<void>
  close: () => Promise<void>
}

const found = await findOrInstall('Redis', 'redis-server', () => findProgram(['valkey-server', 'redis-server']))

/** Says why there is no Redis for tests; null if there is one. */
export const redisMissing = 'missing' in found ? found.missing : null

export async function startRedis(): Promise<TestRedis> {
  if ('missing' in found) throw new Error(found.missing)
  let port = 0
  let service: Service | null = null
  const run = async (): Promise<void> => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    service = await startService(found.path, args, { cwd: '/' }, () => listens(port))
  }
  await onFreePort(async () => {
    port = await freePort()
    await run()
  })
  const stop = async (): Promise<void> => {
    await service?.end('SIGTERM')
    service = null
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    stop,
    start: run,
    close: stop,
    [Symbol.asyncDispose]: stop,
  }
}
