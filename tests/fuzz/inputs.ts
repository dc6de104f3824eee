/** What a broken or hostile client may send: random bytes, damaged frames, and traps. */
import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { encodePresence, encodeSync } from '#server/relay/messages.ts'
import { recordCopies } from '#shared/article/copies.ts'
import { addFigure, fieldText, setMeta } from '#shared/article/document.ts'
import { createSeparator, HARD_BREAK } from '#shared/article/flat-text.ts'
import { seedStory } from '#shared/article/seed.ts'
import { encodeUpdateFrame, SYNC_STEP_1, SYNC_STEP_2 } from '#shared/protocol/frames.ts'

/** Encodes values in order: numbers as varUints, strings as varStrings, bytes with their length. */
function written(...parts: (number | string | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part)
    else if (typeof part === 'string') encoding.writeVarString(encoder, part)
    else encoding.writeVarUint8Array(encoder, part)
  }
  return encoding.toUint8Array(encoder)
}

/** The frames of a person who writes a story: sync steps, updates of every kind, presence. */
function realFrames(): Uint8Array[] {
  const frames: Uint8Array[] = []
  const doc = new Y.Doc()
  seedStory(doc)
  frames.push(encodeSync(SYNC_STEP_1, Y.encodeStateVector(doc)))
  doc.on('update', (update: Uint8Array) => frames.push(encodeUpdateFrame(update)))
  const body = fieldText(doc, 'body')
  body.insert(1, 'Salt pans κι αλάτι 🧂')
  body.format(2, 6, { bold: true, link: 'https://example.org' })
  body.delete(3, 4)
  body.insertEmbed(5, createSeparator({ h: null, in: 'q -!', split: true }))
  body.insertEmbed(7, { node: HARD_BREAK })
  body.setAttribute('tight', true)
  recordCopies(doc, [{ from: { client: doc.clientID, clock: 0, length: 2 }, to: { client: doc.clientID, clock: 4 } }])
  addFigure(doc, { id: 'one', picture: null })
  setMeta(doc, { slug: 'SALT', keywords: ['salt', 'pan'] })
  doc.getMap('extra').set('nested', new Y.Map([['__proto__', new Y.Array()]]))
  doc
    .getArray('extras')
    .push([
      { ...(JSON.parse('{"__proto__":{"polluted":true}}') as object), a: [1, 2.5, null, true, new Uint8Array([1])] },
      'x',
    ])
  body.delete(1, 7)
  frames.push(encodeSync(SYNC_STEP_2, Y.encodeStateAsUpdate(doc)))
  frames.push(encodePresence([{ client: doc.clientID, clock: 1, state: '{"user":{"id":"x"},"field":"body"}' }]))
  frames.push(written(3))
  return frames
}
const REAL = realFrames()

const HUGE = [2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER]
const EVIL_JSON = [
  '{"__proto__":{"polluted":true}}',
  '{"user":{"__proto__":{"id":"x"}},"constructor":{"prototype":{"polluted":true}}}',
  '{"user":null,"cursor":{"anchor":{"item":{"client":-1}}}}',
  '['.repeat(50_000),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  'null',
  '"text"',
  '1e999',
]

/** An update whose structs refer to something missing. */
function missing(client: number, clock: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText('text:body').insert(0, 'x'.repeat(clock + 1))
  const before = Y.encodeStateVector(doc)
  doc.getText('text:body').insert(clock, 'y')
  return Y.encodeStateAsUpdate(doc, before)
}

/** Nested elements, alone or beside a text, and then without the outermost. */
function nested(depth: number, isAlone: boolean): Uint8Array {
  const doc = new Y.Doc()
  const body = doc.getXmlFragment('text:body')
  let at: Y.XmlFragment = body
  for (let level = 0; level < depth; level++) {
    const inner = new Y.XmlElement('blockquote')
    at.push(isAlone ? [inner] : [new Y.XmlText(), inner])
    at = inner
  }
  body.delete(0, body.length)
  return Y.encodeStateAsUpdate(doc)
}
const NESTED = [50, 1000].flatMap((depth) => [true, false].map((isAlone) => encodeUpdateFrame(nested(depth, isAlone))))

/** A frame larger than the fuzzed relay accepts, and than any other input. */
export const FRAME_BYTES = 200_000
const TOO_LARGE = new Uint8Array(FRAME_BYTES + 1)

/** Deletions from the last to the first, none adjacent to another. */
function backwards(count: number): Uint8Array {
  const ranges = Array.from({ length: count }, (_, index) => [2 * (count - index), 1]).flat()
  return written(0, 1, 7, count, ...ranges)
}
const BACKWARDS = encodeUpdateFrame(backwards(10_000))

const client = fc.oneof(fc.nat(5), fc.nat(0xffff_ffff), fc.constantFrom(...HUGE))

const traps: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 20 })).map(([type, body]) => written(type, body)),
  fc.constantFrom(...HUGE).map((length) => Uint8Array.of(...written(0, 2, length), 1, 2, 3)),
  fc.constantFrom(...HUGE).map((count) => encodeUpdateFrame(written(count, 1, 7, 0))),
  fc
    .tuple(client, fc.constantFrom(...HUGE))
    .map(([id, length]) => encodeUpdateFrame(written(1, 1, id, 0, 0, length, 0))),
  fc.tuple(client, fc.constantFrom(...HUGE)).map(([id, length]) => encodeUpdateFrame(written(0, 1, id, 1, 0, length))),
  fc.tuple(client, fc.constantFrom(...HUGE)).map(([id, clock]) => encodeSync(SYNC_STEP_1, written(1, id, clock))),
  fc
    .tuple(client, client, fc.constantFrom(...EVIL_JSON))
    .map(([id, clock, state]) => written(1, written(1, id, clock, state))),
  fc.tuple(client, fc.nat(2000)).map(([id, clock]) => encodeUpdateFrame(missing(id, clock))),
  fc.constantFrom(...NESTED),
  fc.constantFrom(TOO_LARGE, BACKWARDS),
)

/** Real frames, each damaged in a few places: bytes changed, removed or inserted, a number made huge, the end cut off. */
const damaged: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.constantFrom(...REAL),
    fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'cut', 'put', 'huge', 'end')), { maxLength: 4 }),
  )
  .map(([frame, damages]) => {
    let bytes = [...frame]
    for (const [place, value, how] of damages) {
      const at = bytes.length === 0 ? 0 : place % bytes.length
      if (how === 'set') bytes[at] = value
      else if (how === 'cut') bytes.splice(at, 1)
      else if (how === 'put') bytes.splice(at, 0, value)
      else if (how === 'huge') bytes.splice(at, 1, 0xff, 0xff, 0xff, 0xff, value & 0x7f)
      else bytes = bytes.slice(0, at)
    }
    return Uint8Array.from(bytes)
  })

export const inputs: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
  { weight: 5, arbitrary: damaged },
  { weight: 3, arbitrary: traps },
)
