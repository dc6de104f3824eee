import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Newsroom } from '#shared/protocol/http.ts'
import { listPeople } from '../auth/people.ts'
import { readFacts } from '../settings.ts'
import type { Services } from './services.ts'

/** Public: the name of this newsroom, and whether it is healthy. */
export function newsroomRoutes(app: FastifyInstance, { db, settings }: Services): void {
  app.get('/api/newsroom', async (): Promise<Newsroom> => {
    const people = settings.demo ? await listPeople(db) : []
    return {
      ...(await readFacts(db, settings)),
      people: people.map((person) => ({ name: person.name, email: person.email, role: person.role })),
    }
  })

  app.get('/api/health', async () => {
    await sql`select 1`.execute(db)
    return { ok: true }
  })
}
