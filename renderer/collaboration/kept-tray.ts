/** The tray of an open story: puts words of mine into it, on this computer's disk too, and takes them out again. */
import type * as Y from 'yjs'
import { figureIds, figuresShared } from '#shared/article/document.ts'
import { parseFieldId } from '#shared/article/fields.ts'
import type { ChangeLedger } from './change-ledger.ts'
import type { KeptText } from './kept-text.ts'
import { wordsBeyond, wordsOfRemovedFigure } from './kept-words.ts'
import type { StoryDisk } from './story-disk.ts'

export interface KeptTrayOptions {
  /** The document with all that is on this computer's disk, and nothing yet of this session's. */
  doc: Y.Doc
  /** What is in the tray on this computer's disk. */
  kept: readonly KeptText[]
  /** The Yjs clients that this person has written as in earlier sessions on this computer. */
  mine: Iterable<number>
  ledger: Pick<ChangeLedger, 'acknowledged' | 'waiting'>
  disk: Pick<StoryDisk, 'keep' | 'dismiss'>
  /** Called with all that is in the tray, whenever that changes. */
  onChange: (kept: readonly KeptText[]) => void
}

export interface KeptTray {
  /** Says whether the newsroom refuses what waits to be sent: those words are in the tray until the newsroom has them. */
  setRefused(refused: boolean): void
  dismiss(id: string): void
}

export function openKeptTray(options: KeptTrayOptions): KeptTray {
  const { doc, ledger, disk, onChange } = options
  const mine = new Set(options.mine)
  let kept = options.kept
  let figures = figureIds(doc)
  /** How many changes were refused when their words were last put into the tray; -1 for an earlier session's. */
  let offered = kept.some(isUnsent) ? -1 : 0

  function change(added: readonly KeptText[], isRemoved: (text: KeptText) => boolean): void {
    const removed = kept.filter(isRemoved)
    if (added.length === 0 && removed.length === 0) return
    disk.dismiss(removed.map(({ id }) => id))
    disk.keep(added)
    kept = [...kept.filter((text) => !removed.includes(text)), ...added]
    onChange(kept)
  }

  // Before the document tells of its update, so that the disk has the words no later than what removed their figure.
  doc.on('afterTransaction', ({ changed, local }) => {
    if (local) mine.add(doc.clientID)
    if (!changed.has(figuresShared(doc).ids)) return
    const before = figures
    figures = figureIds(doc)
    const gone = before.filter((id) => !figures.includes(id))
    change(
      gone.flatMap((id) => wordsOfRemovedFigure(doc, id, mine)),
      ({ why, field }) => why === 'figure' && figures.includes(parseFieldId(field).figureId ?? ''),
    )
  })

  return {
    setRefused(refused) {
      const now = refused ? ledger.waiting : 0
      // Words that may be sent after all stay in the tray until they have arrived.
      if (now === offered || (now === 0 && ledger.waiting > 0)) return
      offered = now
      change(now === 0 ? [] : wordsBeyond(doc, ledger.acknowledged), isUnsent)
    },
    dismiss: (dismissed) => change([], ({ id }) => id === dismissed),
  }
}

function isUnsent({ why }: KeptText): boolean {
  return why === 'unsent'
}
