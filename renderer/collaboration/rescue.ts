/**
 * Rescues words of mine that went down with a deletion by somebody who had not seen them.
 *
 * Yjs keeps text that is typed at the same time into a place where others type, but text that is typed into a paragraph
 * which somebody else deletes meanwhile is deleted with it, silently. So each change that arrives is looked through for
 * words of mine that it took away:
 * - An update names, id by id, what its sender deleted. Words that it took away without naming them went down with
 *   something around them: the sender had not seen them. They are rescued.
 * - Words that it names were mostly cut on purpose, which is an ordinary edit. But what the relay sends to somebody who
 *   comes back names all that is dead, however it died, so the newsroom is asked: its log knows who cut what, and
 *   whether they had it before them. When it cannot say, the words are rescued: never lose any silently.
 * - A figure is taken off the page by deleting its id and the words of its caption and credit one by one. Words of mine
 *   that are alive in the fields of a figure that has gone were not known to whoever removed it. They are rescued.
 */
import * as Y from 'yjs'
import { fieldFragment, figureIds } from '#shared/article/document.ts'
import { fieldsInPageOrder, FIGURE_FIELDS, figureFieldId, parseFieldId } from '#shared/article/fields.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { countWords } from '#shared/article/text.ts'
import type { Cut, IdRange } from '#shared/protocol/http.ts'
import type { RescuedText } from './story-session.ts'

export interface RescueOptions {
  /** Whether a transaction of this origin brought changes from elsewhere. */
  isRemote(origin: unknown): boolean
  /**
   * The Yjs client ids of this person's earlier sessions on this computer; their words are mine as well. See
   * {@link clientsBeyond} for where nobody has kept them.
   */
  mine: Iterable<number>
  /** `POST /api/stories/:id/cuts`. May fail. */
  resolveCuts(ranges: IdRange[]): Promise<Cut[]>
  /**
   * Words were taken away, and it is not known yet whether on purpose. Called before the document tells of the update
   * that took them, so that they can be on the disk first; {@link onRescue} or {@link onCut} follows for each id.
   */
  onLoss?(texts: readonly RescuedText[]): void
  /** Takes a rescued text into the tray. */
  onRescue(text: RescuedText): void
  /** All of a loss was cut on purpose. */
  onCut?(id: string): void
}

export interface Rescue {
  /** To be called with each update from elsewhere just before it is applied: tells what its sender deleted by name. */
  receiving(update: Uint8Array): void
  /** Ends the watch. What the newsroom has not answered for yet is rescued. */
  stop(): void
}

/** How many ranges the newsroom takes in one question. */
const RANGES_PER_QUESTION = 1000
/** How much of the words before a place is kept, in characters. */
const LANDMARK = 80

/** Begins to watch. The document must have what is on this computer's disk, and nothing yet of this session's. */
export function watchRescue(doc: Y.Doc, options: RescueOptions): Rescue {
  const mine = new Set([doc.clientID, ...options.mine])
  let figures = figureIds(doc)
  /** What the update that is being applied names; null when nobody told, and everything may be named. */
  let named: IdRange[] | null = null
  let waiting: Loss[] = []
  let asking: Loss[] = []

  const onTransaction = (transaction: Y.Transaction) => {
    if (transaction.local) mine.add(doc.clientID)
    const before = figures
    if (transaction.changedParentTypes.size > 0) figures = figureIds(doc)
    if (!options.isRemote(transaction.origin)) return
    const gone = before.filter((id) => !figures.includes(id))
    const losses = [
      ...wordsTaken(transaction, mine, named),
      ...gone.flatMap((id) => wordsLeftBehind(doc, id, mine, transaction)),
    ]
    named = null
    if (losses.length === 0) return
    waiting.push(...losses)
    options.onLoss?.(losses.flatMap((loss) => rescuedText(loss, []) ?? []))
    void ask()
  }
  doc.on('afterTransaction', onTransaction)

  async function ask(): Promise<void> {
    // One question at a time: whatever is cut meanwhile goes into the next one.
    if (asking.length > 0 || waiting.length === 0) return
    asking = waiting
    waiting = []
    const cuts = await resolve(asking.flatMap(questionsOf))
    const answered = asking
    asking = []
    answered.forEach((loss) => rescue(loss, cuts))
    await ask()
  }

  async function resolve(ranges: IdRange[]): Promise<Cut[]> {
    try {
      const answers: Cut[] = []
      for (let at = 0; at < ranges.length; at += RANGES_PER_QUESTION) {
        answers.push(...(await options.resolveCuts(ranges.slice(at, at + RANGES_PER_QUESTION))))
      }
      return answers
    } catch {
      return []
    }
  }

  function rescue(loss: Loss, cuts: readonly Cut[]): void {
    const text = rescuedText(loss, cuts)
    if (text === null) options.onCut?.(idOf(loss))
    else options.onRescue(text)
  }

  return {
    receiving(update) {
      named = [...Y.decodeUpdate(update).ds.clients].flatMap(([client, items]) =>
        mine.has(client) ? items.map(({ clock, len }) => ({ client, clock, length: len })) : [],
      )
    },
    stop() {
      doc.off('afterTransaction', onTransaction)
      const unanswered = [...asking, ...waiting]
      asking = []
      waiting = []
      unanswered.forEach((loss) => rescue(loss, []))
    },
  }
}

