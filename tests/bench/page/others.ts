/** The others in a story: they write into paragraphs of their own over sockets of their own, and hold no document. */
import { setTimeout as delay } from 'node:timers/promises'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { encodeUpdateFrame, GALLEY_PROTOCOL, MESSAGE_AWARENESS } from '#shared/protocol/frames.ts'
import type { App } from '#tests/integration/newsroom/app.ts'
import { randomNumbers } from '../random.ts'
import { letters, typedUpdates, writerClient } from '../writers.ts'

export interface OthersPlan {
  storyId: string
  /** The paragraphs that they write on, by the id of the last character: one for each of them. */
  ends: readonly { client: number; clock: number }[]
  /** Of each of them, each second. */
  strokes: number
  seconds: number
}

/** Resolves once all are in the story and have begun. `stop` resolves once they have gone. */
export async function othersType(address: string, app: App, plan: OthersPlan): Promise<{ stop: () => Promise<void> }> {
  const random = randomNumbers(11)
  const count = Math.ceil(plan.seconds * plan.strokes)
  const stopping = new AbortController()
  const others = await Promise.all(
    plan.ends.map(async (end, index) => ({
      socket: await join(address, plan.storyId, await app.ticket(plan.storyId)),
      client: writerClient(index),
      updates: typedUpdates(writerClient(index), end, letters(count, index)),
      due: Array.from({ length: count }, (_, stroke) => ((stroke + 0.8 * random()) * 1000) / plan.strokes),
      person: { id: `other-${index}`, name: `Writer ${index}`, color: '#8a5a00' },
    })),
  )
  const strokes = others
    .flatMap(({ due, ...other }) => due.map((at, stroke) => ({ ...other, at, stroke })))
    .sort((a, b) => a.at - b.at)
  const began = performance.now()
  const typing = (async () => {
    for (const { socket, client, updates, person, at, stroke } of strokes) {
      const wait = began + at - performance.now()
      if (wait > 0) await delay(wait, undefined, { signal: stopping.signal }).catch(() => {})
      const update = updates[stroke]
      if (stopping.signal.aborted || update === undefined) return
      socket.send(encodeUpdateFrame(update))
      socket.send(presenceFrame(client, stroke, person))
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await typing
      for (const { socket } of others) socket.terminate()
    },
  }
}

async function join(address: string, storyId: string, ticket: string): Promise<WebSocket> {
  const parameters = new URLSearchParams({ ticket, galley: String(GALLEY_PROTOCOL) })
  const socket = new WebSocket(`${address.replace('http', 'ws')}/relay/${storyId}?${parameters.toString()}`)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

/** The caret behind the stroke. */
function presenceFrame(client: number, stroke: number, user: { id: string; name: string; color: string }): Uint8Array {
  const place = { item: { client, clock: stroke }, assoc: 0 }
  const state = JSON.stringify({ user, field: 'body', cursor: { field: 'body', anchor: place, head: place } })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_AWARENESS)
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((body) => {
        for (const number of [1, client, stroke + 1]) encoding.writeVarUint(body, number)
        encoding.writeVarString(body, state)
      }),
    )
  })
}
