import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Resolves to the number of each story's newest row, 0 where there is none. At most some thousand stories at a time. */
export async function readHeads(db: Kysely<Database>, storyIds: readonly string[]): Promise<Map<string, number>> {
  if (storyIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; seq: number }>`
    select id, coalesce(
      (select log.seq from log where log.story_id = stories.id order by log.seq desc limit 1),
      (select snapshots.seq from snapshots where snapshots.story_id = stories.id),
      0
    ) as seq
    from stories where id in (${sql.join(storyIds)})`.execute(db)
  return new Map(rows.map(({ id, seq }) => [id, seq]))
}
