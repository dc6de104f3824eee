/**
 * `npm test`: lint, types, unit, integration and browser tests, the build, then the whole app in Chromium and on the
 * desktop. Shows the tools' own output. The last line is the total: `N passed, N failed, N skipped`. Lint, types and
 * the build count as one test each. Exits with 1 if anything failed.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { findOrInstallChromium } from './install-chromium.ts'
import { PLAYWRIGHT_RESULTS, readResults, type Results, sum, summaryLine, VITEST_RESULTS } from './results.ts'

const ROOT = resolve(import.meta.dirname, '../..')

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const passed: Results = { passed: 1, failed: [], skipped: [] }
const failed = (name: string): Results => ({ passed: 0, failed: [name], skipped: [] })

async function main(): Promise<Results> {
  await rm(resolve(ROOT, 'test-results'), { recursive: true, force: true })
  const results = [
    await step('types', 'typescript/bin/tsc', ['-b']),
    await step('lint', 'oxlint/bin/oxlint', []),
    await step('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  ]
  const chromium = await findOrInstallChromium(say)
  await installServers()
  const projects = ['unit', 'integration', ...(chromium === null ? [] : ['browser'])]
  results.push(
    await tests(
      'unit, integration and browser tests',
      'vitest/vitest.mjs',
      ['run', ...projects.map((name) => `--project=${name}`), '--reporter=default', `--reporter=${own('vitest')}`],
      VITEST_RESULTS,
    ),
  )
  const build = await step('build', 'electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'])
  results.push(build)
  if (build.failed.length > 0) {
    results.push(failed('tests of the whole app: not run, since it could not be built'))
  } else {
    const only = chromium === null ? ['--project=desktop'] : []
    results.push(
      await tests(
        'tests of the whole app',
        '@playwright/test/cli.js',
        ['test', '--pass-with-no-tests', ...only],
        PLAYWRIGHT_RESULTS,
      ),
    )
  }
  if (chromium === null) results.push(withoutChromium())
  return sum(results)
}

/**
 * Installs Redis and PostgreSQL if they are missing: here and not in the tests, which run in several processes at once.
 * If that fails, the tests that need them say so.
 */
async function installServers(): Promise<void> {
  for (const server of ['./postgres.ts', './redis.ts']) await import(server).catch(() => {})
}

const own = (tool: 'vitest'): string => `./tests/support/${tool}-reporter.ts`

/** Runs one of the installed tools, showing its output. Resolves to its exit code. */
async function run(name: string, script: string, args: readonly string[]): Promise<number> {
  say(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`)
  const started = performance.now()
  const child = spawn(process.execPath, [resolve(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await new Promise<number>((settle) => {
    child.once('error', () => settle(1))
    child.once('close', (status) => settle(status ?? 1))
  })
  const seconds = Math.round((performance.now() - started) / 1000)
  say(code === 0 ? `${name}: well, in ${seconds} s` : `${name}: FAILED with exit code ${code}, after ${seconds} s`)
  return code
}

/** Runs a tool that only passes or fails. */
async function step(name: string, script: string, args: readonly string[]): Promise<Results> {
  return (await run(name, script, args)) === 0 ? passed : failed(name)
}

/** Runs a tool that runs many tests and writes their results. */
async function tests(name: string, script: string, args: readonly string[], path: string): Promise<Results> {
  const code = await run(name, script, args)
  const results = await readResults(resolve(ROOT, path))
  if (results === null) return failed(`${name}: ended with exit code ${code} and without results`)
  // A tool can fail for other reasons than its tests.
  return code !== 0 && results.failed.length === 0
    ? sum([results, failed(`${name}: ended with exit code ${code}`)])
    : results
}

/** Returns the results without a browser: each file counts as skipped, on a build machine as failed. */
function withoutChromium(): Results {
  const files = globSync(['tests/unit/**/*.browser.test.{ts,tsx}', 'tests/e2e/**/*.spec.ts'], { cwd: ROOT })
  const reason = 'there is no Chromium here, and none could be installed'
  say(`\nNOT RUN, since ${reason}:\n${files.map((file) => `  ${file}`).join('\n')}`)
  return process.env['CI'] === undefined
    ? { passed: 0, failed: [], skipped: files.map((name) => ({ name, reason })) }
    : { passed: 0, failed: files.map((name) => `${name}: ${reason}`), skipped: [] }
}

const total = await main()
say('')
for (const { name, reason } of total.skipped) say(`skipped: ${name} (${reason})`)
for (const name of total.failed) say(`FAILED: ${name}`)
say(summaryLine(total))
process.exitCode = total.failed.length === 0 ? 0 : 1
