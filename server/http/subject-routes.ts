import type { FastifyInstance } from 'fastify'
import { ROUTES } from '#shared/protocol/routes.ts'
import { listSubjects } from '../wire/subjects.ts'
import { serve } from './serve.ts'
import type { Services } from './services.ts'

/** The subjects of stories. The list is long and seldom changes, so it is tagged. */
export function subjectRoutes(app: FastifyInstance, { db }: Services): void {
  serve(app, ROUTES.subjects, async () => [...(await listSubjects(db))])
}
