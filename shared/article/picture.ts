import { z } from 'zod'
import type { Picture } from './article.ts'

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
