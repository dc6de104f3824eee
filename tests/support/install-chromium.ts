/** Installs Chromium for the tests if the machine has none. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { findChromium } from './chromium.ts'

const DOWNLOAD_LIMIT_MS = 180_000
const PLAYWRIGHT = resolve(import.meta.dirname, '../../node_modules/playwright/cli.js')

/**
 * Returns the path of a Chromium: an existing one, else Playwright's own or, for root on Debian, the distribution's;
 * else null.
 */
export async function findOrInstallChromium(say: (line: string) => void): Promise<string | null> {
  const here = findChromium()
  if (here !== null) return here
  const ways: [words: string, install: () => Promise<boolean>][] = [
    [
      'Playwright’s own build',
      () => succeeds(process.execPath, [PLAYWRIGHT, 'install', 'chromium'], DOWNLOAD_LIMIT_MS),
    ],
  ]
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    ways.unshift([
      'Debian’s package',
      async () =>
        (await succeeds('apt-get', ['update'], DOWNLOAD_LIMIT_MS)) &&
        (await succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], DOWNLOAD_LIMIT_MS)),
    ])
  }
  for (const [words, install] of ways) {
    say(`There is no Chromium here: installing ${words}…`)
    if (await install()) {
      const found = findChromium()
      if (found !== null) return found
    }
    say(`${words} could not be installed.`)
  }
  return null
}

/** Runs a program, showing its output. Returns whether it succeeded within the time limit. */
function succeeds(program: string, args: readonly string[], limitMs: number): Promise<boolean> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: limitMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return new Promise((settle) => {
    child.once('error', () => settle(false))
    child.once('close', (code) => settle(code === 0))
  })
}
