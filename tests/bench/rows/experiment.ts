/** The experiments behind the rows of the bench. */
import { type Contender, SERVERS, type ServerContender } from '../contenders.ts'

/** The effort of a run. */
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
  /** By metric. Metrics that do not apply to a contender are missing. */
  values: Partial<Record<Key, number>>
  /** What went wrong. It fails the bench. */
  problems: string[]
  /** What is odd, but not a failure. */
  notes?: string[]
}

/** One kind of work, done with every contender. Each metric makes a row. */
export interface Experiment<Who extends Contender = Contender> {
  name: string
  /** The largest number of runs. Slow work, and work that hardly varies, is run less often. */
  runs: number
  metrics: Record<string, Metric>
  contenders: readonly Who[]
  measure(contender: Who, effort: Effort): Promise<Outcome>
}

/** All servers except the floor, which has no state to send. */
export const WITH_STATE: readonly ServerContender[] = SERVERS.filter(({ keepsState }) => keepsState)

export const RUNS = 5
export const MEGABYTE = 1024 * 1024
