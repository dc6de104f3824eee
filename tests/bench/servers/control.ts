/** What a server process of the bench and the bench say to each other, over Node's IPC channel. */
import { flushCompileCache } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

/** `collect`: collect garbage. `close`: close all sockets, put everything on the disk, and end. */
const askSchema = z.enum(['collect', 'close'])
export type Ask = z.infer<typeof askSchema>

export const answerSchema = z.union([z.object({ port: z.number() }), z.object({ done: askSchema })])
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
    say({ done: ask })
  }
}

function say(answer: Answer): void {
  process.send?.(answer)
}

async function collectGarbage(): Promise<void> {
  if (globalThis.gc === undefined) throw new Error('A server of the bench is started with --expose-gc')
  // What finalizers let go in the first collection is collected in the second.
  for (let round = 0; round < 3; round++) {
    globalThis.gc()
    await delay(20)
  }
}
