import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addFigure, fieldFragment, removeFigure } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { seedStory } from '#shared/article/seed.ts'
import type { Cut, IdRange } from '#shared/protocol/http.ts'
import { watchRescue } from '#renderer/collaboration/rescue.ts'
import type { RescuedText } from '#renderer/collaboration/story-session.ts'

const MARIA = { id: 'maria', name: 'Maria' }
const RELAY = 'the relay'

const story = (client: number, from?: Y.Doc) => {
  const doc = new Y.Doc()
  doc.clientID = client
  seedStory(doc)
  if (from !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  return doc
}
const paragraph = (text: string) => {
  const node = new Y.XmlElement('paragraph')
  node.insert(0, [new Y.XmlText(text)])
  return node
}
const append = (doc: Y.Doc, ...lines: string[]) => fieldFragment(doc, 'body').push(lines.map(paragraph))
const textAt = (doc: Y.Doc, index: number, field: FieldId = 'body') =>
  (fieldFragment(doc, field).get(index) as Y.XmlElement).get(0) as Y.XmlText
const type = (doc: Y.Doc, index: number, text: string, field?: FieldId) => {
  const to = textAt(doc, index, field)
  to.insert(to.length, text)
}
const cutParagraphs = (doc: Y.Doc, index: number, length = 1) => fieldFragment(doc, 'body').delete(index, length)
const seen = (ranges: IdRange[]): Promise<Cut[]> =>
  Promise.resolve(ranges.map((range) => ({ ...range, by: MARIA, seen: true })))
const unseen = (ranges: IdRange[]): Promise<Cut[]> =>
  Promise.resolve(ranges.map((range) => ({ ...range, by: MARIA, seen: false })))
const offline = () => Promise.reject(new Error('offline'))

/** Me, with the rescue on, and Maria, who has what I had when we parted. Body: an empty paragraph, `A`, `B`, `C`. */
function part(resolveCuts: (ranges: IdRange[]) => Promise<Cut[]> = seen, earlier: number[] = []) {
  const me = story(10)
  append(me, 'A', 'B', 'C')
  const maria = story(20, me)
  const tray: RescuedText[] = []
  const cut: string[] = []
  const questions: IdRange[][] = []
  const rescue = watchRescue(me, {
    isRemote: (origin) => origin === RELAY,
    mine: earlier,
    resolveCuts: (ranges) => {
      questions.push(ranges)
      return resolveCuts(ranges)
    },
    onRescue: (text) => tray.push(text),
    onCut: (id) => cut.push(id),
  })
  const receive = async (update: Uint8Array) => {
    rescue.receiving(update)
    Y.applyUpdate(me, update, RELAY)
    await settled()
  }
  return {
    me,
    maria,
    tray,
    cut,
    questions,
    rescue,
    receive,
    texts: () => tray.map(({ text }) => text),
    /** Maria's changes arrive, as she made them. */
    hear: () => receive(Y.encodeStateAsUpdate(maria, Y.encodeStateVector(me))),
    /** What I receive when mine reached the relay before hers: its document names everything that is dead. */
    hearMerged: () => receive(Y.encodeStateAsUpdate(story(30, both(me, maria)))),
  }
}
const both = (a: Y.Doc, b: Y.Doc) => {
  const doc = story(40, a)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(b))
  return doc
}
/** All that follows from promises which are settled already has happened. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('words that went down unseen', () => {
  test('are rescued, with who cut them and where they stood', async () => {
    const { me, maria, hear, tray } = part(seen)
    type(me, 2, ' and three more words')
    cutParagraphs(maria, 2)
    await hear()
    expect(tray).toMatchObject([{ field: 'body', text: ' and three more words', words: 4, by: MARIA, after: 'A\n' }])
  })
  test('are rescued when they reached the relay first, and it names them as deleted', async () => {
    const { me, maria, hearMerged, texts } = part(unseen)
    type(me, 2, 'unseen')
    cutParagraphs(maria, 2)
    await hearMerged()
    // Its own B is named too, and the answer is that nobody who cut it had seen it.
    expect(texts()).toEqual(['Bunseen'])
  })
  test('are rescued although the newsroom says that they were seen: whoever cut them did not name them', async () => {
    const { me, maria, hear, texts } = part(seen)
    type(me, 2, 'unseen')
    cutParagraphs(maria, 2)
    await hear()
    expect(texts()).toEqual(['unseen'])
  })
  test('are rescued when the newsroom cannot be asked, without a name', async () => {
    const { me, maria, hear, tray } = part(offline)
    type(me, 2, 'unseen')
    cutParagraphs(maria, 2)
    await hear()
    expect(tray).toMatchObject([{ text: 'Bunseen', by: null }])
  })
  test('of an earlier session are rescued too', async () => {
    const { me, maria, hear, texts } = part(seen, [11])
    const before = story(11, me)
    type(before, 2, 'unseen')
    Y.applyUpdate(me, Y.encodeStateAsUpdate(before), 'the disk')
    cutParagraphs(maria, 2)
    await hear()
    expect(texts()).toEqual(['unseen'])
  })
  test('in one-line fields are rescued from there', async () => {
    const { me, maria, hear, tray } = part()
    type(me, 0, 'Storm', 'headline')
    fieldFragment(maria, 'headline').delete(0, 1)
    await hear()
    expect(tray).toMatchObject([{ field: 'headline', text: 'Storm', after: '' }])
  })
  test('in paragraphs next to each other are one text; living words between them make it two', async () => {
    const { me, maria, hear, tray } = part()
    for (const index of [1, 2, 3]) type(me, index, `+${index}`)
    cutParagraphs(maria, 3)
    cutParagraphs(maria, 1)
    await hear()
    expect(tray.map(({ text, after }) => [text, after])).toEqual([
      ['+1', ''],
      ['+3', 'B+2\n'],
    ])
    const other = part()
    for (const index of [1, 2, 3]) type(other.me, index, `+${index}`)
    cutParagraphs(other.maria, 1, 3)
    await other.hear()
    expect(other.texts()).toEqual(['+1\n+2\n+3'])
  })
  test('do not stick together where words that were cut on purpose stood between them', async () => {
    const { me, maria, hear, texts } = part()
    textAt(me, 2).insert(0, 'before')
    type(me, 2, 'after')
    cutParagraphs(maria, 2)
    await hear()
    expect(texts()).toEqual(['before after'])
  })
  test('that are only blank are let go', async () => {
    const { me, maria, hear, tray } = part()
    type(me, 2, '  ')
    cutParagraphs(maria, 2)
    await hear()
    expect(tray).toEqual([])
  })
})

describe('ordinary edits are not rescued', () => {
  test('words that somebody cut who had them', async () => {
    const { maria, hear, tray, cut, questions } = part(seen)
    cutParagraphs(maria, 2)
    await hear()
    expect(tray).toEqual([])
    expect(cut).toHaveLength(1)
    expect(questions).toHaveLength(1)
  })
  test('words that are cut out of a paragraph which stays', async () => {
    const { me, maria, hear, tray } = part(seen)
    type(me, 2, 'kept')
    textAt(maria, 2).delete(0, 1)
    await hear()
    expect(tray).toEqual([])
    expect(textAt(me, 2).toJSON()).toBe('kept')
  })
  test("words of others, and the newsroom's answer to them is not wanted", async () => {
    const { maria, hear, tray, questions } = part(unseen)
    append(maria, 'hers')
    await hear()
    const before = questions.length
    cutParagraphs(maria, 4)
    await hear()
    expect(tray).toEqual([])
    expect(questions).toHaveLength(before)
  })
  test('what I cut myself, and what the disk says was cut', async () => {
    const { me, maria, tray } = part(unseen)
    cutParagraphs(me, 1)
    cutParagraphs(maria, 2)
    Y.applyUpdate(me, Y.encodeStateAsUpdate(maria), 'the disk')
    await settled()
    expect(tray).toEqual([])
  })
  test('of what was cut together, only the unseen words are rescued', async () => {
    const { me, maria, receive, texts } = part((ranges) =>
      Promise.resolve(
        ranges.flatMap((range) => [
          { ...range, length: 1, by: MARIA, seen: true },
          { ...range, clock: range.clock + 1, length: range.length - 1, by: MARIA, seen: false },
        ]),
      ),
    )
    type(me, 2, 'unseen')
    cutParagraphs(maria, 2)
    const merged = both(me, maria)
    await receive(Y.encodeStateAsUpdate(merged))
    // B, and the first letter of what followed it, are said to have been seen.
    expect(texts()).toEqual(['nseen'])
  })
})

describe('copies', () => {
  /** Maria makes a paragraph a quote, as her editor does it: the words are deleted and written anew. */
  const quote = (doc: Y.Doc, index: number) => {
    const text = textAt(doc, index).toJSON()
    const node = new Y.XmlElement('blockquote')
    node.insert(0, [paragraph(text)])
    doc.transact(() => {
      cutParagraphs(doc, index)
      fieldFragment(doc, 'body').insert(index, [node])
    })
  }
  test('of my words are mine', async () => {
    const { me, maria, hear, receive, texts } = part(seen)
    type(me, 2, ' brought by me')
    Y.applyUpdate(maria, Y.encodeStateAsUpdate(me))
    quote(maria, 2)
    await hear()
    expect(texts()).toEqual([])
    await receive(deletionOf(fieldFragment(me, 'body').get(2) as Y.XmlElement))
    expect(texts()).toEqual(['B brought by me'])
  })
  test("of somebody else's words are not", async () => {
    const { me, maria, hear, receive, texts } = part(seen)
    append(maria, 'hers')
    quote(maria, 4)
    await hear()
    await receive(deletionOf(fieldFragment(me, 'body').get(4) as Y.XmlElement))
    expect(texts()).toEqual([])
  })
  /** What somebody sends who deletes a node and has seen nothing that is in it. */
  const deletionOf = ({ _item }: Y.XmlElement) =>
    encoding.encode((encoder) => {
      const { client, clock } = _item?.id ?? Y.createID(0, 0)
      // No structs; deletions of one client; one of them; from its clock on, one long.
      for (const number of [0, 1, client, 1, clock, 1]) encoding.writeVarUint(encoder, number)
    })
})

