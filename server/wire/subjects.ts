/**
 * The subjects of stories. The top level of IPTC's Media Topics is built in. The full vocabulary, which is not in any
 * package, is loaded by `npm run admin -- import-subjects`.
 */
import type { Kysely } from 'kysely'
import type { BroaderTopics } from '#shared/wire/routing.ts'
import type { SubjectTerm } from '#shared/wire/subjects/subject-term.ts'
import { TOP_LEVEL_SUBJECTS } from '#shared/wire/subjects/top-level.ts'
import { createVocabulary } from '#shared/wire/subjects/vocabulary.ts'
import type { Database } from '../store/schema.ts'

const ROWS_PER_INSERT = 200

/** Returns all subjects, in no particular order. */
export async function listSubjects(db: Kysely<Database>): Promise<readonly SubjectTerm[]> {
  const rows = await db.selectFrom('subjects').select('term').orderBy('code').execute()
  return rows.length === 0 ? TOP_LEVEL_SUBJECTS : rows.map(({ term }) => JSON.parse(term) as SubjectTerm)
}

/** Loads a vocabulary in place of the previous one. */
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

/** Returns a function that gives a subject's broader topics in the current vocabulary. */
export async function broaderTopics(db: Kysely<Database>): Promise<BroaderTopics> {
  const vocabulary = createVocabulary(await listSubjects(db))
  return (code) => vocabulary.above(code).map((term) => term.code)
}
