/** Finds the Chromium for the tests: Playwright's own if it was downloaded, otherwise the system's. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Returns the path of a Chromium binary, or null if there is none. `GALLEY_CHROMIUM` overrides the search. */
export function findChromium(): string | null {
  const named = process.env['GALLEY_CHROMIUM']
  if (named !== undefined && named !== '') return named
  const own = chromium.executablePath()
  if (existsSync(own)) return own
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  for (const folder of folders) {
    for (const name of NAMES) {
      const path = join(folder, name)
      if (existsSync(path)) return path
    }
  }
  return null
}

/**
 * Chromium's arguments: root cannot use its sandbox; the others stop it from contacting its own servers at each start.
 */
export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
