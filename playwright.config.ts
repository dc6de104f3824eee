import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from './tests/support/chromium.ts'
import { WAIT_LIMIT_MS } from './tests/support/time-limits.ts'

const chromium = findChromium()

/** Two kinds of whole-app test, both on the build in out/: in Chromium, and in the desktop app where Electron can run. */
export default defineConfig({
  outputDir: 'test-results/files',
  reporter: [['list'], ['./tests/support/playwright-reporter.ts']],
  forbidOnly: process.env['CI'] !== undefined,
  // Two cores are enough for two newsrooms; each test starts its own.
  workers: 2,
  // Only a net for a test that would hang: a busy machine may take its time.
  timeout: 300_000,
  expect: { timeout: WAIT_LIMIT_MS },
  projects: [
    {
      name: 'e2e',
      testDir: 'tests/e2e',
      use: {
        browserName: 'chromium',
        viewport: { width: 1440, height: 900 },
        // Without pictures of each step: taking them doubles the time of a test.
        trace: { mode: 'retain-on-failure', screenshots: false },
        launchOptions: { args: CHROMIUM_ARGS, ...(chromium === null ? {} : { executablePath: chromium }) },
      },
    },
    { name: 'desktop', testDir: 'tests/desktop' },
  ],
})
