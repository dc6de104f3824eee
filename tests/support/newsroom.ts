/** A real newsroom for a test: the server's own process, on a free port, with a data folder of its own. */
import { join } from 'node:path'
import { type ServerProcess, startServer } from '#electron/launch/server-process.ts'
import { tempFolder } from './temp.ts'

export interface TestNewsroom extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:40123`. The same after a restart. */
  readonly address: string
  readonly data: string
  /** Where the demo's file-drop destination delivers to. */
  readonly drop: string
  /** Everything that the server printed since it was first started. */
  output: () => string
  /** Ends it as a power cut would. */
  kill: () => Promise<void>
  /** Ends it gracefully. */
  stop: () => Promise<void>
  /** Starts it again, on the same port and the same data, ending it gracefully first where it still runs. */
  restart: () => Promise<void>
  /** Stops it and removes its data. */
  close: () => Promise<void>
}

export interface TestNewsroomOptions {
  /** Whether it is the demo newsroom, with its three people and stories. Default true. */
  demo?: boolean
  /** Further environment variables of the server. */
  env?: Readonly<Record<string, string>>
}

/** Starts a newsroom: `await using newsroom = await startTestNewsroom()`, or `close()` it yourself. */
export async function startTestNewsroom(options: TestNewsroomOptions = {}): Promise<TestNewsroom> {
  const folder = await tempFolder('galley-newsroom-')
  const data = join(folder.path, 'data')
  const drop = join(folder.path, 'drop')
  const lines: string[] = []

  const start = (port: string): Promise<ServerProcess> =>
    startServer({
      args: options.demo === false ? [] : ['--demo'],
      env: { ...options.env, GALLEY_DATA: data, GALLEY_DROP: drop, GALLEY_PORT: port },
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
