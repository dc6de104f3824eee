import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { CHROMIUM_ARGS, findChromium } from './tests/support/chromium.ts'
import { TEST_LIMIT_MS, WAIT_LIMIT_MS } from './tests/support/time-limits.ts'

const chromium = findChromium()

const LIMITS = {
  testTimeout: TEST_LIMIT_MS,
  hookTimeout: TEST_LIMIT_MS,
  expect: { poll: { timeout: WAIT_LIMIT_MS } },
}

/** Three kinds of test: in Node, in Node with real processes, and (`*.browser.test`) in a real Chromium. */
export default defineConfig({
  test: {
    // One for each processor; the default leaves one idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: ['tests/unit/**/*.browser.test.{ts,tsx}'],
          // The files of a worker share their modules: loading them again for each file took longer than the tests.
          isolate: false,
          ...LIMITS,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          ...LIMITS,
        },
      },
      {
        plugins: [react()],
        optimizeDeps: { entries: ['tests/unit/**/*.browser.test.{ts,tsx}'] },
        test: {
          name: 'browser',
          include: ['tests/unit/**/*.browser.test.{ts,tsx}'],
          ...LIMITS,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: CHROMIUM_ARGS, ...(chromium === null ? {} : { executablePath: chromium }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
