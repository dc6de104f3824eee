/** Checks pictures by decoding them, whatever their name or type says. */
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { PictureType } from '#shared/wire/picture-file.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** Pictures of cameras and agencies are below both limits. A small file that unpacks to more is an attack. */
export const MOST_BYTES = 50 * 1024 * 1024
export const MOST_PIXELS = 100_000_000

export interface MeasuredPicture {
  /** A MIME type that every browser shows. */
  type: PictureType
  /** In pixels, as shown, with the EXIF orientation applied. */
  width: number
  height: number
}

/** Measures a picture. Refuses files that are not pictures, damaged ones, types that browsers do not show, and large ones. */
export async function measurePicture(bytes: Uint8Array): Promise<MeasuredPicture> {
  let picture: Sharp
  let metadata: Metadata
  try {
    picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    metadata = await picture.metadata()
  } catch (error) {
    if (String(error).includes('pixel limit')) throw tooManyPixels()
    throw refuse('not-a-picture')
  }
  const type = typeOf(metadata)
  if (type === null) throw refuse('picture-format', { format: metadata.format.toUpperCase() })
  const { width, height } = metadata.autoOrient
  if (width * height > MOST_PIXELS) throw tooManyPixels()
  try {
    // Decodes the whole picture, so that a truncated transfer is found now and not by a reader.
    await picture.resize(64, 64, { fit: 'inside' }).raw().toBuffer()
  } catch {
    throw refuse('picture-damaged')
  }
  return { type, width, height }
}

function typeOf({ format, compression }: Metadata): PictureType | null {
  switch (format) {
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'gif':
      return `image/${format}`
    case 'heif':
      return compression === 'av1' ? 'image/avif' : null
    default:
      return null
  }
}

function tooManyPixels(): Refusal {
  return refuse('picture-too-large', { megapixels: MOST_PIXELS / 1_000_000 })
}
