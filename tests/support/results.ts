/** What a test tool's run came to, in one shape for all of them; written by a reporter, read by run.ts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

const resultsSchema = z.object({
  passed: z.number(),
  /** The names of what failed; a file that could not even be loaded is one. */
  failed: z.array(z.string()),
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
})
export type Results = z.infer<typeof resultsSchema>

/** Where each tool's reporter writes, relative to the repository's root. */
export const VITEST_RESULTS = 'test-results/vitest.json'
export const PLAYWRIGHT_RESULTS = 'test-results/playwright.json'

export const NO_REASON = 'no reason given'

export function writeResults(path: string, results: Results): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(results, null, 2))
}

/** Null when the tool ended before its reporter could write, or what is there is no such file. */
export async function readResults(path: string): Promise<Results | null> {
  try {
    return resultsSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** All of them together. */
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
