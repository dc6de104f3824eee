/**
 * The desk's data about a story, beside its text. A missing value is absent, never an empty string. A new field is added
 * to the schemas here; its type and its parsing follow from them.
 */
import { z } from 'zod'

const text = z.string().min(1)
const metaSchemas = {
  slug: text,
  section: text,
  keywords: z.array(text).min(1),
  /** IPTC Media Topic codes, e.g. `medtop:11000000`. */
  subjects: z.array(text).min(1),
  /** IPTC urgency: 1 (flash) to 9 (least urgent). */
  urgency: z.number().int().min(1).max(9),
  /** A BCP 47 language tag. */
  language: text,
  /** IPTC genre code, e.g. `genre:Analysis`. */
  genre: text,
  /** The place the story is filed from. */
  place: text,
  /** The date of the dateline, `YYYY-MM-DD`. */
  datelineDate: z.iso.date(),
  /** The owner of the story and the terms of its use. */
  rights: z.object({ holder: text.exactOptional(), notice: text.exactOptional(), usage: text.exactOptional() }),
  /** Related items, by URI or web address. */
  related: z.array(z.object({ uri: text, title: text })).min(1),
  /** In words. */
  targetLength: z.number().int().positive(),
}
type MetaSchemas = typeof metaSchemas

export type StoryMeta = { [Key in keyof MetaSchemas]?: z.infer<MetaSchemas[Key]> }

export const META_KEYS = Object.keys(metaSchemas) as (keyof StoryMeta)[]

/** Returns a story's meta as stored in the document. A value of the wrong type is dropped; the others stay. */
export function parseMeta(values: Record<string, unknown>): StoryMeta {
  const entries = Object.entries(metaSchemas).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(values[key])
    return parsed.success ? [[key, parsed.data] as const] : []
  })
  return Object.fromEntries(entries)
}
