/** What a server process of the bench and the bench say to each other, over Node's IPC channel. */
import { flushCompileCache } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

/** `collect`: collect garbage, and say what is left. `close`: close all sockets, put everything on the disk, and end. */
const askSchema = z.enum(['collect', 'close'])
export type Ask = z.infer<typeof askSchema>

export const answerSchema = z.union([
  z.object({ port: z.number() }),
  /** `live`: bytes that objects and buffers of the main thread hold. */
  z.object({ done: askSchema, live: z.number() }),
])
export type Answer = z.infer<typeof answerSchema>

/** Says that the server listens, and does from then on as it is asked. */
export function obey(port: number, close: () => Promise<void>): void {
  process.on('message', (message) => void answer(askSchema.parse(message)))
  process.on('disconnect', () => process.exit())
  // A server that is killed would not keep what was compiled of it, and the next one starts no sooner.
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
  // What finalizers let go in the first collection is collected in the second.
  for (let round = 0; round < 3; round++) {
    // This flavour also gives back to the system what the heap has grown to and no longer needs.
    await globalThis.gc({ type: 'major', execution: 'async', flavor: 'last-resort' })
    await delay(20)
  }
}
