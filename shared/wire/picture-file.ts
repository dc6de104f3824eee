/** The picture types that Galley stores and delivers: those that every browser shows. */
export const PICTURE_EXTENSIONS = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
} as const
export type PictureType = keyof typeof PICTURE_EXTENSIONS

/** Returns the file name under which a picture is delivered, next to the items that use it. */
export function pictureFileName(mediaId: string, type: string): string {
  const known = Object.hasOwn(PICTURE_EXTENSIONS, type)
  return `${mediaId}.${known ? PICTURE_EXTENSIONS[type as PictureType] : 'bin'}`
}
