/** A real newsroom for a test: the server's own process, on a free port, with its own data folder. */
import { join } from 'node:path'
import { type ServerProcess, startServer } from '#electron/launch/server-process.ts'
import { tempFolder } from './temp.ts'

export interface TestNewsroom extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:40123`. Stays the same after a restart. */
  readonly address: string
  readonly data: string
  /** The folder that the demo's file-drop destination delivers to. */
  readonly drop: string
  /** Everything that the server has printed since its first start. */
  output: () => string
  /** Kills it, like a power cut. */
  kill: () => Promise<void>
  /** Stops it gracefully. */
  stop: () => Promise<void>
  /** Restarts it on the same port and data. If it still runs, stops it gracefully first. */
  restart: () => Promise<void>
  /** Stops it and removes its data. */
  close: () => Promise<void>
}

export interface TestNewsroomOptions {
  /** True for the demo newsroom, with its three people and stories. Default: true. */
  demo?: boolean
  /** Further environment variables for the server. */
  env?: Readonly<Record<string, string>>
}

/** Starts a newsroom: `await using newsroom = await startTestNewsroom()`, or call `close()`. */
export async function startTestNewsroom(options: TestNewsroomOptions = {}): Promise<TestNewsroom> {
  const folder = await tempFolder('galley-newsroom-')
  const data = join(folder.path, 'data')
  const drop = join(folder.path, 'drop')
  const lines: string[] = []

  const start = (port: string): Promise<ServerProcess> =>
    startServer({
      args: options.demo === false ? [] : ['--demo'],
      // Receivers of tests are on this computer.
      env: { GALLEY_ALLOW_PRIVATE: '1', ...options.env, GALLEY_DATA: data, GALLEY_DROP: drop, GALLEY_PORT: port },
      onLine: (line) => lines.push(line),
    })

  let server: ServerProcess
  try {
    server = await start('0')
  } catch (error) {
    await folder.remove()
    throw error
  }
  const { address } = server
  const close = async (): Promise<void> => {
    await server.stop()
    await folder.remove()
  }
  return {
    address,
    data,
    drop,
    output: () => lines.join('\n'),
    async kill() {
      await server.kill()
    },
    async stop() {
      await server.stop()
    },
    async restart() {
      await server.stop()
      server = await start(new URL(address).port)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
