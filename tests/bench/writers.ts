/** People who type, as streams of updates prepared in advance. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { seedStory } from '#shared/article/seed.ts'
import { fieldText } from '#shared/article/document.ts'
import { createSeparator, PLAIN } from '#shared/article/flat-text.ts'
import { encodeUpdateFrame, MESSAGE_AWARENESS } from '#shared/protocol/frames.ts'
import { randomNumbers } from './random.ts'

const BASE_CLIENT = 4_000_000_007
const LETTERS = 'etaoin shrdlu '

/** Returns the Yjs client of a story's nth writer, as large as random ones are. */
export function writerClient(index: number): number {
  return 1_000_000_009 + index * 1_048_583
}

export interface Beginning {
  /** A story with a paragraph for each writer. */
  update: Uint8Array
  /** The id of each paragraph's last character. */
  ends: { client: number; clock: number }[]
}

/** Returns a story as it is before the typing. */
export function beginning(writers: number): Beginning {
  const doc = new Y.Doc()
  doc.clientID = BASE_CLIENT
  seedStory(doc)
  const ends = Array.from({ length: writers }, (_, index) => {
    const body = fieldText(doc, 'body')
    body.insertEmbed(body.length, createSeparator(PLAIN))
    body.insert(body.length, `Paragraph ${index}. `)
    return { client: BASE_CLIENT, clock: Y.getState(doc.store, BASE_CLIENT) - 1 }
  })
  return { update: Y.encodeStateAsUpdate(doc), ends }
}

/** Returns updates that each type one text after the one before, the first after `end`. */
export function typedUpdates(client: number, end: Beginning['ends'][number], texts: readonly string[]): Uint8Array[] {
  let origin = end
  let clock = 0
  return texts.map((text) => {
    const update = encoding.encode((encoder) => {
      for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number)
      // A string that was typed after something.
      encoding.writeUint8(encoder, 0b1000_0100)
      for (const number of [origin.client, origin.clock]) encoding.writeVarUint(encoder, number)
      encoding.writeVarString(encoder, text)
      encoding.writeVarUint(encoder, 0)
    })
    clock += text.length
    origin = { client, clock: clock - 1 }
    return update
  })
}

/** Returns this many single letters. */
export function letters(count: number, seed: number): string[] {
  const random = randomNumbers(seed)
  return Array.from({ length: count }, () => LETTERS.charAt(Math.floor(random() * LETTERS.length)))
}

export function updateMessages(updates: readonly Uint8Array[]): Uint8Array[] {
  return updates.map(encodeUpdateFrame)
}

/** Returns a writer's presence after a stroke, as large as those of y-prosemirror and Galley. */
export function presenceMessages(client: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, stroke) => {
    const position = { type: null, tname: 'text:body', item: { client, clock: stroke }, assoc: 0 }
    const user = { name: `Writer ${client}`, color: '#8a5a00' }
    const state = JSON.stringify({ user, field: 'body', cursor: { anchor: position, head: position } })
    const body = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, stroke + 1)
      encoding.writeVarString(encoder, state)
    })
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE_AWARENESS)
      encoding.writeVarUint8Array(encoder, body)
    })
  })
}
