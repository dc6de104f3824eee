/** A newsroom with few and with many stories: what grows with their number. No peer does this work. */
import { GALLEY_ALONE } from '../contenders.ts'
import { measureNewsroom, type NewsroomFigures } from '../newsroom.ts'
import type { Experiment, Metric } from './experiment.ts'

const SIZES = [50, 500, 5000]

const FIGURES: Record<keyof NewsroomFigures, Pick<Metric, 'metric' | 'unit'>> = {
  eventUs: { metric: 'cost of an event in the page, without drawing', unit: 'µs' },
  eventBytes: { metric: 'size of an event on the wire', unit: 'bytes' },
  openMs: { metric: 'opening the queue: first page and counts', unit: 'ms' },
  searchMs: { metric: 'a search by words: first page', unit: 'ms' },
}

export function newsroomExperiments(): Experiment[] {
  const few = SIZES[0] ?? 0
  const many = SIZES.at(-1) ?? 0
  const metrics = Object.entries(FIGURES).flatMap(([key, { metric, unit }]): [string, Metric][] => [
    ...SIZES.map((size): [string, Metric] => [
      `${key} ${size}`,
      { metric: `${metric}, ${size.toLocaleString('en')} stories`, unit, better: 'lower' },
    ]),
    [
      `${key} ratio`,
      { metric: `${metric}, ${many.toLocaleString('en')} to ${few} stories`, unit: 'times', better: 'lower' },
    ],
  ])
  return [
    {
      name: 'newsroom: 50, 500 and 5,000 stories, up to 100 of them being written',
      runs: 3,
      metrics: Object.fromEntries(metrics),
      contenders: GALLEY_ALONE,
      async measure(_contender, { quick }) {
        const values: Record<string, number> = {}
        for (const size of SIZES) {
          const figures: Record<string, number> = { ...(await measureNewsroom(size, quick ? 20 : 200)) }
          for (const [key, value] of Object.entries(figures)) values[`${key} ${size}`] = value
        }
        for (const key of Object.keys(FIGURES)) {
          values[`${key} ratio`] = (values[`${key} ${many}`] ?? NaN) / (values[`${key} ${few}`] ?? NaN)
        }
        return { values, problems: [] }
      },
    },
  ]
}
