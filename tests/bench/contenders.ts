/** The contenders of the bench: servers, each in its own process, and bindings of an editor to a document. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GALLEY, HOCUSPOCUS, Y_WEBSOCKET, type Dialect } from './dialects.ts'
import { answerSchema, type Answer, type Ask } from './servers/control.ts'

/** A column of the bench's tables. */
export interface Contender {
  name: 'galley' | 'hocuspocus' | 'y-websocket-server' | 'ws' | 'y-tiptap' | 'contenteditable'
  title: string
}

export interface ServerContender extends Contender {
  /** What of a story survives the process, and when it is stored. */
  persists: string
  /** Whether it can send a story's state to a new client. The floor cannot. */
  keepsState: boolean
  dialect: Dialect
  script: string
}

export const SERVERS: readonly ServerContender[] = [
  {
    name: 'galley',
    title: 'Galley',
    persists: 'every update, in SQLite (WAL, synchronous=FULL), before it is acknowledged',
    keepsState: true,
    dialect: GALLEY,
    script: 'galley.ts',
  },
  {
    name: 'hocuspocus',
    title: 'Hocuspocus 4.7.0',
    persists:
      'the whole document, in SQLite, 2 s after the last change and at the latest 10 s after the first (its defaults; ' +
      'extension-database on node:sqlite with the statements of extension-sqlite, which does not install from the npm ' +
      'registry alone); it acknowledges what it has in memory',
    keepsState: true,
    dialect: HOCUSPOCUS,
    script: 'hocuspocus.ts',
  },
  {
    name: 'y-websocket-server',
    title: '@y/websocket-server 0.1.1',
    persists: 'every update, in LevelDB (its own YPERSISTENCE), without fsync; it acknowledges nothing',
    keepsState: true,
    dialect: Y_WEBSOCKET,
    script: 'y-websocket.ts',
  },
  {
    name: 'ws',
    title: 'bare ws broadcast (the floor)',
    persists: 'nothing',
    keepsState: false,
    dialect: Y_WEBSOCKET,
    script: 'broadcast.ts',
  },
]

/** Galley alone, for work that no peer does. */
export const GALLEY_ALONE: readonly Contender[] = SERVERS.filter(({ name }) => name === 'galley')

/** Editors bound to a shared document. */
export const BINDINGS: readonly Contender[] = [
  ...GALLEY_ALONE,
  { name: 'y-tiptap', title: "y-tiptap 3.0.9, TipTap's own binding" },
]

/** Pages that a person types into. The floor has the words without a program: it shows the cost of the browser itself. */
export const PAGES: readonly Contender[] = [
  ...GALLEY_ALONE,
  { name: 'contenteditable', title: 'bare contenteditable (the floor)' },
]

/** Floors do no work, and so are not peers. */
export const FLOORS: readonly string[] = ['ws', 'contenteditable'] satisfies Contender['name'][]

/** All contenders, in the order of the columns. */
export const CONTENDERS: readonly Contender[] = [...new Set([...SERVERS, ...BINDINGS, ...PAGES])]

const SERVER_CORE = '0'
const GENERATOR_CORE = '1'
/** The folder of Node's compile cache, with which the servers start sooner. */
const COMPILED = join(tmpdir(), 'galley-bench-compiled')
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0

/** Pins this process to one core. Returns the outcome in words. */
export function pinGenerator(): string {
  if (!canPin) return 'Nothing is pinned: there is one core, or no taskset. Servers and load generator share cores.'
  spawnSync('taskset', ['-a', '-c', '-p', GENERATOR_CORE, String(process.pid)])
  return `Each server is pinned to core ${SERVER_CORE}, the load generator to core ${GENERATOR_CORE} (taskset).`
}

/** Returns a command that runs on the core that the load generator leaves alone. */
export function onServerCore(command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '-c', SERVER_CORE, ...command] : command
}

/** Returns a command that may use both cores, although this process is pinned to one. */
export function onAllCores(command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '-c', `${SERVER_CORE},${GENERATOR_CORE}`, ...command] : command
}

/** A running server. End it with `close` (everything is written to the disk) or `kill` (as kill -9 does). */
export class ServerProcess {
  readonly contender: ServerContender
  readonly port: number
  readonly #child: ChildProcess
  readonly #output: string[]

  private constructor(contender: ServerContender, child: ChildProcess, port: number, output: string[]) {
    this.contender = contender
    this.#child = child
    this.port = port
    this.#output = output
  }

  /** `folder`: where the server stores its data. `stories`: how many stories to create. */
  static async start(contender: ServerContender, folder: string, stories: number): Promise<ServerProcess> {
    mkdirSync(folder, { recursive: true })
    const script = fileURLToPath(new URL(`servers/${contender.script}`, import.meta.url))
    const profile = process.env['BENCH_CPU_PROFILE']
    const node = [
      process.execPath,
      '--expose-gc',
      '--no-warnings',
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}/${contender.name}`]),
      script,
      folder,
      String(stories),
    ]
    const [command = '', ...parameters] = onServerCore(node)
    const child = spawn(command, parameters, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', NODE_COMPILE_CACHE: COMPILED, YPERSISTENCE: folder },
    })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        output.push(text.toString())
        if (output.length > 50) output.shift()
      })
    }
    const answer = await nextAnswer(child, output)
    if (!('port' in answer)) throw new Error(`${contender.name} did not say its port`)
    return new ServerProcess(contender, child, answer.port, output)
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.contender.name} does not run`)
    return this.#child.pid
  }

  /** Resolves to the bytes in use on the heap of its main thread, and in buffers outside the heap. */
  async collectGarbage(): Promise<number> {
    return this.#ask('collect')
  }

  /** Stops the server. `before` runs when everything is on the disk and the process is still alive. */
  async close(before?: () => void): Promise<void> {
    await this.#ask('close')
    before?.()
    // Its code has finished, but a debugger, a profile or a forgotten timer may keep it alive.
    await this.#end('disconnect')
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async #ask(ask: Ask): Promise<number> {
    const answered = nextAnswer(this.#child, this.#output)
    this.#child.send(ask)
    const answer = await answered
    if (!('done' in answer)) throw new Error(`${this.contender.name} did not answer what it was asked`)
    return answer.live
  }

  async #end(how: 'disconnect' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = new Promise((resolve) => this.#child.once('exit', resolve))
    if (how === 'disconnect') this.#child.disconnect()
    else this.#child.kill(how)
    await exited
  }
}

function nextAnswer(child: ChildProcess, output: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error(`A server ended unasked:\n${output.join('')}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(answerSchema.parse(message))
    })
  })
}
