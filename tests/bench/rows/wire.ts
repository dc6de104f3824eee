/** The wire desk: how fast it sends, and how soon a kill arrives everywhere. No peer does this work. */
import { FEEDS, FORMATS } from '#shared/wire/formats/index.ts'
import { GALLEY_ALONE } from '../contenders.ts'
import { measureDeliveries } from '../wire-deliveries.ts'
import { measurePublicPages } from '../public-pages.ts'
import { measureFormats } from '../wire-formats.ts'
import type { Experiment, Metric } from './experiment.ts'

export function wireExperiments(quick: boolean): Experiment[] {
  return [deliveriesExperiment(quick), formatsExperiment(), publicExperiment(quick)]
}

function publicExperiment(quick: boolean): Experiment {
  return {
    name: 'wire: the public site, rendered already',
    runs: 3,
    metrics: {
      pages: { metric: 'front pages, on one core', unit: '1/s', better: 'higher' },
      unchanged: { metric: 'unchanged feeds (304), on one core', unit: '1/s', better: 'higher' },
    },
    contenders: GALLEY_ALONE,
    measure: async () => ({ values: { ...(await measurePublicPages(quick ? 2000 : 20_000)) }, problems: [] }),
  }
}

function deliveriesExperiment(quick: boolean): Experiment {
  const work = quick
    ? { destinations: 10, waiting: 200, slowMs: 20 }
    : { destinations: 50, waiting: 10_000, slowMs: 20 }
  const count = work.waiting.toLocaleString('en')
  return {
    name: `wire: ${work.destinations} destinations, ${count} deliveries waiting`,
    runs: 3,
    metrics: {
      perSecond: { metric: 'deliveries', unit: '1/s', better: 'higher' },
      lastReceiptMs: {
        metric: `from the press on Kill to the last receipt, each delivery before it taking ${work.slowMs} ms`,
        unit: 'ms',
        better: 'lower',
      },
    },
    contenders: GALLEY_ALONE,
    measure: async () => ({ values: { ...(await measureDeliveries(work)) }, problems: [] }),
  }
}

function formatsExperiment(): Experiment {
  const metrics = [...FORMATS, ...FEEDS].flatMap(({ name, label }): [string, Metric][] => [
    [name, { metric: `${label}, written`, unit: '1/s', better: 'higher' }],
    [`${name} checked`, { metric: `${label}, checked`, unit: '1/s', better: 'higher' }],
  ])
  return {
    name: 'wire: a story of 1,000 words with three pictures',
    runs: 3,
    metrics: Object.fromEntries(metrics),
    contenders: GALLEY_ALONE,

    async measure(_contender, { quick }) {
      const figures = await measureFormats(quick ? 50 : 1000)
      const values = figures.flatMap(({ format, written, checked }): [string, number][] => [
        [format, written],
        [`${format} checked`, checked],
      ])
      return { values: Object.fromEntries(values), problems: [] }
    },
  }
}
