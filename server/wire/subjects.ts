/**
 * The subjects that a story can have. The top of IPTC's Media Topics is Galley's own; the whole vocabulary, which no
 * package carries, is loaded by `npm run admin -- import-subjects`.
 */
import type { Kysely } from 'kysely'
import type { BroaderTopics } from '#shared/wire/routing.ts'
import type { SubjectTerm } from '#shared/wire/subjects/subject-term.ts'
import { TOP_LEVEL_SUBJECTS } from '#shared/wire/subjects/top-level.ts'
import { createVocabulary } from '#shared/wire/subjects/vocabulary.ts'
import type { Database } from '../store/schema.ts'

const ROWS_PER_INSERT = 200

/** All of them, in no order. */
export async function listSubjects(db: Kysely<Database>): Promise<readonly SubjectTerm[]> {
  const rows = await db.selectFrom('subjects').select('term').orderBy('code').execute()
  return rows.length === 0 ? TOP_LEVEL_SUBJECTS : rows.map(({ term }) => JSON.parse(term) as SubjectTerm)
}

/** Loads a vocabulary in the place of the one that there was. */
export async function importSubjects(db: Kysely<Database>, terms: readonly SubjectTerm[]): Promise<void> {
  const rows = terms.map((term) => ({ code: term.code, term: JSON.stringify(term) }))
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('subjects').execute()
    for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
      await trx
        .insertInto('subjects')
        .values(rows.slice(at, at + ROWS_PER_INSERT))
        .execute()
    }
  })
}

/** What is broader than a subject, in the vocabulary as it is now. */
export async function broaderTopics(db: Kysely<Database>): Promise<BroaderTopics> {
  const vocabulary = createVocabulary(await listSubjects(db))
  return (code) => vocabulary.above(code).map((term) => term.code)
}