/** Words of mine that one change took out of neighbouring paragraphs of a field. */
interface Loss {
  field: FieldId
  /** The words that stand just before the place. */
  after: string
  paragraphs: Run[][]
  /** What was deleted, if not the words themselves: the figure they belonged to. */
  around: IdRange[]
}

/** A piece of text under consecutive ids. */
interface Run extends IdRange {
  text: string
  /** Whether the update that took it away named it. */
  named: boolean
  /** Whether something of another kind stood between this run and the one before. */
  apart: boolean
}

/**
 * The clients of whose words the newsroom does not have all: before anything of this session's has arrived, those can
 * only have been typed on this computer.
 *
 * @param acknowledged - what the newsroom is known to have: the next clock by client id
 */
export function clientsBeyond(doc: Y.Doc, acknowledged: ReadonlyMap<number, number>): number[] {
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc))
  return [...clocks.keys()].filter((client) => (clocks.get(client) ?? 0) > (acknowledged.get(client) ?? 0))
}

/** How the ids of {@link wordsBeyond} begin. */
export const UNSENT = 'unsent:'

/**
 * The words in the document that the newsroom does not have, and will not take: as texts for the tray. They keep their
 * ids, so that words which are found again are the same text.
 *
 * @param acknowledged - what the newsroom is known to have: the next clock by client id
 */
export function wordsBeyond(doc: Y.Doc, acknowledged: ReadonlyMap<number, number>): RescuedText[] {
  return fieldsInPageOrder(figureIds(doc))
    .flatMap((field) =>
      lossesIn(fieldFragment(doc, field), field, (item, text) => {
        const { client } = item.id
        const has = { client, clock: 0, length: acknowledged.get(client) ?? 0 }
        const lacks = item.deleted ? [] : pieces(runOf(item, text), [has]).filter(({ of }) => of === undefined)
        return lacks.length === 0 ? null : lacks.map(({ part }) => part)
      }),
    )
    .flatMap((loss) => rescuedText(loss, []) ?? [])
    .map((text) => ({ ...text, id: UNSENT + text.id }))
}

function wordsTaken(transaction: Y.Transaction, mine: ReadonlySet<number>, named: IdRange[] | null): Loss[] {
  const taken = new Set<Y.Item>()
  const fields = new Set<FieldId>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return
    const { client, clock } = struct.id
    if (!mine.has(client) || clock >= (transaction.beforeState.get(client) ?? 0)) return
    const field = fieldOf(struct)
    if (field === null) return
    taken.add(struct)
    fields.add(field)
  })
  return [...fields].flatMap((field) =>
    lossesIn(fieldFragment(transaction.doc, field), field, (item, text) =>
      taken.has(item) ? piecesByName(runOf(item, text), named) : null,
    ),
  )
}

/** Words of mine that are alive in the fields of a figure which is not on the page any more. */
function wordsLeftBehind(doc: Y.Doc, figureId: string, mine: ReadonlySet<number>, transaction: Y.Transaction): Loss[] {
  const around = [...transaction.deleteSet.clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, clock, length: len })),
  )
  return FIGURE_FIELDS.map((field) => figureFieldId(field, figureId)).flatMap((field) =>
    lossesIn(fieldFragment(doc, field), field, (item, text) =>
      !item.deleted && mine.has(item.id.client) ? [runOf(item, text)] : null,
    ).map((loss) => ({ ...loss, around })),
  )
}

function runOf(item: Y.Item, text: string): Run {
  return { client: item.id.client, clock: item.id.clock, length: item.length, text, named: false, apart: false }
}

/** Cuts a run where the named ids begin and end. */
function piecesByName(run: Run, named: readonly IdRange[] | null): Run[] {
  if (named === null) return [{ ...run, named: true }]
  return pieces(run, named).map(({ part, of }) => ({ ...part, named: of !== undefined }))
}

/** Cuts a run along ranges; each part comes with the range that holds it, if any does. */
function pieces<R extends IdRange>(run: Run, ranges: readonly R[]): { part: Run; of: R | undefined }[] {
  const end = run.clock + run.length
  const touching = ranges.filter(
    ({ client, clock, length }) => client === run.client && clock < end && clock + length > run.clock,
  )
  const edges = touching.flatMap(({ clock, length }) => [clock, clock + length])
  const inside = edges.filter((edge) => edge > run.clock && edge < end)
  const bounds = [...new Set([run.clock, ...inside, end])].sort((a, b) => a - b)
  return bounds.slice(0, -1).map((clock, index) => {
    const length = (bounds[index + 1] ?? end) - clock
    const at = clock - run.clock
    const part = { ...run, clock, length, text: run.text.slice(at, at + length), apart: index === 0 && run.apart }
    return { part, of: touching.find((range) => range.clock <= clock && clock < range.clock + range.length) }
  })
}

