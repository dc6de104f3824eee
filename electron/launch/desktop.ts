/** Whether the desktop app can be opened here, and getting Electron's binary, which npm does not bring. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './build.ts'

const ELECTRON = join(ROOT, 'node_modules/electron')

export interface Machine {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  /** The user's number; null on Windows. */
  uid: number | null
}

export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, uid: process.getuid?.() ?? null }
}

/** Whether there is a screen to show something on. */
export function hasDisplay({ platform, env }: Machine): boolean {
  if (platform === 'darwin' || platform === 'win32') return true
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/** Why no desktop app can run here, in words that follow "because"; null when one can, once its binary is here. */
export function desktopObstacle(machine: Machine): string | null {
  if (!hasDisplay(machine)) return 'there is no display here'
  if (machine.platform === 'linux' && machine.uid === 0) return "Electron's sandbox does not run as root"
  return null
}

/** The path of Electron's binary; null while it has not been downloaded. `folder` is that of the npm package. */
export function electronBinary(folder: string = ELECTRON): string | null {
  const pointer = join(folder, 'path.txt')
  // Electron's installer writes the pointer last, so what it points to is whole.
  if (!existsSync(pointer)) return null
  const binary = join(folder, 'dist', readFileSync(pointer, 'utf8'))
  return existsSync(binary) ? binary : null
}

export type Download =
  | { result: 'here'; binary: string }
  /** Could not be had, or not within the time; in the latter case it goes on, and `finished` tells how it ended. */
  | { result: 'failed' }
  | { result: 'slow'; finished: Promise<boolean>; cancel: () => void }

/** Downloads Electron's binary with Electron's own installer, and waits for that no longer than `patienceMs`. */
export async function downloadElectron(
  patienceMs: number,
  installer: string = join(ELECTRON, 'install.js'),
  folder: string = ELECTRON,
): Promise<Download> {
  const child: ChildProcess = spawn(process.execPath, [installer], { stdio: 'ignore' })
  const finished = new Promise<boolean>((settle) => {
    child.once('error', () => settle(false))
    child.once('close', (code) => settle(code === 0))
  })
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<'slow'>((settle) => {
    timer = setTimeout(() => settle('slow'), patienceMs)
  })
  const first = await Promise.race([finished, timeUp])
  clearTimeout(timer)
  if (first === 'slow') return { result: 'slow', finished, cancel: () => void child.kill() }
  const binary = first ? electronBinary(folder) : null
  return binary === null ? { result: 'failed' } : { result: 'here', binary }
}

/** How the system opens an address in the person's own browser; null on a system without one. */
export function browserOpener({ platform }: Machine): { command: string; args: readonly string[] } | null {
  switch (platform) {
    case 'darwin':
      return { command: 'open', args: [] }
    case 'win32':
      return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] }
    case 'linux':
    case 'freebsd':
    case 'openbsd':
      return { command: 'xdg-open', args: [] }
    default:
      return null
  }
}
