/**
 * `npm run dev`: the demo newsroom's server, started again at each change of its sources, and the app from Vite's
 * development server, which reloads what changes: in the desktop app where there can be one, else for the browser.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './build.ts'
import { desktopObstacle, electronBinary, thisMachine } from './desktop.ts'
import { ServerFailed, startServer } from './server-process.ts'

const bin = (path: string): string => join(ROOT, 'node_modules', path)

/** Where Vite's development server listens (vite.config.ts); the app's requests for the relay pass through it. */
const PAGE = `http://127.0.0.1:${process.env['GALLEY_DEV_PORT'] ?? '5173'}`

async function main(): Promise<number> {
  const stopped = new Promise<number>((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => settle(0))
  })
  const server = await startServer({
    args: ['--demo'],
    env: { GALLEY_LOG: process.env['GALLEY_LOG'] ?? 'warn' },
    nodeArgs: ['--watch', '--watch-preserve-output'],
    onLine: (line, stream) => process[stream].write(`${line}\n`),
  })
  const env = { ...process.env, GALLEY_PORT: new URL(server.address).port }
  const obstacle =
    desktopObstacle(thisMachine()) ??
    (electronBinary() === null ? "Electron's binary is not here yet (npm start downloads it)" : null)
  let app: ChildProcess
  if (obstacle === null) {
    app = spawn(process.execPath, [bin('electron-vite/bin/electron-vite.js'), 'dev', '--watch'], {
      cwd: ROOT,
      env,
      stdio: 'inherit',
    })
  } else {
    process.stdout.write(`Galley runs in the browser, because ${obstacle}: ${PAGE}\n`)
    app = spawn(process.execPath, [bin('vite/bin/vite.js'), '--clearScreen', 'false'], {
      cwd: ROOT,
      env,
      stdio: 'inherit',
    })
  }
  const closed = new Promise<number>((settle) => {
    app.once('error', () => settle(1))
    app.once('close', (code) => settle(code ?? 1))
  })
  const code = await Promise.race([stopped, closed, server.exited.then(() => 1)])
  app.kill()
  await Promise.all([closed, server.stop()])
  if (code !== 0)
    process.stderr.write('Stopped, for the reason above. GALLEY_DEV_PORT and GALLEY_PORT choose other ports.\n')
  return code
}

try {
  process.exit(await main())
} catch (error) {
  process.stderr.write(`${error instanceof ServerFailed ? 'The server did not start: see above.' : String(error)}\n`)
  process.exit(1)
}
