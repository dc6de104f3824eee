import { relative } from 'node:path'
import type { FullConfig, Reporter, Suite, TestError } from '@playwright/test/reporter'
import { NO_REASON, PLAYWRIGHT_RESULTS, type Results, writeResults } from './results.ts'

/** Writes Playwright's results for run.ts. Errors outside of any test count as failures. */
export default class ResultsReporter implements Reporter {
  #suite: Suite | null = null
  readonly #errors: string[] = []

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite
  }

  onError(error: TestError): void {
    this.#errors.push(`outside of any test: ${error.message ?? 'an error'}`)
  }

  onEnd(): void {
    const results: Results = { passed: 0, failed: [...this.#errors], skipped: [] }
    for (const test of this.#suite?.allTests() ?? []) {
      const titles = test.titlePath().slice(3)
      const name = [relative(process.cwd(), test.location.file), ...titles].join(' > ')
      switch (test.outcome()) {
        case 'expected':
          results.passed += 1
          break
        case 'unexpected':
        case 'flaky':
          results.failed.push(name)
          break
        case 'skipped': {
          const annotations = [...test.annotations, ...test.results.flatMap((result) => result.annotations)]
          const reason = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description
          results.skipped.push({ name, reason: reason ?? NO_REASON })
        }
      }
    }
    writeResults(PLAYWRIGHT_RESULTS, results)
  }
}
