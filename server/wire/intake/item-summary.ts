/**
 * What lists, live events and comparisons need of an item. It is stored beside the item, since an item may be long and
 * a list has hundreds.
 */
import { z } from 'zod'
import { countWords, plainText } from '#shared/article/text.ts'
import { WIRE_KINDS } from '#shared/wire/item.ts'
import type { ReadItem } from '#shared/wire/reading/read-item.ts'

const LONGEST_LINE = 500
const LONGEST_NOTE = 5_000

export const itemSummarySchema = z.object({
  kind: z.enum(WIRE_KINDS).optional(),
  version: z.number().int().optional(),
  versionCreated: z.string().optional(),
  edNote: z.string().optional(),
  embargo: z.string().optional(),
  withheld: z.boolean().optional(),
  headline: z.string(),
  byline: z.string().optional(),
  language: z.string().optional(),
  urgency: z.number().int().optional(),
  words: z.number().int(),
})
export type ItemSummary = z.infer<typeof itemSummarySchema>

/** Throws for values that no item of Galley can have. */
export function summaryOf(item: ReadItem): ItemSummary {
  const summary: Partial<Record<keyof ItemSummary, unknown>> = {
    ...item,
    headline: cut(item.headline, LONGEST_LINE),
    byline: cut(item.byline, LONGEST_LINE),
    edNote: cut(item.edNote, LONGEST_NOTE),
    language: cut(item.language, LONGEST_LINE),
    embargo: cut(item.embargo, LONGEST_LINE),
    versionCreated: cut(item.versionCreated, LONGEST_LINE),
    words: countWords(plainText(item.body)),
  }
  return itemSummarySchema.parse(summary)
}

function cut(text: string | undefined, most: number): string | undefined {
  return text !== undefined && text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
}
