import { z } from 'zod'
import type { Picture, StoryMeta } from './article.ts'

const pictureSchema = z.object({
  mediaId: z.string().min(1),
  type: z.string(),
  width: z.number().positive(),
  height: z.number().positive(),
  name: z.string(),
  alt: z.string(),
})

/** A figure's picture as the document holds it; null for anything that is no picture. */
export function parsePicture(value: unknown): Picture | null {
  return pictureSchema.safeParse(value).data ?? null
}

const text = z.string().min(1)
const metaSchemas = {
  slug: text,
  section: text,
  keywords: z.array(text).min(1),
  subjects: z.array(text).min(1),
  urgency: z.number().int().min(1).max(9),
  language: text,
  genre: text,
  place: text,
  datelineDate: z.iso.date(),
  rights: z.object({ holder: text.exactOptional(), notice: text.exactOptional(), usage: text.exactOptional() }),
  related: z.array(z.object({ uri: text, title: text })).min(1),
  targetLength: z.number().int().positive(),
} satisfies { [Key in keyof Required<StoryMeta>]: z.ZodType<StoryMeta[Key]> }

/** A story's meta as the document holds it. One value of the wrong type costs that value and no other. */
export function parseMeta(values: Record<string, unknown>): StoryMeta {
  const entries = Object.entries(metaSchemas).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(values[key])
    return parsed.success ? [[key, parsed.data] as const] : []
  })
  return Object.fromEntries(entries)
}
