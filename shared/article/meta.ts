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

/** Returns a figure's picture as stored in the document; null if the value is not a picture. */
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

/** Returns a story's meta as stored in the document. A value of the wrong type is dropped; the others stay. */
export function parseMeta(values: Record<string, unknown>): StoryMeta {
  const entries = Object.entries(metaSchemas).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(values[key])
    return parsed.success ? [[key, parsed.data] as const] : []
  })
  return Object.fromEntries(entries)
}
