/** Makes stories of incoming items, and sets unwanted items aside. */
import type { IntakeItem } from '#shared/protocol/http.ts'
import type { Person, Story } from '#shared/story/story.ts'
import type { ReadItem } from '#shared/wire/reading/read-item.ts'
import type { NewsroomEvent, Outcome } from '../../newsroom-event.ts'
import { refuse } from '../../refusal.ts'
import { claimFor } from '../../relay/claims.ts'
import { LogWriter } from '../../relay/log.ts'
import { readLanguage } from '../../settings.ts'
import type { Store } from '../../store/store.ts'
import { record } from '../../story/audit.ts'
import { listDesks } from '../../story/desks.ts'
import { createStory, findStory, getStory } from '../../story/stories.ts'
import type { DocumentReader } from './document-reader.ts'
import { getIntakeRow, readItemText, toIntakeItem } from './intake-items.ts'
import { slugFor } from './item-changes.ts'

export interface Taking {
  store: Store
  reader: Pick<DocumentReader, 'write'>
}

/**
 * Makes a story of an item under this id, as if the person had written it. If one was made already, returns that. Work
 * left half done by a crash is completed on the next request.
 */
export async function takeItem(
  { store, reader }: Taking,
  id: string,
  { storyId, deskId }: { storyId: string; deskId?: string | undefined },
  person: Person,
): Promise<Outcome<{ story: Story; created: boolean }>> {
  const { db } = store
  const row = await getIntakeRow(db, id)
  if (row.status === 'quarantined') throw refuse('intake-item-quarantined')
  const { numUpdatedRows } = await db
    .updateTable('intake')
    .set({ status: 'taken', story_id: storyId, person_id: person.id })
    .where('id', '=', id)
    .where('status', 'in', ['new', 'discarded'])
    .executeTakeFirstOrThrow()
  const taken = await getIntakeRow(db, id)
  const made = taken.story_id ?? storyId
  const mine = numUpdatedRows === 1n || taken.person_id === person.id
  const events = mine
    ? await makeStory({ store, reader }, made, deskId ?? row.source_desk, await readItemText(db, id), person)
    : []
  const story = mine ? await getStory(db, made) : await findStory(db, made)
  if (story === null) throw refuse('intake-item-in-use')
  const created = numUpdatedRows === 1n
  if (created) {
    await record(db, { personId: person.id, action: 'intake-taken', storyId: made, detail: { item: id } })
  }
  if (created) events.push({ type: 'intake-taken', storyId: made, itemId: id, by: person.id, at: Date.now() })
  return { story, created, events }
}

async function makeStory(
  { store, reader }: Taking,
  storyId: string,
  deskId: string | null,
  text: string,
  person: Person,
): Promise<NewsroomEvent[]> {
  const { db } = store
  const item = JSON.parse(text) as ReadItem
  const desk = deskId ?? (await listDesks(db))[0]?.id
  if (desk === undefined) throw refuse('no-desk')
  const language = item.language ?? (await readLanguage(db))
  const { events } = await createStory(db, storyId, { slug: slugFor(item), deskId: desk, language }, person)
  const written = await db.selectFrom('log').select('seq').where('story_id', '=', storyId).executeTakeFirst()
  if (written !== undefined) return events
  const changes = await reader.write(text, person.id)
  await claimFor(store, storyId, person.id, changes)
  await new LogWriter(store).append(storyId, person.id, changes)
  return events
}

/** Sets an item aside. It can still be taken. */
export async function discardItem(
  { db }: Store,
  id: string,
  person: Person,
  reason: string | undefined,
): Promise<Outcome<{ item: IntakeItem }>> {
  await getIntakeRow(db, id)
  const { numUpdatedRows } = await db
    .updateTable('intake')
    .set({ status: 'discarded', reason: reason ?? null, person_id: person.id })
    .where('id', '=', id)
    .where('status', 'in', ['new', 'quarantined'])
    .executeTakeFirstOrThrow()
  const row = await getIntakeRow(db, id)
  if (numUpdatedRows === 0n && row.status === 'taken') throw refuse('intake-item-used')
  await record(db, { personId: person.id, action: 'intake-discarded', detail: { item: id } })
  return {
    item: toIntakeItem(row),
    events: [{ type: 'intake-discarded', itemId: id, by: person.id, at: Date.now() }],
  }
}
