import { afterEach, describe, expect, test } from 'vitest'
import { addFigure, figureIds } from '#shared/article/document.ts'
import { readArticle } from '#shared/article/read.ts'
import { Writer, syncAll } from './newsroom.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
})
const two = (): [Writer, Writer] => {
  const pair: [Writer, Writer] = [new Writer('Maria'), new Writer('Andrei')]
  writers = pair
  return pair
}

describe('two people merge', () => {
  test('both open an empty story and type a headline', () => {
    const [maria, andrei] = two()
    maria.type('headline', 'Storm')
    andrei.type('headline', 'Flood')
    syncAll([maria, andrei])
    expect(maria.text('headline')).toBe(andrei.text('headline'))
    expect(maria.text('headline')).toMatch(/^(StormFlood|FloodStorm)$/)
    expect(readArticle(maria.doc).headline).toHaveLength(1)
    expect(maria.editor('headline').getText()).toBe(maria.text('headline'))
    expect(andrei.editor('headline').getText()).toBe(maria.text('headline'))
  })
  test('both add a figure', () => {
    const [maria, andrei] = two()
    addFigure(maria.doc, { id: 'a', picture: null })
    addFigure(andrei.doc, { id: 'b', picture: null })
    maria.type('caption:a', 'One')
    andrei.type('caption:b', 'Two')
    syncAll([maria, andrei])
    expect(figureIds(maria.doc).sort()).toEqual(['a', 'b'])
    expect(readArticle(maria.doc)).toEqual(readArticle(andrei.doc))
  })
})
