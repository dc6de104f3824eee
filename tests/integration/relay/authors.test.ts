/** Who wrote what: R28 of PROTOCOL.md. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { recordCopies } from '#shared/article/copies.ts'
import { fieldText } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { compact } from '#server/relay/compaction.ts'
import { joined, openNewsroom, until, type Client } from './client.ts'
import { addStory, failAppends, NIKOS, type TestNewsroom } from './newsroom.ts'

/** Types at a position in a field's first block. */
function type({ doc }: Client, field: FieldId, at: number, text: string): void {
  fieldText(doc, field).insert(at + 1, text)
}

const textOf = ({ doc }: Client, field: FieldId): string => fieldText(doc, field).toJSON()

/** Resolves to the runs of a field: `Maria: words`, or `Maria by way of Nikos: words`. */
async function authors({ relay }: TestNewsroom, story: string, field: FieldId): Promise<string[]> {
  const found = (await relay.readAuthors(story)).find((each) => each.field === field)
  const run = ({
    text,
    by,
    broughtBy,
  }: {
    text: string
    by: { name: string } | null
    broughtBy: { name: string } | null
  }) => `${by?.name ?? 'nobody'}${broughtBy === null ? '' : ` by way of ${broughtBy.name}`}: ${text}`
  return (found?.paragraphs ?? []).map((runs) => runs.map(run)).reduce((all, runs) => [...all, ...runs], [])
}

async function headline() {
  // Changes are forwarded at once, even those that are about to fail.
  const newsroom = await openNewsroom({ limits: { gatherMs: 0 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  type(maria, 'headline', 0, 'Salt pans')
  await until(() => textOf(nikos, 'headline'), 'Salt pans')
  type(nikos, 'headline', 5, 'and dry ')
  await until(() => textOf(maria, 'headline'), 'Salt and dry pans')
  // Otherwise a test that makes appends fail could fail these.
  await until(() => [maria.acknowledged, nikos.acknowledged], [2, 2])
  return { newsroom, story, maria, nikos }
}

const WRITTEN = ['Maria: Salt ', 'Nikos: and dry ', 'Maria: pans']

test('credits each character and leaves out deleted ones [R28]', async () => {
  const { newsroom, story, maria } = await headline()
  expect(await authors(newsroom, story, 'headline')).toEqual(WRITTEN)
  expect(await authors(newsroom, story, 'body')).toEqual([])
  fieldText(maria.doc, 'headline').delete(8, 6)
  await until(() => authors(newsroom, story, 'headline'), ['Maria: Salt ', 'Nikos: an', 'Maria: pans'])
})

test('credits the same after compaction [R28]', async () => {
  const { newsroom, story } = await headline()
  await until(() => authors(newsroom, story, 'headline'), WRITTEN)
  await compact(newsroom.store, story)
  expect(await authors(newsroom, story, 'headline')).toEqual(WRITTEN)
})

/** Deletes words of the headline and inserts words in the body that claim to be a copy of them. */
function moves({ doc }: Client, from: number, length: number, text: string): void {
  const headline = fieldText(doc, 'headline')
  const [item] = [...doc.store.clients.values()]
    .flat()
    .filter((each) => each instanceof Y.Item && isString(each, 'pans'))
  if (item === undefined) throw new Error('The words are not there')
  doc.transact(() => {
    headline.delete(from, length)
    const clock = Y.getState(doc.store, doc.clientID)
    fieldText(doc, 'body').insert(1, text)
    recordCopies(doc, [
      {
        from: { client: item.id.client, clock: item.id.clock, length: text.length },
        to: { client: doc.clientID, clock },
      },
    ])
  })
}
const isString = ({ content }: Y.Item, text: string): boolean =>
  content instanceof Y.ContentString && content.str === text

test('credits moved words to their writer, before and after compaction, and moved again [R28]', async () => {
  const { newsroom, story, nikos } = await headline()
  moves(nikos, 14, 4, 'pans')
  await until(() => authors(newsroom, story, 'body'), ['Maria: pans'])
  await compact(newsroom.store, story)
  expect(await authors(newsroom, story, 'body')).toEqual(['Maria: pans'])
  const body = fieldText(nikos.doc, 'body')
  nikos.doc.transact(() => {
    const moved = body._start?.right?.id
    if (moved === undefined) throw new Error('The words are not there')
    body.delete(1, 4)
    const clock = Y.getState(nikos.doc.store, nikos.doc.clientID)
    fieldText(nikos.doc, 'byline').insert(1, 'pans')
    recordCopies(nikos.doc, [
      { from: { client: moved.client, clock: moved.clock, length: 4 }, to: { client: nikos.doc.clientID, clock } },
    ])
  })
  await until(() => authors(newsroom, story, 'byline'), ['Maria: pans'])
})

test('does not credit a copy that reads differently to the original’s writer [R28]', async () => {
  const { newsroom, story, nikos } = await headline()
  moves(nikos, 14, 4, 'lies')
  await until(() => authors(newsroom, story, 'body'), ['Nikos: lies'])
})

test('says who brought words for someone else, before and after compaction [R26, R28]', async () => {
  const { newsroom, story, maria, nikos } = await headline()
  const mend = await failAppends(newsroom)
  type(maria, 'headline', 0, 'Big ')
  await until(() => textOf(nikos, 'headline'), 'Big Salt and dry pans')
  await until(() => nikos.code !== null, true)
  await mend()
  await joined(newsroom, story, { as: NIKOS, doc: nikos.doc })
  const told = ['Maria by way of Nikos: Big ', ...WRITTEN]
  await until(() => authors(newsroom, story, 'headline'), told)
  await compact(newsroom.store, story)
  expect(await authors(newsroom, story, 'headline')).toEqual(told)
})

test('rejects when there is no such story', async () => {
  const newsroom = await openNewsroom()
  await expect(newsroom.relay.readAuthors('nowhere')).rejects.toThrow('nowhere')
})
