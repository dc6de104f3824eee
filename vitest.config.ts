import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { CHROMIUM_ARGS, findChromium } from './tests/support/chromium.ts'

const chromium = findChromium()

/** In milliseconds: a net for a test that hangs, never a measure of speed. A busy machine takes many times a quiet one's. */
const TIME_LIMIT = 120_000

/** Three kinds of test: in Node, in Node with real processes, and (`*.browser.test`) in a real Chromium. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: ['tests/unit/**/*.browser.test.{ts,tsx}'],
          testTimeout: TIME_LIMIT,
          hookTimeout: TIME_LIMIT,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: TIME_LIMIT,
          hookTimeout: TIME_LIMIT,
        },
      },
      {
        plugins: [react()],
        optimizeDeps: { entries: ['tests/unit/**/*.browser.test.{ts,tsx}'] },
        test: {
          name: 'browser',
          include: ['tests/unit/**/*.browser.test.{ts,tsx}'],
          testTimeout: TIME_LIMIT,
          hookTimeout: TIME_LIMIT,
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
