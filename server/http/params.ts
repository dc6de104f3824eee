/** The parameters in a route's path. */
import { z } from 'zod'
import type { Route } from '#shared/protocol/routes.ts'
import { idSchema } from '#shared/story/story.ts'

/** An id has one spelling only. */
export const idParamsSchema = z.object({ id: idSchema.regex(/^[^A-Z]*$/, 'is written in lower case') })

/** Returns the path in Fastify's notation, `/api/stories/:id`. */
export function urlOf({ path }: Pick<Route, 'path'>): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

/** Returns the schema of all parameters in the path. */
export function paramsSchema({ path }: Pick<Route, 'path'>): z.ZodType {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return z.object(
    Object.fromEntries(names.map((name) => [name, name === 'id' ? idParamsSchema.shape.id : z.string().max(100)])),
  )
}
