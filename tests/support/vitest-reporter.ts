import { relative } from 'node:path'
import type { Reporter } from 'vitest/node'
import { NO_REASON, type Results, VITEST_RESULTS, writeResults } from './results.ts'

/** Writes Vitest's results for run.ts. Errors outside of any test count as failures. */
export default class ResultsReporter implements Reporter {
  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandledErrors) => {
    const results: Results = { passed: 0, failed: [], skipped: [] }
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId)
      if (module.errors().length > 0) results.failed.push(file)
      for (const test of module.children.allTests()) {
        const result = test.result()
        const name = `${file} > ${test.fullName}`
        if (result.state === 'passed') results.passed += 1
        else if (result.state === 'skipped') results.skipped.push({ name, reason: result.note ?? NO_REASON })
        else results.failed.push(name)
      }
    }
    for (const error of unhandledErrors) results.failed.push(`outside of any test: ${error.message}`)
    writeResults(VITEST_RESULTS, results)
  }
}
