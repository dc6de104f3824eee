/** Who wrote what: R28 of PROTOCOL.md. */
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { fieldFragment } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { compact } from '#server/relay/compaction.ts'
import { joined, openNewsroom, until, type Client } from './client.ts'
import { addStory, failAppends, NIKOS, type TestNewsroom } from './newsroom.ts'

/** Types at a place of a field's paragraph. */
function type({ doc }: Client, field: FieldId, at: number, text: string): void {
  const paragraph = fieldFragment(doc, field).get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).insert(at, text)
}

const textOf = ({ doc }: Client, field: FieldId): string =>
  fieldFragment(doc, field)
    .toJSON()
    .replace(/<[^>]*>/g, '')

/** `Maria: words`, or `Maria by way of Nikos: words`; a bar between paragraphs. */
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
  // What comes is forwarded at once, be it about to fail.
  const newsroom = await openNewsroom({ limits: { gatherMs: 0 } })
  const story = await addStory(newsroom.store)
  const maria = await joined(newsroom, story, { galley: true })
  const nikos = await joined(newsroom, story, { as: NIKOS, galley: true })
  type(maria, 'headline', 0, 'Salt pans')
  await until(() => textOf(nikos, 'headline'), 'Salt pans')
  type(nikos, 'headline', 5, 'and dry ')
  await until(() => textOf(maria, 'headline'), 'Salt and dry pans')
  return { newsroom, story, maria, nikos }
}

const WRITTEN = ['Maria: Salt ', 'Nikos: and dry ', 'Maria: pans']

test('R28: character by character, and what is deleted is left out', async () => {
  const { newsroom, story, maria } = await headline()
  expect(await authors(newsroom, story, 'headline')).toEqual(WRITTEN)
  expect(await authors(newsroom, story, 'body')).toEqual([])
  const paragraph = fieldFragment(maria.doc, 'headline').get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).delete(7, 6)
  await until(() => authors(newsroom, story, 'headline'), ['Maria: Salt ', 'Nikos: an', 'Maria: pans'])
})

test('R28: after the log was compacted, too', async () => {
  const { newsroom, story } = await headline()
  await until(() => authors(newsroom, story, 'headline'), WRITTEN)
  await compact(newsroom.store, story)
  expect(await authors(newsroom, story, 'headline')).toEqual(WRITTEN)
})

test('R26, R28: what somebody else brought is said to be brought by them, before and after compaction', async () => {
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

test('a story that is not there has no authors', async () => {
  const newsroom = await openNewsroom()
  await expect(newsroom.relay.readAuthors('nowhere')).rejects.toThrow('nowhere')
})
