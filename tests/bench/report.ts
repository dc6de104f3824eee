/** The bench's figures as rows, and the rows as tables. */
import { z } from 'zod'
import { type Contender, FLOORS } from './contenders.ts'
import { median } from './measure.ts'
import type { Experiment } from './rows/experiment.ts'

export const rowSchema = z.object({
  name: z.string(),
  metric: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  /** Medians of the runs. */
  galley: z.number().nullable(),
  peers: z.record(z.string(), z.number()),
  /** How many times better Galley is than each peer; below 1 it is worse. Null where one of the two is not above zero. */
  ratios: z.record(z.string(), z.number().nullable()),
  /** The lowest and the highest value of all runs, by contender. */
  ranges: z.record(z.string(), z.tuple([z.number(), z.number()])),
  runs: z.number(),
})
export type Row = z.infer<typeof rowSchema>

/** The values of one experiment by contender and metric, one for each run. */
export type Values = Map<Contender, Map<string, number[]>>

export function rowsOf({ name, metrics }: Experiment, values: Values): Row[] {
  return Object.entries(metrics).map(([key, metric]) => {
    const row: Row = { name, ...metric, galley: null, peers: {}, ratios: {}, ranges: {}, runs: 0 }
    for (const [contender, byMetric] of values) {
      const runs = byMetric.get(key) ?? []
      if (runs.length === 0) continue
      const value = round(median(runs))
      if (contender.name === 'galley') row.galley = value
      else row.peers[contender.name] = value
      row.ranges[contender.name] = [round(Math.min(...runs)), round(Math.max(...runs))]
      row.runs = Math.max(row.runs, runs.length)
    }
    for (const [peer, value] of Object.entries(row.peers)) row.ratios[peer] = ratio(row, value)
    return row
  })
}

function ratio({ galley, better }: Row, peer: number): number | null {
  if (galley === null || galley <= 0 || peer <= 0) return null
  return round(better === 'higher' ? galley / peer : peer / galley)
}

/** Returns the peers that do the same work better. A floor does not do it. */
export function losesTo({ galley, better, peers }: Row): string[] {
  if (galley === null) return []
  return Object.entries(peers)
    .filter(([peer, value]) => !FLOORS.includes(peer) && (better === 'higher' ? value > galley : value < galley))
    .map(([peer]) => peer)
}

/** Returns the rows as Markdown, one table for each experiment. Rows that Galley loses are marked. */
export function markdownTables(rows: readonly Row[], contenders: readonly Contender[]): string {
  const byName = Map.groupBy(rows, ({ name }) => name)
  return [...byName].map(([name, ofName]) => `### ${name}\n\n${markdownTable(ofName, contenders)}`).join('\n\n')
}

function markdownTable(rows: readonly Row[], contenders: readonly Contender[]): string {
  const shown = contenders.filter(({ name }) => rows.some((row) => name in row.ranges))
  const lines = rows.map((row) => [
    `${row.metric}, ${row.unit}`,
    ...shown.map(({ name }) => cell(row, name)),
    losesTo(row).join(', '),
  ])
  const head = ['', ...shown.map(({ title }) => title), 'Galley loses to']
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cell(row: Row, name: Contender['name']): string {
  const value = name === 'galley' ? row.galley : (row.peers[name] ?? null)
  const [least, most] = row.ranges[name] ?? [NaN, NaN]
  if (value === null) return '–'
  return `${figure(value)}${row.runs > 1 ? ` (${figure(least)}–${figure(most)})` : ''}${timesBetter(row, name)}`
}

function timesBetter({ ratios }: Row, peer: string): string {
  const times = ratios[peer] ?? null
  return times === null ? '' : `, ${figure(times)}×`
}

function figure(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 })
}

/** Rounds to four digits, which is more than two runs agree on. */
function round(value: number): number {
  return Number(value.toPrecision(4))
}
