import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { encodeRights, MESSAGE_RIGHTS, readRights } from '#shared/protocol/frames.ts'
import { isKnownRoot, partOfRoot } from '#shared/story/parts.ts'
import { mayWriteField, type Role, ROLES, type Stage, STORY_PARTS, type WriteRights } from '#shared/story/workflow.ts'

/** Returns the body of a rights message, after its type. */
function body(frame: Uint8Array): decoding.Decoder {
  const decoder = decoding.createDecoder(frame)
  expect(decoding.readVarUint(decoder)).toBe(MESSAGE_RIGHTS)
  return decoder
}

test.each<WriteRights>([true, false, ['caption', 'credit'], []])(
  'R29: rights arrive as they were sent: %j',
  (rights) => {
    expect(readRights(body(encodeRights(rights)))).toEqual(rights)
  },
)

test('makes a client that reads only one number read-only [R29]', () => {
  expect(decoding.readVarUint(body(encodeRights(['caption'])))).toBe(0)
})

test('leaves out parts that this client does not know [R29]', () => {
  const encoder = encoding.createEncoder()
  for (const number of [0, 2]) encoding.writeVarUint(encoder, number)
  for (const part of ['horoscope', 'credit']) encoding.writeVarString(encoder, part)
  expect(readRights(decoding.createDecoder(encoding.toUint8Array(encoder)))).toEqual(['credit'])
})

const parts = (stage: Stage, role: Role) => STORY_PARTS.filter((part) => mayWriteField(stage, role, part))

test('says who may write which part at which stage', () => {
  for (const role of ROLES) {
    expect(parts('draft', role)).toEqual([...STORY_PARTS])
    expect(parts('filed', role)).toEqual([...STORY_PARTS])
    expect(parts('spiked', role)).toEqual([])
  }
  for (const stage of ['ready', 'published'] as const) {
    expect(parts(stage, 'reporter')).toEqual(['caption', 'credit'])
    expect(parts(stage, 'editor')).toEqual([...STORY_PARTS])
    expect(parts(stage, 'wire')).toEqual([...STORY_PARTS])
  }
})

test('says which part a root of the document belongs to', () => {
  const known = ['text:headline', 'text:caption:1', 'figures', 'pictures', 'meta', 'copies']
  const unknown = ['headline', 'caption:1', 'text:', 'text:caption:', 'text:comments', 'comments', '__proto__']
  expect(known.map(partOfRoot)).toEqual(['headline', 'caption', 'figures', 'figures', 'meta', null])
  expect(unknown.map(partOfRoot)).toEqual(unknown.map(() => null))
  expect(known.every(isKnownRoot)).toBe(true)
  expect(unknown.filter(isKnownRoot)).toEqual([])
})
