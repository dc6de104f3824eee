import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Bus } from './bus.ts'
import { InProcessHub } from './in-process-bus.ts'
import { openRedisBus } from './redis-bus.ts'

/** Opens the bus of the newsroom: over Redis where there is one, else a bus of this server alone. */
export function openBus({ redisUrl }: Pick<Config, 'redisUrl'>, newsroomId: string, log: Logger): Bus {
  if (redisUrl === null) return new InProcessHub().join()
  return openRedisBus({ url: redisUrl, prefix: `galley:${newsroomId}`, log })
}
