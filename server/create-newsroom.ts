/** Creates a newsroom in an empty database: settings, first people and desks, and destinations. */
import type { Kysely } from 'kysely'
import { addPerson, type NewPerson } from './auth/people.ts'
import { readSettings, setLanguage, writeNewSettings } from './settings.ts'
import { lock } from './store/locks.ts'
import type { Database } from './store/schema.ts'
import { record } from './story/audit.ts'
import { addDesks } from './story/desks.ts'
import { addDefaultDestinations } from './wire/destinations/defaults.ts'

export interface NewNewsroom {
  name: string
  demo: boolean
  /** A BCP 47 tag; English by default. */
  language?: string | undefined
  people: readonly NewPerson[]
  desks: readonly { id?: string; name: string }[]
}

/** The first desks of a real newsroom. */
export const FIRST_DESKS = [{ name: 'World' }, { name: 'Sport' }, { name: 'Wire' }]

/** Creates all of it or nothing. Throws when there is a newsroom already. */
export async function createNewsroom(db: Kysely<Database>, newsroom: NewNewsroom): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lock(tx, 'newsroom')
    const there = await readSettings(tx)
    if (there !== null) throw new Error(`There is already a newsroom in this data folder: ${there.name}`)
    await writeNewSettings(tx, newsroom)
    if (newsroom.language !== undefined) await setLanguage(tx, newsroom.language)
    for (const person of newsroom.people) await addPerson(tx, person)
    await addDesks(tx, newsroom.desks)
    await addDefaultDestinations(tx)
    await record(tx, { personId: null, action: 'newsroom-created', detail: { name: newsroom.name } })
  })
}
