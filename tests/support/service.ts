/** A server that a test starts and stops: PostgreSQL, Redis. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { until } from './until.ts'

export interface Service {
  /** Sends it a signal, and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<void>
}

/** Starts a server's process. Rejects with its output if it ends before `ready`. */
export async function startService(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
  ready: () => Promise<boolean>,
): Promise<Service> {
  const child: ChildProcess = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (said += data.toString()))
  const exit = once(child, 'close')
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null
  await until(`${program} to be ready`, async () => ended() || (await ready()))
  if (ended()) throw new Error(`${program} ended before it was ready:\n${said}`)
  return {
    async end(signal) {
      child.kill(signal)
      await exit
    },
  }
}

/** Returns whether a process accepts connections on this port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      settle(true)
    })
    socket.once('error', () => settle(false))
  })
}

/** Starts it on a free port; tries another one if a process has taken that port meanwhile. */
export async function onFreePort<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}
