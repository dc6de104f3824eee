import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { ROUTES } from '#shared/protocol/routes.ts'
import { listPeople } from '../auth/people.ts'
import { readFacts } from '../settings.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** Public: the name of this newsroom, and whether it is healthy. */
export function newsroomRoutes(app: FastifyInstance, { db, settings }: Services): void {
  serve(app, ROUTES.newsroom, async () => {
    const people = settings.demo ? await listPeople(db) : []
    return {
      ...(await readFacts(db, settings)),
      people: people.map((person) => ({ name: person.name, email: person.email, role: person.role })),
    }
  })

  serve(app, ROUTES.health, async () => {
    await sql`select 1`.execute(db)
    return { ok: true } as const
  })
}
