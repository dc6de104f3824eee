/** Large stories, the same in every run. */
import * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'
import { type BlockKind, createSeparator, PLAIN } from '#shared/article/flat-text.ts'
import { seedStory } from '#shared/article/seed.ts'
import { randomNumbers } from './random.ts'
import { stateHash } from './state.ts'

export interface LargeStory {
  /** In the order of their creation. */
  updates: Uint8Array[]
  /** All of them merged into one. */
  state: Uint8Array
  hash: string
}

/**
 * A text that one person wrote, with an update for each keystroke. Modelled on automerge-paper, an editing trace often used
 * to measure CRDTs (259,778 edits, 70 % of them insertions, 104,852 characters at the end), which no registry has: words
 * typed and deleted in bursts, with the caret moved now and then, mostly nearby.
 */
export function editHistory(edits: number): LargeStory {
  const random = randomNumbers(20)
  const { doc, updates } = recorded()
  const text = fieldText(doc, 'body')

  // After the separator at the start of the text.
  let caret = 1
  for (let made = 0; made < edits;) {
    const choice = random()
    if (choice < 0.12) {
      const near = caret + Math.round((random() - 0.5) * 400)
      caret = random() < 0.7 ? Math.max(1, Math.min(text.length, near)) : 1 + Math.floor(random() * text.length)
    } else if (choice < 0.42) {
      for (let left = Math.min(burst(random, 12), caret - 1, edits - made); left > 0; left--, made++)
        text.delete(--caret, 1)
    } else {
      for (let left = Math.min(burst(random, 16), edits - made); left > 0; left--, made++) {
        text.insert(caret++, random() < 0.17 ? ' ' : String.fromCharCode(97 + Math.floor(random() * 26)))
      }
    }
  }
  return finished(doc, updates)
}

/** A story as the editor makes it: headings, paragraphs, bold and linked words, typed word by word and revised. */
export function tiptapStory(words: number): LargeStory {
  const random = randomNumbers(2)
  const { doc, updates } = recorded()
  const word = (): string => {
    const length = 2 + Math.floor(random() * 9)
    return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')
  }
  for (const field of ['headline', 'standfirst', 'byline', 'dateline'] as const) {
    const text = fieldText(doc, field)
    for (let count = field === 'standfirst' ? 25 : 6; count > 0; count--) text.insert(text.length, `${word()} `)
  }
  const body = fieldText(doc, 'body')
  for (let typed = 0; typed < words;) {
    const kind: BlockKind = random() < 0.1 ? { ...PLAIN, h: 2 } : PLAIN
    body.insertEmbed(body.length, createSeparator(kind))
    for (let count = 20 + Math.floor(random() * 60); count > 0 && typed < words; count--, typed++) {
      body.insert(body.length, `${word()} `)
      if (random() < 0.03)
        body.format(body.length - 3, 2, random() < 0.5 ? { bold: true } : { link: 'https://example.org/' })
    }
  }
  for (let revision = 0; revision < words / 4; revision++) {
    const at = 1 + Math.floor(random() * (body.length - 13))
    body.delete(at, 1 + Math.floor(random() * 10))
    body.insert(at, `${word()} `)
  }
  return finished(doc, updates)
}

function recorded(): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  doc.clientID = 3_000_000_019
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  seedStory(doc)
  return { doc, updates }
}

function finished(doc: Y.Doc, updates: Uint8Array[]): LargeStory {
  return { updates, state: Y.encodeStateAsUpdate(doc), hash: stateHash(doc) }
}

/** Most bursts are short, some are long. */
function burst(random: () => number, average: number): number {
  return Math.ceil(-Math.log(1 - random()) * average)
}
