/** Moves stories from stage to stage. */
import type { Kysely } from 'kysely'
import type { Person, Story } from '#shared/story/story.ts'
import { type Move, MOVES, movesFrom, type Stage } from '#shared/story/workflow.ts'
import type { NewsroomEvent, Outcome } from '../newsroom-event.ts'
import { refuse } from '../refusal.ts'
import { lock, storyLock } from '../store/locks.ts'
import type { Database } from '../store/schema.ts'
import { record } from './audit.ts'
import { getStory } from './stories.ts'

/** What else a move changes, in its transaction. `story` is the story before the move. */
export type OnMove = (
  trx: Kysely<Database>,
  move: { story: Story; to: Stage; person: Person },
) => Promise<NewsroomEvent[]>

/** Makes a move. Refuses one that does not start from the story's stage, or that this person may not make. */
export type MoveStory = (id: string, name: Move['name'], person: Person) => Promise<Outcome<{ story: Story }>>

/** `onMove` is how other parts of the server take part in a move: stories know nothing of them. */
export function createMoves(db: Kysely<Database>, onMove: OnMove): MoveStory {
  return async (id, name, person) => {
    const events = await db.transaction().execute(async (trx): Promise<NewsroomEvent[]> => {
      await lock(trx, storyLock(id))
      const story = await getStory(trx, id)
      const move = MOVES.find((each) => each.name === name && each.from.includes(story.stage))
      if (move === undefined) throw refuse('story-moved', { stage: story.stage })
      if (!movesFrom(story.stage, person.role).includes(move)) throw refuse('move-not-allowed')
      await setStage(trx, story, move.to, person)
      const moved = { type: 'story-moved' as const, storyId: id, by: person.id, at: Date.now() }
      return [moved, ...(await onMove(trx, { story, to: move.to, person }))]
    })
    return { story: await getStory(db, id), events }
  }
}

/** Sets a story's stage and writes the audit entry. The caller has checked that the person may do this. */
export async function setStage(db: Kysely<Database>, story: Story, to: Stage, person: Person): Promise<void> {
  await db.updateTable('stories').set({ stage: to, changed_at: Date.now() }).where('id', '=', story.id).execute()
  await record(db, {
    personId: person.id,
    action: 'story-moved',
    storyId: story.id,
    detail: { from: story.stage, to },
  })
}
