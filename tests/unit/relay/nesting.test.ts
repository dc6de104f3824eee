import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'
import { createSeparator, PLAIN, readRuns, writeKind } from '#shared/article/flat-text.ts'
import { MOST_ADOPTED, MOST_AROUND, Nesting, type Placed } from '#server/relay/nesting.ts'
import { readUpdate } from '#server/relay/update.ts'

const placedIn = (update: Uint8Array): Placed[] => readUpdate(update).placed
/** Does this to a document. Returns the updates. */
function written(doc: Y.Doc, write: () => void): Uint8Array[] {
  const updates: Uint8Array[] = []
  const keep = (update: Uint8Array) => updates.push(update)
  doc.on('update', keep)
  write()
  doc.off('update', keep)
  return updates
}

/** Nests elements, each beside a text where it is not alone. Returns the innermost. */
function nest(parent: Y.XmlFragment, depth: number, isAlone = true): Y.XmlElement {
  const inner = new Y.XmlElement('blockquote')
  parent.push(isAlone ? [inner] : [new Y.XmlText('x'), inner])
  return depth > 1 ? nest(inner, depth - 1, isAlone) : inner
}

describe.each([true, false])('refuses what is nested too deep (each alone in the next: %s) [R12]', (isAlone) => {
  test('in one update', () => {
    for (const [depth, isAllowed] of [
      [MOST_AROUND + 1, true],
      [MOST_AROUND + 2, false],
    ] as const) {
      const doc = new Y.Doc()
      nest(doc.getXmlFragment('body'), depth, isAlone)
      expect(new Nesting(new Y.Doc()).allows(placedIn(Y.encodeStateAsUpdate(doc)))).toBe(isAllowed)
    }
  })

  test('in many updates, before and after the story was read again', () => {
    const doc = new Y.Doc()
    let at: Y.XmlFragment = doc.getXmlFragment('body')
    let nesting = new Nesting(new Y.Doc())
    for (let level = 0; level <= MOST_AROUND; level++) {
      for (const update of written(doc, () => (at = nest(at, 1, isAlone)))) {
        expect(nesting.allows(placedIn(update))).toBe(true)
        nesting.add(placedIn(update))
      }
      if (level === 50) nesting = new Nesting(doc)
    }
    const [update = new Uint8Array()] = written(doc, () => nest(at, 1, isAlone))
    expect(nesting.allows(placedIn(update))).toBe(false)
  })

  test('by two clients, in either order', () => {
    const doc = new Y.Doc()
    let at: Y.XmlFragment = doc.getXmlFragment('body')
    for (let level = 0; level <= MOST_AROUND + 1; level++) {
      doc.clientID = 1 + (level % 2)
      at = nest(at, 1, isAlone)
    }
    expect(new Nesting(new Y.Doc()).allows(placedIn(Y.encodeStateAsUpdate(doc)))).toBe(false)
  })

  test('with the inner types before the outer ones', () => {
    const doc = new Y.Doc()
    let at: Y.XmlFragment = doc.getXmlFragment('body')
    const updates = Array.from({ length: MOST_ADOPTED + 2 }, () => {
      doc.clientID++
      return Y.mergeUpdates(written(doc, () => (at = nest(at, MOST_AROUND, isAlone))))
    })
    const nesting = new Nesting(new Y.Doc())
    const taken = updates.reverse().map((update) => {
      const placed = placedIn(update)
      const isAllowed = nesting.allows(placed)
      if (isAllowed) nesting.add(placed)
      return isAllowed
    })
    // The outermost is not in something missing.
    expect(taken.filter((isAllowed) => isAllowed)).toHaveLength(MOST_ADOPTED + 1)
    expect(taken.at(-1)).toBe(true)
  })
})

