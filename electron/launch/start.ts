/**
 * `npm start`: builds the app when needed, starts the demo newsroom's server, and opens the desktop app on it, or the
 * same app in the browser where there can be no desktop app. Ctrl-C ends all of it.
 */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { build, buildIsStale, ROOT } from './build.ts'
import {
  browserOpener,
  desktopObstacle,
  downloadElectron,
  electronBinary,
  hasDisplay,
  type Machine,
  thisMachine,
} from './desktop.ts'
import { describeExit, type ServerProcess, ServerFailed, startServer } from './server-process.ts'

const HELP = `Usage: npm start [-- flags]

  --browser   use the browser even where the desktop app can run
  --no-open   open nothing: only say the address
  --help      this text

GALLEY_PORT (default 4870), GALLEY_DATA and the server's other settings hold here too: npm run server -- --help`

/** How long to wait for Electron's binary before the browser is opened instead. The download goes on meanwhile. */
const DOWNLOAD_PATIENCE_MS = 4_000

/** A desktop app that fails within this time of its start never came up: then the browser serves. */
const COMING_UP_MS = 10_000

/** What is to be ended when this process is. */
const cleanUp: (() => unknown)[] = []

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<number> {
  const { values: flags } = parseArgs({
    allowNegative: true,
    options: {
      browser: { type: 'boolean', default: false },
      open: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (flags.help) {
    say(HELP)
    return 0
  }
  const asked = stopAsked()
  if (await buildIsStale()) {
    say('Building Galley (this is needed once, and after a change to its sources)…')
    await build()
  }
  const server = await startNewsroom()
  if (server === null) return 1
  cleanUp.push(() => server.stop())
  const machine = thisMachine()
  const ended = server.exited.then((exit) => ({ by: 'server' as const, exit }))

  const desktop = flags.browser
    ? { binary: null, reason: 'you asked for it' }
    : flags.open
      ? await findDesktop(machine)
      : { binary: null, reason: 'nothing was to be opened' }
  if (desktop.binary !== null) {
    say(`Galley's newsroom is at ${server.address}; its desktop app is opening.`)
    const app = openDesktop(desktop.binary, server.address)
    cleanUp.push(app.close)
    const first = await Promise.race([ended, asked, app.closed])
    if (first.by !== 'desktop') return stoppedBy(first)
    if (first.code === 0 || first.lasted > COMING_UP_MS) return first.code
    openBrowser(machine, server.address, `the desktop app could not start (exit code ${first.code})`, true)
  } else {
    openBrowser(machine, server.address, desktop.reason, flags.open)
  }
  return stoppedBy(await Promise.race([ended, asked]))
}

type Stop = { by: 'signal' } | { by: 'server'; exit: Awaited<ServerProcess['exited']> }

/** The exit code for what ended the wait; a server that ended by itself is an error. */
function stoppedBy(stop: Stop): number {
  if (stop.by === 'signal') return 0
  process.stderr.write(`The server ended by itself (${describeExit(stop.exit)}). What it acknowledged is on disk.\n`)
  return 1
}

function stopAsked(): Promise<{ by: 'signal' }> {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => settle({ by: 'signal' }))
  })
}

/** Starts the demo newsroom's server. Null when it could not start: then it has said why. */
async function startNewsroom(): Promise<ServerProcess | null> {
  try {
    return await startServer({
      args: ['--demo'],
      // A log line for each request is for those who run a server, not for those who try the app.
      env: { GALLEY_LOG: process.env['GALLEY_LOG'] ?? 'warn' },
      onLine: (line, stream) => process[stream].write(`${line}\n`),
    })
  } catch (error) {
    if (!(error instanceof ServerFailed)) throw error
    process.stderr.write(
      `Galley did not start: its server ended with ${describeExit(error.exit)}; its reason is above.\n`,
    )
    return null
  }
}

/** Electron's binary, downloaded when there is none yet; or why the browser has to do. */
async function findDesktop(machine: Machine): Promise<{ binary: string } | { binary: null; reason: string }> {
  const reason = desktopObstacle(machine)
  if (reason !== null) return { binary: null, reason }
  const binary = electronBinary()
  if (binary !== null) return { binary }
  say(
    `Electron downloads its binary (about 110 MB) at its first run: trying for ${DOWNLOAD_PATIENCE_MS / 1000} seconds…`,
  )
  const download = await downloadElectron(DOWNLOAD_PATIENCE_MS)
  switch (download.result) {
    case 'here':
      return { binary: download.binary }
    case 'failed':
      return { binary: null, reason: "Electron's binary could not be downloaded" }
    case 'slow':
      cleanUp.push(download.cancel)
      void download.finished.then((done) => {
        if (done) say("Electron's binary is here now: the next npm start opens the desktop app.")
      })
      return { binary: null, reason: "Electron's binary is still being downloaded" }
  }
}

function openDesktop(binary: string, server: string) {
  const started = performance.now()
  const child = spawn(binary, [ROOT], { stdio: 'inherit', env: { ...process.env, GALLEY_SERVER: server } })
  const closed = new Promise<{ by: 'desktop'; code: number; lasted: number }>((settle) => {
    const end = (code: number): void => settle({ by: 'desktop', code, lasted: performance.now() - started })
    child.once('error', () => end(1))
    child.once('close', (code) => end(code ?? 1))
  })
  return {
    closed,
    close: async () => {
      child.kill()
      await closed
    },
  }
}

/** Says where the app is and why it is in the browser, and opens the person's own browser where that can be. */
function openBrowser(machine: Machine, address: string, reason: string, open: boolean): void {
  say(`Galley runs in the browser, because ${reason}: ${address}`)
  const opener = open && hasDisplay(machine) ? browserOpener(machine) : null
  if (opener === null) {
    say('Open that address to use it. Ctrl-C stops Galley.')
    return
  }
  const child = spawn(opener.command, [...opener.args, address], { stdio: 'ignore', detached: true })
  const failed = (): void => say('No browser could be opened: open that address yourself.')
  child.once('error', failed)
  child.once('close', (code) => {
    if (code !== 0) failed()
  })
  child.unref()
  say('Ctrl-C stops Galley.')
}

let code = 1
try {
  code = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
} finally {
  for (const end of cleanUp.reverse()) await end()
}
process.exit(code)