describe('a figure that somebody takes off the page', () => {
  const withFigure = (resolve: (ranges: IdRange[]) => Promise<Cut[]>) => {
    const people = part(resolve)
    addFigure(people.me, { id: 'f', picture: null })
    type(people.me, 0, 'Seen.', 'caption:f')
    Y.applyUpdate(people.maria, Y.encodeStateAsUpdate(people.me))
    return people
  }
  test('leaves words in its caption that were not known to them: those are rescued', async () => {
    const { me, maria, hear, tray } = withFigure(seen)
    type(me, 0, ' Not seen.', 'caption:f')
    type(me, 0, 'Reuters', 'credit:f')
    removeFigure(maria, 'f')
    await hear()
    expect(tray).toMatchObject([
      { field: 'caption:f', text: ' Not seen.', by: MARIA },
      { field: 'credit:f', text: 'Reuters', by: MARIA },
    ])
  })
  test('with all that was known of it is an ordinary edit', async () => {
    const { maria, hear, tray } = withFigure(seen)
    removeFigure(maria, 'f')
    await hear()
    expect(tray).toEqual([])
  })
})

describe('asking the newsroom', () => {
  test('goes on in one question at a time', async () => {
    let answer: (cuts: Cut[]) => void = () => undefined
    const { maria, hear, questions, cut } = part(
      (ranges) => new Promise((resolve) => (answer = (): void => void seen(ranges).then(resolve))),
    )
    cutParagraphs(maria, 1)
    await hear()
    cutParagraphs(maria, 1)
    await hear()
    cutParagraphs(maria, 1)
    await hear()
    expect(questions).toHaveLength(1)
    answer([])
    await settled()
    expect(questions).toHaveLength(2)
    answer([])
    await settled()
    expect(cut).toHaveLength(3)
  })
  test('stays within what the newsroom takes', async () => {
    const { me, maria, hear, questions } = part(seen)
    append(me, ...Array.from({ length: 1500 }, (_, index) => `p${index}`))
    Y.applyUpdate(maria, Y.encodeStateAsUpdate(me))
    cutParagraphs(maria, 0, fieldFragment(maria, 'body').length)
    await hear()
    expect(questions.flat().length).toBeGreaterThan(1000)
    for (const ranges of questions) expect(ranges.length).toBeLessThanOrEqual(1000)
  })
  test('that has no answer when the story is closed: the words are rescued', async () => {
    const { maria, hear, rescue, texts } = part(() => new Promise(() => undefined))
    cutParagraphs(maria, 2)
    await hear()
    expect(texts()).toEqual([])
    rescue.stop()
    expect(texts()).toEqual(['B'])
  })
  test('decides, where nobody has told what an update names', async () => {
    const { me, maria, tray } = part(seen)
    type(me, 2, 'unseen')
    cutParagraphs(maria, 2)
    Y.applyUpdate(me, Y.encodeStateAsUpdate(maria), RELAY)
    await settled()
    expect(tray).toEqual([])
  })
})
