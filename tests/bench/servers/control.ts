/** The messages between the bench and its server processes, over Node's IPC channel. */
import { flushCompileCache } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

/** `collect`: collect garbage and report what is left. `close`: close all sockets, write everything to the disk, and exit. */
const askSchema = z.enum(['collect', 'close'])
export type Ask = z.infer<typeof askSchema>

export const answerSchema = z.union([
  z.object({ port: z.number() }),
  /** `live`: bytes in objects and buffers of the main thread. */
  z.object({ done: askSchema, live: z.number() }),
])
export type Answer = z.infer<typeof answerSchema>

/** Reports that the server listens, and serves requests from then on. */
export function obey(port: number, close: () => Promise<void>): void {
  process.on('message', (message) => void answer(askSchema.parse(message)))
  process.on('disconnect', () => process.exit())
  // A killed server would not write its compile cache, and the next one would start no sooner.
  flushCompileCache()
  say({ port })

  async function answer(ask: Ask): Promise<void> {
    if (ask === 'collect') await collectGarbage()
    else await close()
    const { heapUsed, external } = process.memoryUsage()
    say({ done: ask, live: heapUsed + external })
  }
}

function say(answer: Answer): void {
  process.send?.(answer)
}

async function collectGarbage(): Promise<void> {
  if (globalThis.gc === undefined) throw new Error('A server of the bench is started with --expose-gc')
  // What finalizers release in the first collection is collected in the second.
  for (let round = 0; round < 3; round++) {
    // This flavour also returns unused heap to the system.
    await globalThis.gc({ type: 'major', execution: 'async', flavor: 'last-resort' })
    await delay(20)
  }
}
