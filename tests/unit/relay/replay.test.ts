/** Who cut what, and whether they had seen it. Two writers and a log, with what reaches whom when in the test's hands. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fieldFragment } from '#shared/article/document.ts'
import { seedStory } from '#shared/article/seed.ts'
import { noCuts, Replay } from '#server/relay/replay.ts'

/** A writer's document, and what they sent: all of it (`all`, as after an absence) or what came since last asked. */
function writer(client: number) {
  const doc = new Y.Doc()
  seedStory(doc)
  doc.clientID = client
  const body = fieldFragment(doc, 'body')
  let sent = Y.encodeStateVector(doc)
  let updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'received') updates.push(update)
  })
  return {
    doc,
    body,
    /** The seed's paragraph's text. */
    line: textOf(body.get(0)),
    cutParagraph: (paragraph: number) => body.delete(paragraph, 1),
    sends() {
      const all = Y.mergeUpdates(updates)
      updates = []
      sent = Y.encodeStateVector(doc)
      return all
    },
    /** What a client that comes back answers to the relay: its news, and every deletion that it knows of. */
    answers: () => Y.encodeStateAsUpdate(doc, sent),
    receives: (update: Uint8Array) => Y.applyUpdate(doc, update, 'received'),
  }
}

function textOf(paragraph: unknown): Y.XmlText {
  const text: unknown = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('The seed has no such paragraph')
  return text
}

const log = (...sent: [string, Uint8Array][]) =>
  sent.map(([person_id, bytes], index) => ({ seq: index + 1, person_id, bytes, at: index }))

/** What the log says of each of a client's ids: `maria` cut it, `maria?` cut it unseen, `-` nothing. */
function whoCut(client: number, rows: ReturnType<typeof log>, compactedAfter = 0): string[] {
  let replay = new Replay({ snapshot: null, rows: [] }, noCuts())
  let before = noCuts()
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index === compactedAfter) {
      before = replay.cuts
      const bytes = Y.encodeStateAsUpdateV2(replay.doc)
      replay = new Replay({ snapshot: { seq: index, bytes }, rows: [] }, before)
    }
    replay.play(row)
  }
  const length = Y.getState(replay.doc.store, client)
  if (length === 0) return []
  const all = { client, clock: 0, length }
  return before
    .pieces(all)
    .flatMap((piece) => (piece.value === undefined ? replay.cuts.pieces(piece) : [piece]))
    .flatMap(({ length, value }) =>
      Array<string>(length).fill(value === undefined ? '-' : `${value.personId ?? 'nobody'}${value.seen ? '' : '?'}`),
    )
}

const MARIA = 100
const NIKOS = 200

/** Maria typed "abc" into the seed's paragraph, and both have it: her ids are the three characters. */
function begun() {
  const maria = writer(MARIA)
  const nikos = writer(NIKOS)
  maria.line.insert(0, 'abc')
  const first = maria.sends()
  nikos.receives(first)
  return { maria, nikos, first }
}

test('what the cutter had before them was seen', () => {
  const { nikos, first } = begun()
  nikos.cutParagraph(0)
  expect(whoCut(MARIA, log(['maria', first], ['nikos', nikos.sends()]))).toEqual(['nikos', 'nikos', 'nikos'])
})

test('what reached the relay before the cut, but not the cutter, went down unseen', () => {
  const { maria, nikos, first } = begun()
  maria.line.insert(3, 'de')
  nikos.cutParagraph(0)
  const rows = log(['maria', first], ['maria', maria.sends()], ['nikos', nikos.sends()])
  expect(whoCut(MARIA, rows).slice(3)).toEqual(['nikos?', 'nikos?'])
})

test.each([0, 2])(
  'what arrives dead was cut, unseen, by who cut what is around it (compacted after %i rows)',
  (after) => {
    const { maria, nikos, first } = begun()
    maria.line.insert(3, 'de')
    nikos.cutParagraph(0)
    const rows = log(['maria', first], ['nikos', nikos.sends()], ['maria', maria.sends()])
    expect(whoCut(MARIA, rows, after)).toEqual(['nikos', 'nikos', 'nikos', 'nikos?', 'nikos?'])
  },
)

test('who cut a word before the paragraph fell is not who cut the paragraph', () => {
  const { maria, nikos, first } = begun()
  maria.line.delete(2, 1)
  const word = maria.sends()
  nikos.receives(word)
  maria.line.insert(2, 'd')
  nikos.cutParagraph(0)
  const rows = log(['maria', first], ['maria', word], ['nikos', nikos.sends()], ['maria', maria.sends()])
  expect(whoCut(MARIA, rows)).toEqual(['nikos', 'nikos', 'maria', 'nikos?'])
})

test('a new paragraph in a quote that is cut goes down unseen, with all that is in it', () => {
  const { maria, nikos, first } = begun()
  const quote = new Y.XmlElement('blockquote')
  maria.body.insert(1, [quote])
  const quoted = maria.sends()
  nikos.receives(quoted)
  const paragraph = new Y.XmlElement('paragraph')
  quote.insert(0, [paragraph])
  paragraph.insert(0, [new Y.XmlText('x')])
  nikos.cutParagraph(1)
  const rows = log(['maria', first], ['maria', quoted], ['maria', maria.sends()], ['nikos', nikos.sends()])
  expect(whoCut(MARIA, rows).slice(3)).toEqual(['nikos', 'nikos?', 'nikos?', 'nikos?'])
})

test('who comes back and repeats old deletions cut nothing', () => {
  const { maria, nikos, first } = begun()
  nikos.cutParagraph(0)
  const cut = nikos.sends()
  maria.receives(cut)
  expect(whoCut(MARIA, log(['maria', first], ['nikos', cut], ['maria', maria.answers()]))).toEqual(
    Array<string>(3).fill('nikos'),
  )
})

test('what its writer took back before it was ever sent was seen by its writer', () => {
  const { maria, first } = begun()
  maria.line.insert(3, 'de')
  maria.line.delete(3, 2)
  expect(whoCut(MARIA, log(['maria', first], ['maria', maria.answers()]))).toEqual(['-', '-', '-', 'maria', 'maria'])
})

test('a deletion that arrives before what it deletes is its sender’s all the same', () => {
  const { maria, nikos, first } = begun()
  maria.line.insert(3, 'de')
  const late = maria.sends()
  nikos.receives(late)
  nikos.cutParagraph(0)
  const rows = log(['maria', first], ['nikos', nikos.sends()], ['maria', late])
  expect(whoCut(MARIA, rows).slice(3)).toEqual(['nikos', 'nikos'])
})

test('what is alive was cut by nobody', () => {
  const { first } = begun()
  expect(whoCut(MARIA, log(['maria', first]))).toEqual(['-', '-', '-'])
})
