/** Work on a document, and its cost for the writer, the readers and the wire. */
import { setBlockType, splitBlock, toggleMark } from '@tiptap/pm/commands'
import { Fragment, Slice } from '@tiptap/pm/model'
import { wrapInList } from '@tiptap/pm/schema-list'
import { AllSelection, TextSelection } from '@tiptap/pm/state'
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { type HeadlessEditor, markType, nodeType, REMOTE, shownIn } from '#tests/support/headless-editor.ts'
import { Latencies, median } from '../measure.ts'
import { randomNumbers } from '../random.ts'

export type OpenField = (client: number, state?: Uint8Array) => HeadlessEditor

/** By the row's key. */
export type Figures = Record<string, number>

export interface Work {
  words: number
  keys: number
  enters: number
  /** How often slow work is repeated. */
  times: number
}

const WORDS_A_PARAGRAPH = 45

export function measureDocument(open: OpenField, work: Work): { figures: Figures; problems: string[] } {
  const random = randomNumbers(3)
  const state = write(open(100), work.words, random)
  const pair = new Pair(open, state)
  const figures: Figures = { stored: state.length, ...loading(open, state, work.times) }

  pair.select(Math.floor(pair.writer.view.state.doc.content.size / 2))
  const type = () => pair.type('x')
  pair.measure(Math.ceil(work.keys / 4), type)
  const keys = pair.measure(work.keys, type)
  figures['keyLocal'] = keys.local.percentile(0.5)
  figures['keyLocalP99'] = keys.local.percentile(0.99)
  figures['keyRemote'] = keys.remote.percentile(0.5)
  figures['keyRemoteP99'] = keys.remote.percentile(0.99)
  figures['keyBytes'] = keys.bytes
  pair.select(Math.floor(pair.writer.view.state.doc.content.size / 2))
  const enters = pair.measure(work.enters, () => pair.writer.view.run(splitBlock))
  figures['enterLocal'] = enters.local.percentile(0.5)
  figures['enterRemote'] = enters.remote.percentile(0.5)
  figures['enterBytes'] = enters.bytes

  const bold = wholeStory(open, state, work.times, (whole) => {
    whole.selectAll()
    return () => whole.writer.view.run(toggleMark(whole.mark('bold'), null, { removeWhenPresent: false }))
  })
  const paste = wholeStory(open, state, work.times, (whole) => {
    const pasted = paragraphs(whole.writer, 2000, random)
    return () => whole.writer.view.dispatch(whole.writer.view.state.tr.replaceSelection(pasted))
  })
  const list = wholeStory(open, state, work.times, (whole) => {
    whole.selectAll()
    return () => whole.writer.view.run(wrapInList(whole.node('bulletList')))
  })
  for (const [name, { local, remote, bytes }] of Object.entries({ bold, paste, list })) {
    figures[`${name}Local`] = local
    figures[`${name}Remote`] = remote
    figures[`${name}Bytes`] = bytes
  }
  const differ = [pair.differs(), bold.differs, paste.differs, list.differs].some((each) => each)
  pair.close()
  return { figures, problems: differ ? ['writer and reader do not show the same'] : [] }
}

/** Does something to a newly opened story, a number of times. Returns the medians. */
function wholeStory(open: OpenField, state: Uint8Array, times: number, prepare: (whole: Pair) => () => unknown) {
  const runs = Array.from({ length: times }, () => {
    const whole = new Pair(open, state)
    const { local, remote, bytes } = whole.measure(1, prepare(whole))
    const run = { local: local.percentile(0.5), remote: remote.percentile(0.5), bytes, differs: whole.differs() }
    whole.close()
    return run
  })
  return {
    local: median(runs.map(({ local }) => local)),
    remote: median(runs.map(({ remote }) => remote)),
    bytes: median(runs.map(({ bytes }) => bytes)),
    differs: runs.some(({ differs }) => differs),
  }
}

/** A writer, and a reader who receives everything from the writer. */
class Pair {
  readonly writer: HeadlessEditor
  readonly reader: HeadlessEditor
  #updates: Uint8Array[] = []