/** The field that an item is in; null for one that is in none, such as a comment. */
function fieldOf(item: Y.Item): FieldId | null {
  let type = item.parent
  while (type instanceof Y.AbstractType && type._item !== null) type = type._item.parent
  if (!(type instanceof Y.AbstractType)) return null
  const name = Y.findRootTypeKey(type)
  try {
    parseFieldId(name)
    return name as FieldId
  } catch {
    return null
  }
}

/**
 * Walks through a field, the dead with the living, and picks the runs that are lost. Paragraphs belong to one loss as
 * long as there is no living text between them.
 */
function lossesIn(fragment: Y.XmlFragment, field: FieldId, lost: (item: Y.Item, text: string) => Run[] | null): Loss[] {
  const losses: Loss[] = []
  let living = ''
  /** The living text, without the ends of its paragraphs, up to the last run that was lost. */
  let livingAtLast = -1
  let livingLength = 0
  for (const block of textBlocksIn(fragment)) {
    const runs: Run[] = []
    let apart = false
    for (const item of itemsOf(block)) {
      const text = item.content instanceof Y.ContentString ? item.content.str : null
      const found = text === null ? null : lost(item, text)
      if (found === null) {
        apart ||= item.countable
        if (text === null || item.deleted) continue
        living += text
        livingLength += text.length
        continue
      }
      if (runs.length === 0) {
        if (livingAtLast !== livingLength)
          losses.push({ field, after: living.slice(-LANDMARK), paragraphs: [], around: [] })
        losses.at(-1)?.paragraphs.push(runs)
      }
      runs.push(...found.map((run, index) => ({ ...run, apart: apart && index === 0 })))
      livingAtLast = livingLength
      apart = false
    }
    if (living !== '' && !living.endsWith('\n')) living += '\n'
  }
  return losses
}

interface YList {
  _start: Y.Item | null
}

/** The nodes that hold text, dead or alive, in their order. */
function* textBlocksIn(list: YList): Generator<YList> {
  const children = [...listItems(list)].map(({ content }) => (content instanceof Y.ContentType ? content.type : null))
  if (children.some((child) => child instanceof Y.XmlText)) yield list
  for (const child of children) if (child instanceof Y.XmlElement) yield* textBlocksIn(child)
}

/** What stands in a block: the pieces of its texts, and its line breaks. */
function* itemsOf(block: YList): Generator<Y.Item> {
  for (const item of listItems(block)) {
    const type = item.content instanceof Y.ContentType ? item.content.type : null
    if (type instanceof Y.XmlText) yield* listItems(type)
    else yield item
  }
}

function* listItems({ _start }: YList): Generator<Y.Item> {
  for (let item = _start; item !== null; item = item.right) yield item
}

/** Named after its first character, so that two windows which find the same loss put the same text into the tray. */
function idOf({ paragraphs }: Loss): string {
  const first = paragraphs[0]?.[0]
  return first === undefined ? 'nothing' : `${first.client}:${first.clock}`
}

function questionsOf({ paragraphs, around }: Loss): IdRange[] {
  const words = paragraphs.flat().map(({ client, clock, length }) => ({ client, clock, length }))
  return around.length > 0 ? around : words
}

/** What of a loss goes into the tray, given what the newsroom knows; null when all of it was cut on purpose. */
function rescuedText(loss: Loss, cuts: readonly Cut[]): RescuedText | null {
  const kept = loss.paragraphs.map((runs) =>
    runs
      .flatMap((run) => pieces(run, cuts))
      .filter(({ part, of }) => !part.named || of?.seen !== true)
      .map(({ part }) => part),
  )
  const text = kept
    .map(joined)
    .filter((line) => /\S/u.test(line))
    .join('\n')
  if (text === '') return null
  return {
    id: idOf(loss),
    field: loss.field,
    text,
    words: countWords(text),
    by: cutterOf(loss, kept.flat(), cuts),
    at: Date.now(),
    after: loss.after,
  }
}

function joined(runs: readonly Run[]): string {
  return runs.reduce(
    (text, run) => text + (run.apart && /\S$/u.test(text) && /^\S/u.test(run.text) ? ' ' : '') + run.text,
    '',
  )
}

function cutterOf({ around }: Loss, kept: readonly Run[], cuts: readonly Cut[]): RescuedText['by'] {
  const asked: readonly IdRange[] = around.length > 0 ? around : kept
  return cuts.find((cut) => cut.by !== null && asked.some((range) => overlap(range, cut)))?.by ?? null
}

function overlap(a: IdRange, b: IdRange): boolean {
  return a.client === b.client && a.clock < b.clock + b.length && b.clock < a.clock + a.length
}
