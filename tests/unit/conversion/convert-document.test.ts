/** Converting a document from version 1 to 2. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { convertDocument } from '#server/conversion/convert-document.ts'
import { seedVersion1 } from '#server/conversion/version-1-seed.ts'
import type { IdRange } from '#server/relay/id-range.ts'
import { readUpdate } from '#server/relay/update.ts'
import { contentHash } from '#server/story/content-hash.ts'
import { fieldText } from '#shared/article/document.ts'
import { readArticle } from '#shared/article/read.ts'
import { CONVERSION_CLIENT_ID, schemaVersionOf, seedStory } from '#shared/article/seed.ts'
import { plainText } from '#shared/article/text.ts'
import { readVersion1 } from '#shared/article/version-1.ts'
import { writeVersion1 } from '#tests/support/version-1-document.ts'
import { anyArticle, wellFormed } from '../article/articles.ts'

/** Makes a story of version 1 by two people: the second cuts and types at positions in the first one's texts. */
const edits = fc.array(fc.record({ text: fc.nat(), at: fc.nat(), length: fc.nat(6), types: fc.boolean() }), {
  maxLength: 8,
})

function edit(doc: Y.Doc, some: readonly { text: number; at: number; length: number; types: boolean }[]): void {
  const texts = [...doc.store.clients.values()].flat().flatMap((item) => {
    if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentType)) return []
    return item.content.type instanceof Y.XmlText ? [item.content.type] : []
  })
  for (const { text: which, at, length, types } of some) {
    const text = texts[which % texts.length]
    if (text === undefined) continue
    const place = at % (text.length + 1)
    if (types) text.insert(place, 'typed'.slice(0, length + 1))
    else text.delete(place, Math.min(length, text.length - place))
  }
}

function storyOf(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc({ gc: false })
  seedVersion1(doc)
  seedStory(doc)
  Y.applyUpdate(doc, update)
  return doc
}

/** Returns the characters with these ids, deleted or not. */
function textOf(doc: Y.Doc, { client, clock, length }: IdRange): string {
  const structs = doc.store.clients.get(client) ?? []
  let text = ''
  for (const struct of structs.slice(Y.findIndexSS(structs, clock))) {
    if (struct.id.clock >= clock + length) break
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) throw new Error('No characters')
    text += struct.content.str.slice(Math.max(0, clock - struct.id.clock), clock + length - struct.id.clock)
  }
  return text
}

test('reads the same after the conversion, which says where every character went', () => {
  fc.assert(
    fc.property(anyArticle, edits, (article, some) => {
      const before = new Y.Doc()
      seedVersion1(before)
      writeVersion1(before, article)
      if (some.length === 0) expect(readVersion1(before)).toEqual(wellFormed(article))
      before.clientID++
      edit(before, some)
      const said = readVersion1(before)

      const doc = storyOf(Y.encodeStateAsUpdate(before))
      const { update, rewritten } = convertDocument(doc)
      const there = readArticle(doc)
      expect(there).toEqual(said)
      expect(contentHash(there)).toBe(contentHash(said))
      expect(schemaVersionOf(doc)).toBe(2)
      // Nothing is left in the old place.
      expect(readVersion1(doc)).toMatchObject({ headline: [], body: [] })

      for (const { from, to } of rewritten) expect(textOf(doc, to)).toBe(textOf(doc, from))
      const characters = [...doc.share.keys()]
        .filter((name) => name.startsWith('text:'))
        .reduce((sum, name) => sum + doc.getText(name).toJSON().length, 0)
      expect(rewritten.reduce((sum, { to }) => sum + to.length, 0)).toBe(characters)

      // The update has only the conversion's client, is the same wherever it is made, and for everyone.
      const brought = readUpdate(update)
      expect(brought.inserted.filter(({ client }) => client !== CONVERSION_CLIENT_ID)).toEqual([])
      expect(convertDocument(storyOf(Y.encodeStateAsUpdate(before))).update).toEqual(update)
      const sent = new Y.Doc()
      Y.applyUpdate(sent, Y.encodeStateAsUpdate(before))
      seedStory(sent)
      Y.applyUpdate(sent, update)
      expect(readArticle(sent)).toEqual(said)
    }),
    { numRuns: 300 },
  )
})

test('keeps the words of content that only a faulty merge or a newer editor could have left', () => {
  const before = new Y.Doc()
  seedVersion1(before)
  const body = before.getXmlFragment('body')
  const list = new Y.XmlElement('bulletList')
  const aside = new Y.XmlElement('aside')
  const hardBreak = new Y.XmlElement('hardBreak')
  body.insert(0, [new Y.XmlText('loose'), hardBreak, list, aside, new Y.XmlElement('orderedList')])
  hardBreak.insert(0, [new Y.XmlText('unread')])
  list.insert(0, [new Y.XmlText('bare item'), new Y.XmlElement('listItem')])
  aside.insert(0, [new Y.XmlText('beside')])
  const doc = storyOf(Y.encodeStateAsUpdate(before))
  const said = readVersion1(doc)
  const { rewritten } = convertDocument(doc)
  expect(readArticle(doc)).toEqual(said)
  expect(plainText(said.body)).toContain('loose')
  expect(rewritten.map(({ to }) => textOf(doc, to)).join('')).toBe(fieldText(doc, 'body').toJSON())
})
