import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addFigure, figureIds, readMeta, removeFigure, setMeta } from '#shared/article/document.ts'
import type { FieldCaret } from '#renderer/editor/fields/story-undo.ts'
import { send, sorted, syncAll, Writer } from '../article/copies-writers.ts'

let writers: Writer[] = []
afterEach(() => {
  for (const writer of writers) writer.close()
  writers = []
})
const writer = (client: number) => {
  const made = new Writer(client)
  writers.push(made)
  return made
}
const pair = (words: string) => {
  const [maria, nora] = [writer(10), writer(20)]
  maria.type(1, words)
  maria.pause()
  syncAll([maria, nora])
  return [maria, nora] as const
}

describe('one undo stack for the page', () => {
  test('takes edits back in reverse order, in all fields, figures and meta', () => {
    const maria = writer(10)
    maria.type(1, 'Storm', { field: 'headline' })
    addFigure(maria.doc, { id: 'f', picture: null })
    setMeta(maria.doc, { slug: 'storm' })
    maria.type(1, 'It rained.')
    const state = () => [
      maria.letters('headline'),
      figureIds(maria.doc).length,
      readMeta(maria.doc).slug,
      maria.letters(),
    ]
    const seen = [state()]
    while (maria.undo.undo()) seen.push(state())
    expect(seen).toEqual([
      ['Storm', 1, 'storm', 'It rained.'],
      ['Storm', 1, 'storm', ''],
      ['Storm', 1, undefined, ''],
      ['Storm', 0, undefined, ''],
      ['', 0, undefined, ''],
    ])
    while (maria.undo.redo());
    expect(state()).toEqual(seen[0])
  })
  test('restores a removed figure with its words', () => {
    const maria = writer(10)
    addFigure(maria.doc, { id: 'f', picture: null })
    maria.type(1, 'A wave', { field: 'caption:f' })
    removeFigure(maria.doc, 'f')
    maria.undo.undo()
    expect([figureIds(maria.doc), maria.letters('caption:f')]).toEqual([['f'], 'A wave'])
  })
  test('never undoes the edits of others', () => {
    const [maria, nora] = pair('abc')
    nora.type(4, 'XY')
    syncAll([maria, nora])
    maria.undo.undo()
    expect(maria.letters()).toBe('XY')
    expect(maria.undo.undo()).toBe(false)
  })
  test('restores text of others that I cut right after writing mine', () => {
    const [maria, nora] = pair('abc')
    maria.type(4, 'd')
    nora.type(4, 'N')
    syncAll([maria, nora])
    const before = maria.letters()
    maria.cut(2, 4)
    maria.undo.undo()
    expect(maria.letters()).toBe(before)
  })
  test('notifies listeners of every step, including the last', () => {
    const maria = writer(10)
    const states: boolean[][] = []
    const stop = maria.undo.subscribe(() => states.push([maria.undo.canUndo(), maria.undo.canRedo()]))
    maria.type(1, 'a')
    maria.undo.undo()
    expect(states.at(0)).toEqual([true, false])
    expect(states.at(-1)).toEqual([false, true])
    maria.undo.redo()
    expect(states.at(-1)).toEqual([true, false])
    const count = states.length
    stop()
    maria.undo.undo()
    expect(states).toHaveLength(count)
  })
  test('restores the caret after the words', () => {
    const maria = writer(10)
    const caret: FieldCaret = {
      field: 'body',
      anchor: Y.createRelativePositionFromTypeIndex(maria.text(), 1),
      head: Y.createRelativePositionFromTypeIndex(maria.text(), 1),
    }
    maria.undo.beforeEdit(caret)
    maria.type(1, 'a')
    const events: unknown[] = []
    maria.text().observe(() => events.push('the words'))
    maria.undo.onRestore((field, restored) => events.push([field, restored]))
    maria.undo.undo()
    expect(events).toEqual(['the words', ['body', caret]])
  })
  test('sends one change', () => {
    const [maria] = pair('abc')
    maria.move(1, 1, 3)
    let updates = 0
    maria.doc.on('update', () => (updates += 1))
    maria.undo.undo()
    maria.undo.redo()
    expect(updates).toBe(2)
  })
})

