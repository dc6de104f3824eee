/**
 * Who wrote what: the owners of the ids of a story's words. Words that were moved, or brought back by undo, have new ids;
 * they stay their writer's, since the document says what they are copies of (see `originals.ts`).
 */
import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { fieldText, figureIds } from '#shared/article/document.ts'
import { fieldsInPageOrder } from '#shared/article/fields.ts'
import type { AuthoredField, AuthoredRun } from '#shared/protocol/http.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { buildDoc, type History, type LoggedUpdate, readable, readHistory } from './history.ts'
import { IdMap } from './id-map.ts'
import { type IdRange, idsOf } from './id-range.ts'
import { Originals } from './originals.ts'
import { readUpdate } from './update.ts'

/** Ids of people: the writer, null where unknown, and another person who brought it, null where the writer did. */
export interface Owner {
  by: string | null
  broughtBy: string | null
}

/** Resolves to the story's fields, in page order, with the people who wrote them; null when there is no such story. */
export async function readAuthors(store: Store, storyId: string): Promise<AuthoredField[] | null> {
  const { db } = store
  const found = await store.read(async (trx) => {
    const history = await readHistory(trx, storyId)
    return history === null ? null : { history, owners: await readOwners(trx, storyId, history) }
  })
  if (found === null) return null
  const { owners } = found
  const ids = owners.people()
  const people =
    ids.length === 0 ? [] : await db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(people.map((person) => [person.id, person]))
  const named = (id: string | null) => (id === null ? null : (names.get(id) ?? null))

  const doc = buildDoc(found.history, { keepDeleted: true })
  const originals = new Originals(doc)
  const ownersOf = (range: IdRange) => originals.of(range).flatMap((original) => owners.of(original))
  return fieldsInPageOrder(figureIds(doc)).map((field) => ({
    field,
    paragraphs: readBlocks(fieldText(doc, field), ownersOf).map((runs) =>
      runs.map(({ text, by, broughtBy }) => ({ text, by: named(by), broughtBy: named(broughtBy) })),
    ),
  }))
}

/** The owners of a story's ids. */
export class Owners {
  readonly #clients: ReadonlyMap<number, string>
  readonly #carried: IdMap<Owner>

  constructor(clients: ReadonlyMap<number, string>, carried: IdMap<Owner>) {
    this.#clients = clients
    this.#carried = carried
  }

  /** Returns the range in its order, cut where the owner changes. */
  of(range: IdRange): (Owner & { length: number })[] {
    const client = this.#clients.get(range.client) ?? null
    return this.#carried.pieces(range).map(({ length, value }) => {
      const by = value?.by ?? client
      const broughtBy = value?.broughtBy ?? null
      return { length, by, broughtBy: broughtBy === by ? null : broughtBy }
    })
  }

  /** Returns the ids of all people who own something. */
  people(): string[] {
    const carriers = [...this.#carried.entries()].flatMap(({ value: { by, broughtBy } }) => [by, broughtBy])
    return [...new Set([...this.#clients.values(), ...carriers.filter((id) => id !== null)])]
  }
}

export async function readOwners(trx: Kysely<Database>, storyId: string, { rows }: History): Promise<Owners> {
  const clients = new Map<number, string>()
  for (const { client, person_id } of await trx
    .selectFrom('clients')
    .select(['client', 'person_id'])
    .where('story_id', '=', storyId)
    .execute()) {
    clients.set(client, person_id)
  }
  addUnclaimed(clients, rows)
  const carried = new IdMap<Owner>((a, b) => a.by === b.by && a.broughtBy === b.broughtBy)
  for (const { client, clock, length, person_id, writer_id } of await trx
    .selectFrom('carried')
    .select(['client', 'clock', 'length', 'person_id', 'writer_id'])
    .where('story_id', '=', storyId)
    .execute()) {
    carried.add({ client, clock, length }, { by: writer_id, broughtBy: person_id })
  }
  return new Owners(clients, carried)
}

/** Adds the clients of what the server itself wrote in a person's name: no connection claimed them. */
function addUnclaimed(clients: Map<number, string>, rows: readonly LoggedUpdate[]): void {
  for (const { seq, person_id, bytes } of rows) {
    if (person_id === null) continue
    const { inserted } = readable(`Row ${seq} of the log`, () => readUpdate(bytes))
    for (const { client } of inserted) if (!clients.has(client)) clients.set(client, person_id)
  }
}

type Run = Owner & Pick<AuthoredRun, 'text'>

/** Returns the runs of each block. A separator begins one, and text before the first separator is one as well. */
function readBlocks(text: Y.Text, ownersOf: (range: IdRange) => (Owner & { length: number })[]): Run[][] {
  const blocks: Run[][] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentType && item.content.type instanceof Y.Map) blocks.push([])
    if (!(item.content instanceof Y.ContentString)) continue
    if (blocks.length === 0) blocks.push([])
    let at = 0
    for (const { length, ...owner } of ownersOf(idsOf(item))) {
      addRun(blocks.at(-1) ?? [], { text: item.content.str.slice(at, at + length), ...owner })
      at += length
    }
  }
  return blocks
}

function addRun(runs: Run[], run: Run): void {
  const last = runs.at(-1)
  if (last?.by === run.by && last.broughtBy === run.broughtBy) last.text += run.text
  else runs.push(run)
}
