/**
 * Who wrote what: read from the ids of a story's words, and from whose those ids are. An editor that moves words by
 * writing them anew, as one does with the end of a paragraph that is split, makes them its own person's.
 */
import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { fieldFragment, figureIds } from '#shared/article/document.ts'
import { fieldsInPageOrder } from '#shared/article/fields.ts'
import type { AuthoredField, AuthoredRun, IdRange } from '#shared/protocol/http.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { buildDoc, readHistory, type LoggedUpdate } from './history.ts'
import { IdMap } from './id-map.ts'
import { readUpdate } from './update.ts'

interface By {
  id: string
}

/** Who is known to have written an id, and who brought it when that was somebody else. */
interface Authors {
  clients: Map<number, string>
  carried: IdMap<By>
  names: Map<string, { id: string; name: string }>
}

/** Every field of the story, in page order, with the people who wrote it; null when there is no such story. */
export async function readAuthors(store: Store, storyId: string): Promise<AuthoredField[] | null> {
  const { db } = store
  const found = await store.read(async (trx) => {
    const history = await readHistory(trx, storyId)
    return history === null ? null : { history, ...(await readClaims(trx, storyId, history.rows)) }
  })
  if (found === null) return null
  const { history, clients, carried } = found
  const ids = [...new Set([...clients.values(), ...[...carried.entries()].map(({ value }) => value.id)])]
  const people =
    ids.length === 0 ? [] : await db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute()
  const authors: Authors = { clients, carried, names: new Map(people.map((person) => [person.id, person])) }
  const doc = buildDoc(history)
  return fieldsInPageOrder(figureIds(doc)).map((field) => ({
    field,
    paragraphs: [...textBlocks(fieldFragment(doc, field))].map((texts) => runsOf(texts, authors)),
  }))
}

async function readClaims(
  trx: Kysely<Database>,
  storyId: string,
  rows: readonly LoggedUpdate[],
): Promise<Pick<Authors, 'clients' | 'carried'>> {
  const clients = new Map<number, string>()
  for (const { client, person_id } of await trx
    .selectFrom('clients')
    .select(['client', 'person_id'])
    .where('story_id', '=', storyId)
    .execute()) {
    clients.set(client, person_id)
  }
  // What the server itself wrote, in somebody's name, was claimed by nobody.
  for (const { person_id, bytes } of rows) {
    if (person_id === null) continue
    for (const { client } of readUpdate(bytes).inserted) if (!clients.has(client)) clients.set(client, person_id)
  }
  const carried = new IdMap<By>((a, b) => a.id === b.id)
  for (const { client, clock, length, person_id } of await trx
    .selectFrom('carried')
    .select(['client', 'clock', 'length', 'person_id'])
    .where('story_id', '=', storyId)
    .execute()) {
    carried.add({ client, clock, length }, { id: person_id })
  }
  return { clients, carried }
}

/** The texts of each paragraph, in their order. */
function* textBlocks(parent: Y.XmlFragment): Generator<Y.XmlText[]> {
  const children = parent.toArray()
  const texts = children.filter((child) => child instanceof Y.XmlText)
  if (texts.length > 0) yield texts
  for (const child of children) if (child instanceof Y.XmlElement) yield* textBlocks(child)
}

function runsOf(texts: readonly Y.XmlText[], authors: Authors): AuthoredRun[] {
  const runs: AuthoredRun[] = []
  for (const text of texts) {
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue
      for (const run of split(
        item.content.str,
        { client: item.id.client, clock: item.id.clock, length: item.length },
        authors,
      )) {
        const last = runs.at(-1)
        if (last?.by?.id === run.by?.id && last?.broughtBy?.id === run.broughtBy?.id && last !== undefined) {
          last.text += run.text
        } else {
          runs.push(run)
        }
      }
    }
  }
  return runs
}

/** Text under consecutive ids, cut where another began to bring it. */
function split(text: string, range: IdRange, { clients, carried, names }: Authors): AuthoredRun[] {
  const by = names.get(clients.get(range.client) ?? '') ?? null
  return carried.pieces(range).map(({ clock, length, value }) => ({
    text: text.slice(clock - range.clock, clock - range.clock + length),
    by,
    broughtBy: value === undefined || value.id === by?.id ? null : (names.get(value.id) ?? null),
  }))
}
