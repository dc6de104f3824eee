/** Finds the programs that tests start, or installs them for root on Debian. */
import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const INSTALL_LIMIT_MS = 180_000

/** Returns the path of the first of these names in PATH, or in one of the further folders (patterns); else null. */
export function findProgram(names: readonly string[], folders: readonly string[] = []): string | null {
  // Sorted, so that the newest version comes first.
  const beyond = folders.flatMap((pattern) => globSync(pattern).sort().reverse())
  for (const folder of [...beyond, ...(process.env['PATH'] ?? '').split(delimiter)]) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name)
  }
  return null
}

/** True if {@link installPackages} works on this machine. */
export const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version')

/** Installs Debian packages, showing the output. Returns whether it succeeded. */
export async function installPackages(...packages: readonly string[]): Promise<boolean> {
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  return (
    (await succeeds('apt-get', install)) ||
    ((await succeeds('apt-get', ['update'])) && (await succeeds('apt-get', install)))
  )
}

/** Runs a program, showing its output. Returns whether it succeeded within the time limit. */
function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: INSTALL_LIMIT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return new Promise((settle) => {
    child.once('error', () => settle(false))
    child.once('close', (code) => settle(code === 0))
  })
}

/**
 * Returns a server's program: an existing one, or its package if that can be installed. Otherwise the tests that need
 * it are skipped: `missing` says why, and is also printed. On a build machine (`CI`) a missing program is an error.
 */
export async function findOrInstall(
  what: string,
  packageName: string,
  find: () => string | null,
): Promise<{ path: string } | { missing: string }> {
  const here = find()
  if (here !== null) return { path: here }
  if (canInstall) {
    console.warn(`There is no ${what} here: installing Debian’s package ${packageName}…`)
    await installPackages(packageName)
    const installed = find()
    if (installed !== null) return { path: installed }
  }
  const missing = `there is no ${what} here${canInstall ? ', and it could not be installed' : ''}`
  if (process.env['CI'] !== undefined) throw new Error(`The tests need ${what}: ${missing}`)
  console.warn(`NOT RUN: tests with ${what}, since ${missing}`)
  return { missing }
}

/**
 * Returns the ids of an unprivileged user, for programs that refuse to run as root; null if this process is not root.
 */
export async function unprivileged(...users: readonly string[]): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null
  for (const user of [...users, 'nobody']) {
    const uid = await idOf('-u', user)
    const gid = await idOf('-g', user)
    if (uid !== null && gid !== null) return { uid, gid }
  }
  throw new Error('There is no user "nobody" on this machine')
}

function idOf(which: '-u' | '-g', user: string): Promise<number | null> {
  const child = spawn('id', [which, user], { stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  return new Promise((settle) => {
    child.once('error', () => settle(null))
    child.once('close', (code) => settle(code === 0 ? Number(out) : null))
  })
}
