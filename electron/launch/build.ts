/** Whether the app in out/ is that of the sources, and making it when it is not. */
import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

/** The build's output files; every build rewrites each of them. */
const OUTPUTS = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/** What the build is made from. The server is not: it runs from its sources. */
const SOURCES = [
  'electron/main',
  'electron/preload',
  'electron/bridge.ts',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'vite.config.ts',
  'package-lock.json',
]

/** Whether a part of the build is missing, or older than one of its sources. Only asks for times, reads no file. */
export async function buildIsStale(root: string = ROOT): Promise<boolean> {
  const built = await Promise.all(OUTPUTS.map((path) => changedAt(join(root, path))))
  const oldest = Math.min(...built.map((time) => time ?? 0))
  if (oldest === 0) return true
  const newest = await Promise.all(SOURCES.map((path) => newestIn(join(root, path))))
  return Math.max(...newest) > oldest
}

/** Builds the app. Rejects with an Error when that fails; the build has said why on stderr. */
export async function build(): Promise<void> {
  const script = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
  const child = spawn(process.execPath, [script, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' })
  const code = await new Promise<number | null>((settle, reject) => {
    child.once('error', reject)
    child.once('close', settle)
  })
  if (code !== 0) throw new Error('The app could not be built: see above.')
}

/** When the file or folder was changed, in milliseconds since 1970; null when there is none. */
async function changedAt(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found === null ? null : found.mtimeMs
}

/** The newest change in the file, or in the folder and all in it; a folder's own time tells of files taken away. */
async function newestIn(path: string): Promise<number> {
  const own = (await changedAt(path)) ?? 0
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => [])
  const times = await Promise.all(entries.map((entry) => changedAt(join(entry.parentPath, entry.name))))
  return Math.max(own, ...times.map((time) => time ?? 0))
}
