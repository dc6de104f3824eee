/** The results of a test tool's run, in one form for all tools. Written by a reporter, read by run.ts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

const resultsSchema = z.object({
  passed: z.number(),
  /** The names of failed tests. A file that failed to load counts as one. */
  failed: z.array(z.string()),
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
})
export type Results = z.infer<typeof resultsSchema>

/** The paths of the tools' result files, relative to the root of the repository. */
export const VITEST_RESULTS = 'test-results/vitest.json'
export const PLAYWRIGHT_RESULTS = 'test-results/playwright.json'

export const NO_REASON = 'no reason given'

export function writeResults(path: string, results: Results): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(results, null, 2))
}

/** Returns a tool's results; null if it ended before writing them, or the file is invalid. */
export async function readResults(path: string): Promise<Results | null> {
  try {
    return resultsSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** Returns the sum of all results. */
export function sum(all: readonly Results[]): Results {
  return {
    passed: all.reduce((total, each) => total + each.passed, 0),
    failed: all.flatMap((each) => each.failed),
    skipped: all.flatMap((each) => each.skipped),
  }
}

/** `12 passed, 0 failed, 1 skipped` */
export function summaryLine({ passed, failed, skipped }: Results): string {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`
}
