/** What the rows of the bench are made of. */
import { type Contender, SERVERS, type ServerContender } from '../contenders.ts'

/** How much trouble is taken. */
export interface Effort {
  quick: boolean
  /** A folder for the servers' data. */
  folder: string
}

export interface Metric {
  metric: string
  unit: string
  better: 'higher' | 'lower'
}

export interface Outcome<Key extends string = string> {
  /** A contender to which a metric does not apply has no value of it. */
  values: Partial<Record<Key, number>>
  /** What was not as it must be: it fails the bench. */
  problems: string[]
  /** What is odd, but no failure. */
  notes?: string[]
}

/** One thing that is done with every contender, and what is measured of it: a row for each metric. */
export interface Experiment<Who extends Contender = Contender> {
  name: string
  /** At most so many runs; what takes long, or hardly varies, is not run as often as the rest. */
  runs: number
  metrics: Record<string, Metric>
  contenders: readonly Who[]
  measure(contender: Who, effort: Effort): Promise<Outcome>
}

/** All but the floor, which has no state to give. */
export const WITH_STATE: readonly ServerContender[] = SERVERS.filter(({ keepsState }) => keepsState)

export const RUNS = 5
export const MEGABYTE = 1024 * 1024