  constructor(open: OpenField, state: Uint8Array) {
    this.writer = open(200, state)
    this.reader = open(300, state)
    this.writer.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE) this.#updates.push(update)
    })
    // A reader's own clean-up reaches the writer, as it does over a relay.
    this.reader.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE) Y.applyUpdate(this.writer.doc, update, REMOTE)
    })
  }

  select(from: number): void {
    const { view } = this.writer
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(from))))
  }

  selectAll(): void {
    const { view } = this.writer
    view.dispatch(view.state.tr.setSelection(new AllSelection(view.state.doc)))
  }

  type(text: string): void {
    const { view } = this.writer
    view.dispatch(view.state.tr.insertText(text))
  }

  node(name: string) {
    return nodeType(this.writer, name)
  }

  mark(name: string) {
    return markType(this.writer, name)
  }

  measure(count: number, act: () => unknown): { local: Latencies; remote: Latencies; bytes: number } {
    const [local, remote] = [new Latencies(), new Latencies()]
    let bytes = 0
    for (let done = 0; done < count; done++) {
      this.#updates = []
      const began = performance.now()
      act()
      local.record(performance.now() - began)
      const update = Y.mergeUpdates(this.#updates)
      bytes += update.length
      const arrived = performance.now()
      Y.applyUpdate(this.reader.doc, update, REMOTE)
      remote.record(performance.now() - arrived)
    }
    return { local, remote, bytes: bytes / count }
  }

  differs(): boolean {
    return !isDeepStrictEqual(shownIn(this.writer), shownIn(this.reader))
  }

  close(): void {
    for (const { view, doc } of [this.writer, this.reader]) {
      view.destroy()
      doc.destroy()
    }
  }
}

/** Writes a story word by word, with subheads and bold words, and revises it here and there. Returns its state. */
function write(editor: HeadlessEditor, words: number, random: () => number): Uint8Array {
  const { view } = editor
  const type = (text: string) => view.dispatch(view.state.tr.insertText(text))
  const select = (from: number, to = from) =>
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)))
  for (let written = 0; written < words; written++) {
    if (written > 0 && written % WORDS_A_PARAGRAPH === 0) {
      view.run(splitBlock)
      const isSubhead = written % (10 * WORDS_A_PARAGRAPH) === 0
      view.run(
        isSubhead
          ? setBlockType(nodeType(editor, 'heading'), { level: 2 })
          : setBlockType(nodeType(editor, 'paragraph')),
      )
    }
    const text = `${word(random)} `
    type(text)
    if (written % WORDS_A_PARAGRAPH !== 20) continue
    const { head } = view.state.selection
    select(head - text.length, head - 1)
    view.run(toggleMark(markType(editor, 'bold')))
    select(head)
    view.dispatch(view.state.tr.setStoredMarks([]))
  }
  for (let revision = 0; revision < words / 10; revision++) {
    const at = Math.floor(random() * (view.state.doc.content.size - 20))
    const $at = TextSelection.near(view.state.doc.resolve(at)).$head
    select($at.pos)
    if (revision % 3 === 0) view.dispatch(view.state.tr.delete($at.pos, Math.min($at.end(), $at.pos + 5)))
    else if (revision % 30 === 1) view.run(splitBlock)
    else type(`${word(random)} `)
  }
  const state = Y.encodeStateAsUpdate(editor.doc)
  view.destroy()
  return state
}

function paragraphs({ schema }: HeadlessEditor, words: number, random: () => number): Slice {
  const nodes = Array.from({ length: Math.ceil(words / WORDS_A_PARAGRAPH) }, () => {
    const text = Array.from({ length: WORDS_A_PARAGRAPH }, () => word(random)).join(' ')
    return schema.node('paragraph', null, schema.text(text))
  })
  return new Slice(Fragment.from(nodes), 1, 1)
}

function word(random: () => number): string {
  const length = 3 + Math.floor(random() * 6)
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')
}

/** Measures loading the document, opening the editor on it, and keeping it open. */
function loading(open: OpenField, state: Uint8Array, times: number): Figures {
  const loads: number[] = []
  const opens: number[] = []
  const opened: HeadlessEditor[] = []
  const openOne = () => opened.push(open(400 + opened.length, state))
  openOne()
  const before = usedHeap()
  for (let run = 0; run < times * 5; run++) {
    loads.push(timed(() => Y.applyUpdate(new Y.Doc(), state)))
    opens.push(timed(openOne))
  }
  const heap = (usedHeap() - before) / (opened.length - 1)
  for (const { view, doc } of opened) {
    view.destroy()
    doc.destroy()
  }
  return { load: median(loads), open: median(opens), heap }
}

function timed(act: () => void): number {
  const began = performance.now()
  act()
  return performance.now() - began
}

function usedHeap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
