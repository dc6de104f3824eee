/** `npm run bench`: Galley's relay compared to its peers. See `--help`, and docs/bench/README.md for what is measured and how. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, platform, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { format } from 'prettier'
import { CONTENDERS, pinGenerator, SERVERS, type Contender } from './contenders.ts'
import { losesTo, markdownTables, rowSchema, rowsOf, type Row, type Values } from './report.ts'
import { RUNS, type Effort, type Experiment, type Outcome } from './rows/experiment.ts'
import { experiments } from './rows/index.ts'
import { warmUpGenerator } from './rows/typing.ts'

const HELP = `npm run bench -- [options]

Runs Galley's relay, Hocuspocus, @y/websocket-server and a bare broadcast one after the other through the same work,
each in its own process, and prints the medians; then the document beside y-tiptap, the page in Chromium, and the wire
desk. Fails when one of them does not deliver everything, or does not have what was typed at the end. No figure makes it
fail. Linux only.

  --quick          one short run of everything except slow readers, in about three minutes
  --runs N         runs of each row (${RUNS}; some rows have fewer)
  --only TEXT      only rows whose name contains TEXT; can be given more than once
  --with NAMES     only these contenders, separated by commas: ${CONTENDERS.map(({ name }) => name).join(',')}
  --json FILE      write the rows as JSON
  --markdown FILE  write the tables as Markdown
  --add FILE       rows of an earlier run (its --json) to put before this run's; can be given more than once
  --list           only list the rows
  --help           this
`

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    runs: { type: 'string', default: String(RUNS) },
    only: { type: 'string', multiple: true, default: [] },
    with: { type: 'string', default: CONTENDERS.map(({ name }) => name).join(',') },
    json: { type: 'string' },
    markdown: { type: 'string' },
    add: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  console.log(HELP)
} else if (platform() !== 'linux') {
  console.error('The bench reads CPU, memory and disk figures from /proc: it needs Linux.')
  process.exitCode = 1
} else {
  await main()
}

async function main(): Promise<void> {
  const { quick } = options
  const wanted = experiments(quick).filter(
    ({ name }) => options.only.length === 0 || options.only.some((text) => name.includes(text)),
  )
  const contenders = CONTENDERS.filter(({ name }) => options.with.split(',').includes(name))
  if (options.list) {
    for (const { name } of wanted) console.log(name)
    return
  }
  const began = performance.now()
  const preface = describe(quick)
  console.log(preface)

  const effort: Effort = { quick, folder: await mkdtemp(join(tmpdir(), 'galley-bench-')) }
  const problems: string[] = []
  const notes: string[] = []
  const rows: Row[] = []
  for (const file of options.add) rows.push(...rowSchema.array().parse(JSON.parse(await readFile(file, 'utf8'))))
  try {
    const measured = await measureAll(wanted, contenders, effort, problems, notes)
    for (const [experiment, values] of measured) rows.push(...rowsOf(experiment, values))
  } finally {
    await rm(effort.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  const tables = [markdownTables(rows, contenders), ...section('Odd', notes), ...section('Wrong', problems)].join(
    '\n\n',
  )
  console.log(`\n${tables}`)
  const lost = rows.filter((row) => losesTo(row).length > 0).length
  console.log(
    `\n${rows.length} rows, ${lost} of which Galley loses, in ${Math.round((performance.now() - began) / 1000)} s.`,
  )
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`)
  if (options.markdown !== undefined) {
    const text = `# Galley's relay and its peers\n\n${preface}\n\n${tables}`
    await writeFile(options.markdown, await format(text, { parser: 'markdown' }))
  }
  if (problems.length > 0) process.exitCode = 1
}

/** Makes all runs of all experiments. The contenders take turns within a run, so that a disturbance affects all of them. */
async function measureAll(
  wanted: readonly Experiment[],
  contenders: readonly Contender[],
  effort: Effort,
  problems: string[],
  notes: string[],
): Promise<Map<Experiment, Values>> {
  const measured = new Map<Experiment, Values>(wanted.map((experiment) => [experiment, new Map()]))
  await warmUpGenerator(effort)
  const runs = effort.quick ? 1 : Number(options.runs)
  for (let run = 0; run < runs; run++) {
    for (const [experiment, values] of measured) {
      if (run >= experiment.runs) continue
      const takePart = experiment.contenders.filter(({ name }) => contenders.some((each) => each.name === name))
      const turn = run % Math.max(1, takePart.length)
      for (const contender of [...takePart.slice(turn), ...takePart.slice(0, turn)]) {
        const began = performance.now()
        const where = `${contender.name}: ${experiment.name}`
        const outcome = await experiment.measure(contender, effort).catch((error: unknown): Outcome => {
          return { values: {}, problems: [error instanceof Error ? error.message : String(error)] }
        })
        problems.push(...outcome.problems.map((problem) => `${where}: ${problem}`))
        notes.push(...(outcome.notes ?? []).map((note) => `${where}: ${note}`))
        const byMetric = values.get(contender) ?? new Map<string, number[]>()
        values.set(contender, byMetric)
        const shown: string[] = []
        for (const [key, value] of Object.entries(outcome.values)) {
          if (value === undefined) continue
          byMetric.set(key, [...(byMetric.get(key) ?? []), value])
          shown.push(`${key} ${Number(value.toPrecision(3))}`)
        }
        const verdict = outcome.problems.length > 0 ? ' WRONG' : ''
        const seconds = ((performance.now() - began) / 1000).toFixed(1)
        console.error(`run ${run + 1}, ${where}: ${shown.join(', ')}${verdict} [${seconds} s]`)
      }
    }
  }
  return measured
}

function describe(quick: boolean): string {
  const [processor] = cpus()
  return [
    `Node ${process.version}, ${platform()} ${release()}, ${cpus().length} × ${processor?.model ?? 'unknown processor'}, ` +
      `load average ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')} at the start.`,
    pinGenerator(),
    `Runs are ${quick ? 'single and short (--quick): take them as a sketch.' : 'interleaved: the contenders take turns.'}`,
    'Figures are medians, with the lowest and the highest of all runs in parentheses, and how many times better Galley is.',
    '',
    'What each keeps:',
    ...SERVERS.map(({ title, persists }) => `- ${title}: ${persists}.`),
  ].join('\n')
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.map((line) => `- ${line}`).join('\n')]
}
