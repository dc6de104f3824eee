/** The page as a person has it: from a key to the frame that shows it, in Chromium, alone and among others who type. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { onAllCores, PAGES } from '../contenders.ts'
import type { Experiment, Metric } from './experiment.ts'

const SCRIPT = fileURLToPath(new URL('../page/run.ts', import.meta.url))
const BUILT = fileURLToPath(new URL('../../../out/renderer/index.html', import.meta.url))

const KINDS = {
  worked: 'what the page does for a key, without the wait for a frame',
  handled: 'from a key to the end of its events',
  painted: 'from a key to the frame that shows it',
}
const PARTS = ['p50', 'p95', 'p99', 'max']

const outcomeSchema = z.object({ figures: z.record(z.string(), z.number()), problems: z.string().array() })

export function pageExperiments(quick: boolean): Experiment[] {
  if (quick) return [pageExperiment(2000, 20)]
  return [2000, 10_000].flatMap((words) => [0, 20].map((others) => pageExperiment(words, others)))
}

function pageExperiment(words: number, others: number): Experiment {
  const metrics = Object.entries(KINDS).flatMap(([kind, metric]) =>
    PARTS.map((part): [string, Metric] => [`${kind} ${part}`, lower(`${metric}, ${part}`)]),
  )
  const company = others === 0 ? 'alone' : `among ${others} others who type`
  return {
    name: `page: a key in a body of ${words.toLocaleString('en')} words, ${company}`,
    runs: 3,
    metrics: Object.fromEntries([...metrics, ['inp', lower('Interaction to Next Paint, in steps of 8 ms')]]),
    // The floor has no others.
    contenders: others === 0 ? PAGES : PAGES.filter(({ name }) => name === 'galley'),

    async measure({ name }, { quick }) {
      if (!existsSync(BUILT)) throw new Error('The app is not built: npm run build')
      const plan = { page: name, words, others, ...(quick ? { keys: 24, warmKeys: 8 } : { keys: 240, warmKeys: 40 }) }
      const [command = '', ...parameters] = onAllCores([
        process.execPath,
        '--no-warnings',
        SCRIPT,
        JSON.stringify(plan),
      ])
      const { stdout } = await promisify(execFile)(command, parameters)
      const { figures, problems } = outcomeSchema.parse(JSON.parse(stdout))
      return { values: figures, problems }
    },
  }
}

function lower(metric: string): Metric {
  return { metric, unit: 'ms', better: 'lower' }
}
