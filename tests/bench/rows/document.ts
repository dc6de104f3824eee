/** The shared document and the editor on it, without a browser: Galley's flat text beside y-tiptap's XML. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { EDITS, LETTERS, lossesOf } from '#tests/support/authors-and-positions.ts'
import { galleyField } from '#tests/support/headless-field.ts'
import { BINDINGS, onServerCore } from '../contenders.ts'
import { stockField } from '../document/stock-field.ts'
import type { Experiment, Metric } from './experiment.ts'

const SCRIPT = fileURLToPath(new URL('../document/run.ts', import.meta.url))

const METRICS: Record<string, Metric> = {
  keyLocal: lower('a key, for the writer, median', 'ms'),
  keyLocalP99: lower('a key, for the writer, p99', 'ms'),
  keyRemote: lower('a key, for a reader, median', 'ms'),
  keyRemoteP99: lower('a key, for a reader, p99', 'ms'),
  keyBytes: lower('a key', 'bytes'),
  enterLocal: lower('Enter, for the writer, median', 'ms'),
  enterRemote: lower('Enter, for a reader, median', 'ms'),
  enterBytes: lower('Enter', 'bytes'),
  boldLocal: lower('all of it bold, for the writer', 'ms'),
  boldRemote: lower('all of it bold, for a reader', 'ms'),
  boldBytes: lower('all of it bold', 'bytes'),
  pasteLocal: lower('paste 2,000 words, for the writer', 'ms'),
  pasteRemote: lower('paste 2,000 words, for a reader', 'ms'),
  pasteBytes: lower('paste 2,000 words', 'bytes'),
  listLocal: lower('all of it a list, for the writer', 'ms'),
  listRemote: lower('all of it a list, for a reader', 'ms'),
  listBytes: lower('all of it a list', 'bytes'),
  stored: lower('the story as it is stored', 'bytes'),
  load: lower('load', 'ms'),
  open: lower('load and open the editor', 'ms'),
  heap: lower('heap of the open document and its editor', 'bytes'),
}

const outcomeSchema = z.object({ figures: z.record(z.string(), z.number()), problems: z.string().array() })

export function documentExperiments(): Experiment[] {
  return [...[2000, 10_000].map(documentExperiment), authorsAndPositions()]
}

function documentExperiment(words: number): Experiment {
  return {
    name: `document: a body of ${words.toLocaleString('en')} words`,
    runs: 5,
    metrics: METRICS,
    contenders: BINDINGS,

    async measure({ name }, { quick }) {
      const work = quick ? { words, keys: 100, enters: 20, times: 1 } : { words, keys: 600, enters: 60, times: 3 }
      const node = [process.execPath, '--expose-gc', '--no-warnings', SCRIPT, name, JSON.stringify(work)]
      const [command = '', ...parameters] = onServerCore(node)
      const { stdout } = await promisify(execFile)(command, parameters)
      const { figures, problems } = outcomeSchema.parse(JSON.parse(stdout))
      return { values: figures, problems }
    },
  }
}

/** Nothing here varies: it counts letters and measures no time. */
function authorsAndPositions(): Experiment {
  const metrics = Object.keys(EDITS).flatMap((edit): [string, Metric][] => [
    [`${edit} letters`, lower(`${edit}: letters that change hands`, `of ${LETTERS}`)],
    [`${edit} positions`, lower(`${edit}: positions lost`, `of ${LETTERS}`)],
  ])
  return {
    name: "document: what a sub-editor's edits take from the author of two paragraphs",
    runs: 1,
    metrics: Object.fromEntries(metrics),
    contenders: BINDINGS,

    measure({ name }) {
      const open = name === 'galley' ? galleyField : stockField
      const values = Object.keys(EDITS).flatMap((edit): [string, number][] => {
        const { letters, positions } = lossesOf(open, edit)
        return [
          [`${edit} letters`, letters],
          [`${edit} positions`, positions],
        ]
      })
      return Promise.resolve({ values: Object.fromEntries(values), problems: [] })
    },
  }
}

function lower(metric: string, unit: string): Metric {
  return { metric, unit, better: 'lower' }
}
