import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { addEmptyParagraph, fieldFragment } from '#shared/article/document.ts'
import { seedStory } from '#shared/article/seed.ts'
import type { Cut, IdRange } from '#shared/protocol/http.ts'
import { watchRescue, wordsBeyond } from '#renderer/collaboration/rescue.ts'
import { until } from '#tests/support/until.ts'

const REMOTE = 'remote'

function story(): Y.Doc {
  const doc = new Y.Doc()
  seedStory(doc)
  return doc
}

function type(doc: Y.Doc, words: string): void {
  const paragraph = fieldFragment(doc, 'body').get(0) as Y.XmlElement
  const text = paragraph.get(0) as Y.XmlText
  text.insert(text.length, words)
}

function sync(from: Y.Doc, to: Y.Doc): void {
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), REMOTE)
}

/** Somebody's document whose tray tells what happens to it, and an editor who has just cut what they typed. */
function cutWhileWatched(answer: (ranges: IdRange[]) => Promise<Cut[]>) {
  const [mine, editors] = [story(), story()]
  type(mine, 'my words')
  sync(mine, editors)
  const told: string[] = []
  mine.on('update', (_update, origin) => {
    if (origin === REMOTE) told.push('update')
  })
  const rescue = watchRescue(mine, {
    isRemote: (origin) => origin === REMOTE,
    mine: [],
    resolveCuts: answer,
    onLoss: (texts) => told.push(...texts.map(({ text }) => `loss ${text}`)),
    onRescue: ({ text }) => told.push(`rescue ${text}`),
    onCut: () => told.push('cut'),
  })
  fieldFragment(editors, 'body').delete(0, 1)
  addEmptyParagraph(fieldFragment(editors, 'body'))
  sync(editors, mine)
  return { told, rescue }
}

describe('words that were taken away', () => {
  it('are told of before the update that took them, and again when they were not seen', async () => {
    const { told } = cutWhileWatched(() => Promise.resolve([]))
    expect(told).toEqual(['loss my words', 'update'])
    await until('the rescue', () => told.length > 2)
    expect(told.at(-1)).toBe('rescue my words')
  })

  it('are not rescued when whoever cut them had them before them', async () => {
    const { told } = cutWhileWatched((ranges) =>
      Promise.resolve(ranges.map((range) => ({ ...range, by: null, seen: true }))),
    )
    await until('an answer', () => told.length > 2)
    expect(told.at(-1)).toBe('cut')
  })

  it('are rescued when nobody has answered by the end', () => {
    const { told, rescue } = cutWhileWatched(() => new Promise(() => undefined))
    rescue.stop()
    expect(told).toEqual(['loss my words', 'update', 'rescue my words'])
  })
})

describe('words that the newsroom does not have', () => {
  it('are those beyond what it acknowledged, under ids that stay', () => {
    const doc = story()
    type(doc, 'sent ')
    const acknowledged = Y.decodeStateVector(Y.encodeStateVector(doc))
    expect(wordsBeyond(doc, acknowledged)).toEqual([])
    type(doc, 'unsent')
    const [text, ...more] = wordsBeyond(doc, acknowledged)
    expect(text).toMatchObject({ field: 'body', text: 'unsent', words: 1, by: null })
    expect(more).toEqual([])
    expect(wordsBeyond(doc, acknowledged)[0]?.id).toBe(text?.id)
  })

  it('are not those that were deleted again', () => {
    const doc = story()
    const acknowledged = Y.decodeStateVector(Y.encodeStateVector(doc))
    type(doc, 'gone')
    fieldFragment(doc, 'body').delete(0, 1)
    expect(wordsBeyond(doc, acknowledged)).toEqual([])
  })
})
