/** The audit log: who did what to which story, and when. Entries are never changed or deleted. */
import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'

export interface AuditEntry {
  /** Null for the server's own actions and for refused sign-ins. */
  personId: string | null
  action:
    | 'newsroom-created'
    | 'newsroom-restored'
    | 'person-added'
    | 'person-removed'
    | 'password-set'
    | 'password-changed'
    | 'signed-out-everywhere'
    | 'role-set'
    | 'language-set'
    | 'sign-in'
    | 'sign-in-refused'
    | 'story-created'
    | 'story-moved'
    | 'story-published'
    | 'source-terms-lifted'
    | 'story-killed'
    | 'story-resent'
    | 'story-scheduled'
    | 'schedule-cancelled'
    | 'schedule-failed'
    | 'delivery-retried'
    | 'delivery-skipped'
    | 'destination-saved'
    | 'destination-removed'
    | 'destination-tested'
    | 'intake-source-saved'
    | 'intake-source-removed'
    | 'intake-taken'
    | 'intake-discarded'
  storyId?: string
  detail?: Record<string, string | number>
}

/** Writes an entry. Pass the transaction of the action itself, if it has one. */
export async function record(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      at: Date.now(),
      person_id: entry.personId,
      action: entry.action,
      story_id: entry.storyId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute()
}
