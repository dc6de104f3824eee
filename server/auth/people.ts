/** The people of the newsroom. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Person, personSchema } from '#shared/story/story.ts'
import type { Role } from '#shared/story/workflow.ts'
import type { Database, Row } from '../store/schema.ts'
import { hashPassword } from './passwords.ts'

/** Returns an e-mail address as it is stored and compared. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

export function toPerson(row: Pick<Row<'people'>, 'id' | 'name' | 'email' | 'role'>): Person {
  return personSchema.parse({ id: row.id, name: row.name, email: row.email, role: row.role })
}

export interface NewPerson {
  id?: string
  name: string
  email: string
  role: Role
  password: string
}

/** Another person has this e-mail address. */
export class EmailTakenError extends Error {}

/** Adds a person. Throws an {@link EmailTakenError}. */
export async function addPerson(db: Kysely<Database>, person: NewPerson): Promise<Person> {
  const row = {
    id: person.id ?? randomUUID(),
    name: person.name,
    email: emailKey(person.email),
    role: person.role,
    password_hash: await hashPassword(person.password),
    created_at: Date.now(),
  }
  const taken = await db.selectFrom('people').select('id').where('email', '=', row.email).executeTakeFirst()
  if (taken !== undefined) throw new EmailTakenError(`There is already a person with the e-mail address ${row.email}.`)
  await db.insertInto('people').values(row).execute()
  return toPerson(row)
}

/** Resolves to everyone, sorted by name. */
export async function listPeople(db: Kysely<Database>): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name', 'email', 'role'])
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(toPerson)
}

export async function findPersonByEmail(db: Kysely<Database>, email: string): Promise<Row<'people'> | undefined> {
  return db
    .selectFrom('people')
    .selectAll()
    .where('email', '=', emailKey(email))
    .where('removed_at', 'is', null)
    .executeTakeFirst()
}

/**
 * Removes a person from the newsroom: they cannot sign in, their sessions end, and their e-mail address can be used again.
 * What they wrote and did stays under their name.
 */
export async function removePerson(db: Kysely<Database>, person: Person): Promise<void> {
  await endSessions(db, person)
  await db
    .updateTable('people')
    .set({ removed_at: Date.now(), email: `${person.id}@removed.invalid`, password_hash: '' })
    .where('id', '=', person.id)
    .execute()
}

/** Changes a person's role. Their open apps reconnect with it. */
export async function setRole(db: Kysely<Database>, person: Person, role: Role): Promise<void> {
  await db.updateTable('people').set({ role }).where('id', '=', person.id).execute()
}

/** Changes a person's password, and ends every session opened with the old one. */
export async function setPassword(db: Kysely<Database>, person: Person, passwordHash: string): Promise<void> {
  await endSessions(db, person)
  await db.updateTable('people').set({ password_hash: passwordHash }).where('id', '=', person.id).execute()
}

async function endSessions(db: Kysely<Database>, person: Person): Promise<void> {
  await db.deleteFrom('sessions').where('person_id', '=', person.id).execute()
}
