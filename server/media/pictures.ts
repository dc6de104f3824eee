/**
 * Decodes pictures, whatever their name or type says: measures them, and makes what leaves the newsroom. Runs in a process
 * of its own (`picture-process.ts`), since decoders are large, written in C, and fed by strangers.
 */
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { PictureType } from '#shared/wire/picture-file.ts'
import { refuse } from '../refusal.ts'
import { MOST_AVIF_PIXELS, MOST_PIXELS } from './picture-limits.ts'
import { readRights, writeRights } from './picture-rights.ts'

export interface MeasuredPicture {
  /** A MIME type that every browser shows. */
  type: PictureType
  /** In pixels, as shown, with the EXIF orientation applied. */
  width: number
  height: number
}

/** A picture that was checked, and its rendition. */
export interface PreparedPicture {
  measured: MeasuredPicture
  /**
   * The picture for the outside: of the same type and size, upright, in sRGB, and decoded and encoded again, so that
   * nothing of the file is in it but its pixels and its IPTC rights and credit.
   */
  rendition: Buffer
}

/** Refuses files that are not pictures, damaged ones, types that browsers do not show, and large ones. */
export async function preparePicture(bytes: Buffer, mostPixels = MOST_PIXELS): Promise<PreparedPicture> {
  const { metadata, type } = await readHeader(bytes)
  const { width, height } = metadata.autoOrient
  const frames = metadata.pages ?? 1
  const isAnimated = frames > 1 && (type === 'image/gif' || type === 'image/webp')
  const most = type === 'image/avif' ? MOST_AVIF_PIXELS : mostPixels
  if (width * height * (isAnimated ? frames : 1) > most) throw tooManyPixels(most)
  const picture = sharp(bytes, { limitInputPixels: most, failOn: 'error', animated: isAnimated })
  try {
    // Decodes the whole picture, so that a truncated transfer is found now and not by a reader.
    const upright = isAnimated ? picture : picture.autoOrient()
    const rendition = await encode(await withRights(upright, bytes, metadata), type).toBuffer()
    return { measured: { type, width, height }, rendition }
  } catch {
    throw refuse('picture-damaged')
  }
}

async function readHeader(bytes: Buffer): Promise<{ metadata: Metadata; type: PictureType }> {
  let metadata: Metadata
  try {
    metadata = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).metadata()
  } catch (error) {
    if (String(error).includes('pixel limit')) throw tooManyPixels(MOST_PIXELS)
    throw refuse('not-a-picture')
  }
  const type = typeOf(metadata)
  if (type === null) throw refuse('picture-format', { format: metadata.format.toUpperCase() })
  return { metadata, type }
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

function tooManyPixels(most: number): Error {
  return refuse('picture-too-large', { megapixels: most / 1_000_000 })
}

/** Sharp writes none of the file's metadata by itself. GIF has no place for any. */
async function withRights(picture: Sharp, bytes: Buffer, metadata: Metadata): Promise<Sharp> {
  const rights = await readRights(bytes, metadata)
  return rights === null || metadata.format === 'gif' ? picture : picture.withXmp(writeRights(rights))
}

function encode(picture: Sharp, type: PictureType): Sharp {
  switch (type) {
    case 'image/jpeg':
      return picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    case 'image/png':
      return picture.png()
    case 'image/webp':
      return picture.webp({ quality: 92, effort: 2 })
    case 'image/gif':
      return picture.gif({ effort: 3 })
    case 'image/avif':
      return picture.avif({ quality: 70, effort: 0 })
  }
}
