/** The newsroom's server as a child process: started, waited for, and stopped without losing what it has in hand. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = resolve(import.meta.dirname, '../../server/main.ts')
const READY = /Galley's relay is at (http:\/\/\S+)/

/** How long a server that was asked to stop may take before it is killed. Everything it acknowledged is on disk by then. */
const PATIENCE_MS = 10_000

export interface ServerOptions {
  /** The server's own flags, e.g. `['--demo']`. */
  args?: readonly string[]
  /**
   * Added to this process's environment, of which `DATABASE_URL` and `REDIS_URL` are left out: on a developer's computer
   * they are another program's as likely as not.
   */
  env?: Readonly<Record<string, string>>
  /** Called with each line that the server prints. */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Another script than the server's, and flags for Node itself. */
  script?: string
  nodeArgs?: readonly string[]
}

export interface ServerExit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface ServerProcess {
  /** e.g. `http://127.0.0.1:4870`. */
  readonly address: string
  readonly pid: number
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<ServerExit>
  /** Ends it gracefully; after ten seconds by force. */
  stop(): Promise<ServerExit>
  /** Ends it at once, as a power cut would (SIGKILL). */
  kill(): Promise<ServerExit>
}

/** The server ended before it was ready. What it said about it has gone to `onLine` and is in `output`. */
export class ServerFailed extends Error {
  readonly exit: ServerExit
  readonly output: string

  constructor(exit: ServerExit, output: string) {
    super(`The server ended before it was ready (${describeExit(exit)}).${output === '' ? '' : `\n${output}`}`)
    this.exit = exit
    this.output = output
  }
}

/** `exit code 1` or `SIGKILL`. */
export function describeExit({ code, signal }: ServerExit): string {
  return signal ?? `exit code ${code ?? 0}`
}

/** Starts the server. Resolves once it takes requests; rejects with {@link ServerFailed} when it ends before that. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...(options.nodeArgs ?? []), options.script ?? MAIN, ...(options.args ?? [])],
    {
      env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the terminal then reaches only the parent, which ends the server in good order.
      detached: true,
    },
  )
  const exited = new Promise<ServerExit>((settle, reject) => {
    child.once('error', reject)
    // `close` and not `exit`: by then all that it printed has been read.
    child.once('close', (code, signal) => settle({ code, signal }))
  })
  const end = async (signal: NodeJS.Signals): Promise<ServerExit> => {
    child.kill(signal)
    const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    const exit = await exited
    clearTimeout(force)
    return exit
  }

  const address = await new Promise<string>((settle, reject) => {
    const printed: string[] = []
    let ready = false
    const listen = (stream: 'stdout' | 'stderr'): void => {
      createInterface({ input: child[stream] }).on('line', (line) => {
        options.onLine?.(line, stream)
        if (ready) return
        printed.push(line)
        const found = READY.exec(line)?.[1]
        if (found === undefined) return
        ready = true
        settle(found)
      })
    }
    listen('stdout')
    listen('stderr')
    exited.then((exit) => reject(new ServerFailed(exit, printed.join('\n'))), reject)
  })
  return { address, pid: child.pid ?? -1, exited, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}