test('agrees with the document on the depth of a page, in any order of changes', () => {
  const step = fc.record({
    writer: fc.integer({ min: 1, max: 3 }),
    at: fc.nat(),
    kind: fc.constantFrom('in', 'text', 'cut'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), (steps, at) => {
      const doc = new Y.Doc()
      const body = doc.getXmlFragment('body')
      const inside: Y.XmlFragment[] = [body]
      const updates = written(doc, () => {
        for (const { writer, at, kind } of steps) {
          doc.clientID = writer
          const parent = inside[at % inside.length] ?? body
          const place = at % (parent.length + 1)
          if (kind === 'text') parent.insert(place, [new Y.XmlText('words')])
          else if (kind === 'cut' && parent.length > 0) {
            parent.delete(at % parent.length, 1)
            inside.splice(1, inside.length, ...elementsIn(body))
          } else {
            const element = new Y.XmlElement('blockquote')
            parent.insert(place, [element])
            inside.push(element)
          }
        }
      })
      const split = at % (updates.length + 1)
      const before = new Y.Doc({ gc: false })
      for (const update of updates.slice(0, split)) Y.applyUpdate(before, update)
      const nesting = new Nesting(before)
      for (const update of updates.slice(split)) nesting.add(placedIn(update))
      for (const element of elementsIn(body)) {
        let around = 0
        for (let parent = element.parent; parent instanceof Y.XmlElement; parent = parent.parent) around++
        const id = element._item?.id ?? null
        expect(nesting.allows(chainIn(id, MOST_AROUND - around))).toBe(true)
        expect(nesting.allows(chainIn(id, MOST_AROUND - around + 1))).toBe(false)
      }
    }),
  )
})

/** Returns this many nested types, the outermost in `id`. */
function chainIn(id: Y.ID | null, length: number): Placed[] {
  return Array.from({ length }, (_, clock) => ({
    client: 0xffff,
    clock,
    length: 1,
    within: clock === 0 ? id : Y.createID(0xffff, clock - 1),
    beside: null,
    root: null,
    holds: true,
    isText: false,
    isKeyed: false,
    isValue: false,
  }))
}

function elementsIn(parent: Y.XmlFragment): Y.XmlElement[] {
  const inner = parent.toArray().filter((child) => child instanceof Y.XmlElement)
  return inner.flatMap((element) => [element, ...elementsIn(element)])
}

test('accepts neighbours in a circle', () => {
  const id = (client: number) => Y.createID(client, 0)
  const placed = [1, 2].map((client) => ({
    client,
    clock: 0,
    length: 1,
    within: id(3 - client),
    beside: null,
    root: null,
    holds: true,
    isText: false,
    isKeyed: false,
    isValue: false,
  }))
  expect(new Nesting(new Y.Doc()).allows(placed)).toBe(true)
})

test('accepts any number of separators in a text', () => {
  const doc = new Y.Doc()
  const text = fieldText(doc, 'body')
  const nesting = new Nesting(new Y.Doc())
  for (let block = 0; block < MOST_AROUND + MOST_ADOPTED; block++) {
    const at = text.length
    const updates = written(doc, () => {
      text.insertEmbed(at, createSeparator({ ...PLAIN, in: 'q' }))
      text.insert(at + 1, 'words')
      if (block % 2 === 1) text.delete(at - 6, 6)
    })
    for (const update of updates) {
      expect(nesting.allows(placedIn(update))).toBe(true)
      nesting.add(placedIn(update))
    }
  }
})

test('accepts what is put into a separator that was deleted meanwhile', () => {
  const doc = new Y.Doc()
  const text = fieldText(doc, 'body')
  text.insertEmbed(0, createSeparator(PLAIN))
  const late = new Y.Doc()
  Y.applyUpdate(late, Y.encodeStateAsUpdate(doc))
  const [first] = readRuns(fieldText(late, 'body'))
  if (first === undefined || !('separator' in first)) throw new Error('There is no separator')
  const kinds = written(late, () => {
    writeKind(first.separator, { ...PLAIN, h: 2 })
    writeKind(first.separator, { ...PLAIN, h: 3 })
  })
  text.delete(0, 1)
  const nesting = new Nesting(doc)
  for (const update of kinds) {
    expect(nesting.allows(placedIn(update))).toBe(true)
    nesting.add(placedIn(update))
  }
})
