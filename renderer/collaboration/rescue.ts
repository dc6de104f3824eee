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
import { fieldsInPageOrder, FIGURE_FIELDS, figureFieldId } from '#shared/article/fields.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { countWords } from '#shared/article/text.ts'
import type { Cut, IdRange } from '#shared/protocol/http.ts'
import { fieldOf, lossesIn, pieces, runOf } from './lost-words.ts'
import type { Loss, Run } from './lost-words.ts'
import { copiesOf, createOwnWords } from './own-words.ts'
import type { OwnWords } from './own-words.ts'
import type { RescuedText } from './story-session.ts'

export interface RescueOptions {
  /** Whether a transaction of this origin brought changes from elsewhere. */
  isRemote(origin: unknown): boolean
  /** The Yjs client ids of this person's earlier sessions on this computer: their words are mine as well. */
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

/** Begins to watch. The document must have what is on this computer's disk, and nothing yet of this session's. */
export function watchRescue(doc: Y.Doc, options: RescueOptions): Rescue {
  const own = createOwnWords([doc.clientID, ...options.mine])
  let figures = figureIds(doc)
  /** What the update that is being applied names; null when nobody told, and everything may be named. */
  let named: Map<number, IdRange[]> | null = null
  let waiting: Loss[] = []
  let asking: Loss[] = []

  const onTransaction = (transaction: Y.Transaction) => {
    if (transaction.local) own.addClient(doc.clientID)
    const before = figures
    if (transaction.changedParentTypes.size > 0) figures = figureIds(doc)
    if (!options.isRemote(transaction.origin)) return
    const gone = before.filter((id) => !figures.includes(id))
    const taken = wordsTaken(transaction, own, named)
    const losses = [...taken, ...gone.flatMap((id) => wordsLeftBehind(doc, id, own, transaction))]
    named = null
    own.adopt(copiesOf(runsNamed(taken), transaction, own))
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
      const deletions = Y.decodeUpdate(update).ds.clients
      named = new Map(
        [...deletions].map(([client, items]) => [
          client,
          items.map(({ clock, len }) => ({ client, clock, length: len })),
        ]),
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

function wordsTaken(transaction: Y.Transaction, own: OwnWords, named: ReadonlyMap<number, IdRange[]> | null): Loss[] {
  const taken = new Map<Y.Item, Run[]>()
  const fields = new Set<FieldId>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return
    const { client, clock } = struct.id
    if (!own.has(client) || clock >= (transaction.beforeState.get(client) ?? 0)) return
    const runs = own.partsOf(runOf(struct, struct.content.str))
    const field = runs.length === 0 ? null : fieldOf(struct)
    if (field === null) return
    taken.set(struct, named === null ? runs.map(asNamed) : runs.flatMap((run) => byName(run, named.get(client) ?? [])))
    fields.add(field)
  })
  return [...fields].flatMap((field) =>
    lossesIn(fieldFragment(transaction.doc, field), field, (item) => taken.get(item) ?? null),
  )
}

/** Words of mine that are alive in the fields of a figure which is not on the page any more. */
function wordsLeftBehind(doc: Y.Doc, figureId: string, own: OwnWords, transaction: Y.Transaction): Loss[] {
  const around = [...transaction.deleteSet.clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, clock, length: len })),
  )
  return FIGURE_FIELDS.map((field) => figureFieldId(field, figureId)).flatMap((field) =>
    lossesIn(fieldFragment(doc, field), field, (item, text) => {
      const runs = item.deleted ? [] : own.partsOf(runOf(item, text))
      return runs.length === 0 ? null : runs
    }).map((loss) => ({ ...loss, around })),
  )
}

/** Cuts a run where the named ids begin and end. */
function byName(run: Run, named: readonly IdRange[]): Run[] {
  return pieces(run, named).map(({ part, of }) => ({ ...part, named: of !== undefined }))
}

function asNamed(run: Run): Run {
  return { ...run, named: true }
}

function runsNamed(losses: readonly Loss[]): Run[] {
  return losses.flatMap(({ paragraphs }) => paragraphs.flat()).filter((run) => run.named)
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
  const kept = loss.paragraphs.map((runs) => unseenOf(runs, cuts))
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

function unseenOf(runs: readonly Run[], cuts: readonly Cut[]): Run[] {
  let apart = false
  return runs
    .flatMap((run) => pieces(run, cuts))
    .flatMap(({ part, of }) => {
      if (part.named && of?.seen === true) {
        apart = true
        return []
      }
      const unseen = { ...part, apart: part.apart || apart }
      apart = false
      return [unseen]
    })
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
