import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { addFigure, fieldText, figureIds, moveFigure, removeFigure } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { createSeparator, PLAIN } from '#shared/article/flat-text.ts'
import { seedStory } from '#shared/article/seed.ts'
import type { KeptText } from '#renderer/collaboration/kept-text.ts'
import { openKeptTray } from '#renderer/collaboration/kept-tray.ts'
import { wordsBeyond } from '#renderer/collaboration/kept-words.ts'

const RELAY = 'the relay'

function story(from?: Y.Doc): Y.Doc {
  const doc = new Y.Doc()
  seedStory(doc)
  if (from !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  return doc
}

function type(doc: Y.Doc, words: string, field: FieldId = 'body', at = fieldText(doc, field).length): void {
  fieldText(doc, field).insert(at, words)
}

function enter(doc: Y.Doc): void {
  const body = fieldText(doc, 'body')
  body.insertEmbed(body.length, createSeparator(PLAIN))
}

const clocksOf = (doc: Y.Doc) => Y.decodeStateVector(Y.encodeStateVector(doc))

describe('words that the newsroom does not have', () => {
  it('are those beyond what it acknowledged, under ids that stay', () => {
    const doc = story()
    type(doc, 'sent ')
    const acknowledged = clocksOf(doc)
    expect(wordsBeyond(doc, acknowledged)).toEqual([])
    type(doc, 'unsent')
    const [text, ...more] = wordsBeyond(doc, acknowledged)
    expect(text).toMatchObject({ why: 'unsent', field: 'body', text: 'unsent', words: 1, after: 'sent ' })
    expect(more).toEqual([])
    type(doc, ' words')
    expect(wordsBeyond(doc, acknowledged)).toMatchObject([{ id: text?.id, text: 'unsent words' }])
  })

  it('are not those that were deleted again, nor blanks', () => {
    const doc = story()
    const acknowledged = clocksOf(doc)
    type(doc, 'gone')
    fieldText(doc, 'body').delete(1, 4)
    enter(doc)
    type(doc, '  ')
    expect(wordsBeyond(doc, acknowledged)).toEqual([])
  })

  it('are one text across paragraphs and line breaks, and two where other words stand between', () => {
    const doc = story()
    type(doc, 'One. Two.')
    const acknowledged = clocksOf(doc)
    enter(doc)
    type(doc, 'Three')
    fieldText(doc, 'body').insertEmbed(fieldText(doc, 'body').length, { node: 'hardBreak' })
    type(doc, 'and more.')
    type(doc, 'Before. ', 'body', 1)
    type(doc, 'Storm', 'headline')
    expect(wordsBeyond(doc, acknowledged).map(({ field, text, after }) => [field, text, after])).toEqual([
      ['headline', 'Storm', ''],
      ['body', 'Before. ', ''],
      ['body', 'Three\nand more.', 'One. Two.\n'],
    ])
  })
})

/** My copy of a story with a figure, its tray open, and an editor's copy of it. `mine` are clients of earlier sessions. */
function twoAndAFigure({ mine = [], kept = [] }: { mine?: number[]; kept?: KeptText[] } = {}) {
  const me = story()
  addFigure(me, { id: 'f', picture: null })
  type(me, 'Seen.', 'caption:f')
  const editor = story(me)
  const onDisk = new Map(kept.map((text) => [text.id, text]))
  const told: string[] = []
  const ledger = { acknowledged: new Map<number, number>(), waiting: 0 }
  let shown: readonly KeptText[] = kept
  const tray = openKeptTray({
    doc: me,
    kept,
    mine,
    ledger,
    disk: {
      keep(texts) {
        for (const text of texts) {
          onDisk.set(text.id, text)
          told.push(`keep ${text.text}`)
        }
      },
      dismiss(ids) {
        for (const id of ids) onDisk.delete(id)
      },
    },
    onChange: (now) => (shown = now),
  })
  me.on('update', (_update, origin) => {
    if (origin === RELAY) told.push('update')
  })
  return {
    me,
    editor,
    tray,
    ledger,
    told,
    hear: () => Y.applyUpdate(me, Y.encodeStateAsUpdate(editor, Y.encodeStateVector(me)), RELAY),
    /** What is in the tray, which is the same on the disk. */
    texts: () => {
      expect([...onDisk.values()]).toEqual(shown)
      return shown.map(({ why, field, text }) => `${why} ${field} ${text}`)
    },
    idOfFirst: () => shown[0]?.id ?? '',
  }
}

describe('a figure that the editor removes', () => {
  it('leaves the words that the editor did not have in the tray, before the disk has its removal', () => {
    const { me, editor, hear, texts, told } = twoAndAFigure()
    type(me, ' Not seen.', 'caption:f')
    type(me, 'Reuters', 'credit:f')
    removeFigure(editor, 'f')
    hear()
    expect(texts()).toEqual(['figure caption:f  Not seen.', 'figure credit:f Reuters'])
    expect(told).toEqual(['keep  Not seen.', 'keep Reuters', 'update'])
  })

  it('leaves nothing when the editor had all of it', () => {
    const { editor, hear, texts } = twoAndAFigure()
    removeFigure(editor, 'f')
    hear()
    expect(texts()).toEqual([])
  })

  it('leaves nothing of what other people were writing in it', () => {
    const { me, editor, hear, texts } = twoAndAFigure()
    const other = story(me)
    type(other, ' Theirs.', 'caption:f')
    Y.applyUpdate(me, Y.encodeStateAsUpdate(other), RELAY)
    removeFigure(editor, 'f')
    hear()
    expect(texts()).toEqual([])
  })

  it('leaves the words that I typed in an earlier session', () => {
    const { me, editor, hear, texts } = twoAndAFigure({ mine: [11] })
    const before = story(me)
    before.clientID = 11
    type(before, ' Earlier.', 'caption:f')
    Y.applyUpdate(me, Y.encodeStateAsUpdate(before), 'the disk')
    removeFigure(editor, 'f')
    hear()
    expect(texts()).toEqual(['figure caption:f  Earlier.'])
  })

  it('takes its words out of the tray when it comes back', () => {
    const { me, editor, hear, texts } = twoAndAFigure()
    type(me, ' Not seen.', 'caption:f')
    const undo = new Y.UndoManager([editor.getArray('figures'), fieldText(editor, 'caption:f')], {
      trackedOrigins: new Set([null]),
    })
    editor.transact(() => removeFigure(editor, 'f'))
    hear()
    expect(texts()).toHaveLength(1)
    undo.undo()
    hear()
    expect(texts()).toEqual([])
    expect(fieldText(me, 'caption:f').toJSON()).toContain('Not seen.')
  })

  it('that is moved leaves nothing', () => {
    const { me, editor, hear, texts } = twoAndAFigure()
    type(me, ' Not seen.', 'caption:f')
    addFigure(editor, { id: 'g', picture: null })
    moveFigure(editor, 'f', 1)
    hear()
    expect(figureIds(me)).toEqual(['g', 'f'])
    expect(texts()).toEqual([])
  })

  it('leaves nothing when I remove it myself', () => {
    const { me, texts } = twoAndAFigure()
    removeFigure(me, 'f')
    expect(texts()).toEqual([])
  })
})

describe('words that the newsroom refuses', () => {
  it('are in the tray until the newsroom has them', () => {
    const { me, tray, ledger, texts } = twoAndAFigure()
    ledger.acknowledged = clocksOf(me)
    type(me, 'too late')
    ledger.waiting = 8
    tray.setRefused(true)
    expect(texts()).toEqual(['unsent body too late'])
    type(me, ', again')
    ledger.waiting = 15
    tray.setRefused(true)
    expect(texts()).toEqual(['unsent body too late, again'])
    // They may be sent after all, and have not arrived.
    tray.setRefused(false)
    expect(texts()).toHaveLength(1)
    ledger.waiting = 0
    tray.setRefused(false)
    expect(texts()).toEqual([])
  })

  it('leave the tray of an earlier session as well, and nothing else does', () => {
    const text = { field: 'body', text: 'too late', words: 2, at: 0, after: '' } as const
    const kept: KeptText[] = (['unsent', 'figure', 'update', 'cut'] as const).map((why) => ({ ...text, id: why, why }))
    const { tray, texts } = twoAndAFigure({ kept })
    tray.setRefused(false)
    expect(texts()).toEqual(['figure body too late', 'update body too late', 'cut body too late'])
  })

  it('can be dismissed', () => {
    const { me, tray, ledger, texts, idOfFirst } = twoAndAFigure()
    ledger.acknowledged = clocksOf(me)
    type(me, 'too late')
    ledger.waiting = 8
    tray.setRefused(true)
    tray.dismiss(idOfFirst())
    expect(texts()).toEqual([])
  })
})