describe('undo among people', () => {
  test('does not restore words that another person has restored', () => {
    const [maria, nora] = pair('abcd')
    maria.cut(2, 2)
    nora.cut(2, 2)
    nora.undo.undo()
    send(nora, maria)
    maria.undo.undo()
    expect(maria.letters()).toBe('abcd')
    syncAll([maria, nora])
    expect(nora.letters()).toBe('abcd')
  })
  test('restores the rest when another person has moved a part', () => {
    const [maria, nora] = pair('abcd')
    nora.move(2, 1, 3)
    maria.cut(1, 4)
    syncAll([maria, nora])
    expect(maria.letters()).toBe('b')
    maria.undo.undo()
    expect(sorted(maria)).toBe('abcd')
    syncAll([maria, nora])
    expect(nora.letters()).toBe(maria.letters())
  })
  test('does not take an earlier step in place of one that others have done', () => {
    const [maria, nora] = pair('abcd')
    maria.type(5, 'X')
    maria.pause()
    syncAll([maria, nora])
    maria.cut(2, 2)
    nora.cut(2, 2)
    nora.undo.undo()
    send(nora, maria)
    const states: boolean[] = []
    maria.undo.subscribe(() => states.push(maria.undo.canUndo()))
    expect(maria.undo.undo()).toBe(true)
    expect(maria.letters()).toBe('abcdX')
    expect([states.at(-1), maria.undo.canRedo()]).toEqual([true, false])
    maria.undo.undo()
    expect(maria.letters()).toBe('abcd')
  })
  test('leaves no formats of words that it does not restore', () => {
    const [maria, nora] = pair('ac')
    maria.type(2, 'b', { formats: { bold: true } })
    maria.pause()
    syncAll([maria, nora])
    maria.edit(() => {
      maria.text().delete(2, 1)
      maria.text().insert(1, 'X')
    })
    nora.move(2, 1, 3)
    send(nora, maria)
    const before = Y.encodeStateVector(maria.doc)
    maria.undo.undo()
    expect(maria.letters()).toBe('acb')
    expect(Y.encodeStateVector(maria.doc)).toEqual(before)
  })
  test('removes a whole restored copy, although others have written in it since', () => {
    const [maria, nora] = pair('abcd')
    maria.cut(1, 4)
    maria.undo.undo()
    syncAll([maria, nora])
    nora.type(3, 'N')
    send(nora, maria)
    maria.undo.undo()
    expect(maria.letters()).toBe('N')
  })
  test('of a move leaves words where another person has moved them since', () => {
    const [maria, nora] = pair('abcd')
    maria.move(1, 1, 2)
    send(maria, nora)
    nora.move(2, 1, 4)
    send(nora, maria)
    expect(maria.letters()).toBe('bcda')
    maria.undo.undo()
    expect(maria.letters()).toBe('bcda')
  })
  test('and redo of a cut, repeated, leave the words once for everyone', () => {
    const [maria, nora] = pair('abcd')
    maria.cut(2, 2)
    for (let round = 0; round < 5; round++) {
      maria.undo.undo()
      syncAll([maria, nora])
      expect([maria.letters(), nora.letters()]).toEqual(['abcd', 'abcd'])
      maria.undo.redo()
      syncAll([maria, nora])
      expect([maria.letters(), nora.letters()]).toEqual(['ad', 'ad'])
    }
  })
  test('records nothing for a person without write access to the whole story', () => {
    const maria = new Writer(10, { mayRecord: () => false })
    writers.push(maria)
    maria.type(1, 'abc')
    maria.pause()
    maria.cut(1, 2)
    maria.undo.undo()
    expect(maria.letters()).toBe('abc')
    expect(maria.doc.getMap('copies').size).toBe(0)
  })
})
