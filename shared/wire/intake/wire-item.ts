/** A read item as one that can be written again in another format. */
import { countWords, plainText } from '../../article/text.ts'
import { absoluteUri } from '../formats/addresses.ts'
import type { WireItem, WirePicture } from '../item.ts'
import { pictureFileName } from '../picture-file.ts'
import type { ReadItem, ReadPicture } from '../reading/read-item.ts'

export interface Fallbacks {
  /** The time of an item that tells none, ISO 8601. */
  time: string
  /** A UUID that is the same whenever it is made of the same words. */
  uuidOf: (words: string) => string
}

/**
 * The wire item of a read item. What a wire item must say and the document did not is said so that nobody takes it for
 * knowledge: its id is made of its words, its language is `und` (undetermined), its provider is nobody.
 */
export function wireItemOf(read: ReadItem, fallbacks: Fallbacks): WireItem {
  const item: Omit<ReadItem, 'leftOut'> & Partial<Pick<ReadItem, 'leftOut'>> = { ...read }
  delete item.leftOut
  const versionCreated = read.versionCreated ?? fallbacks.time
  return {
    ...item,
    uri:
      absoluteUri(read.uri ?? '') ??
      `urn:uuid:${fallbacks.uuidOf(read.uri ?? JSON.stringify([read.headline, read.body]))}`,
    version: read.version ?? 1,
    kind: read.kind ?? 'new',
    versionCreated,
    firstPublished: read.firstPublished ?? versionCreated,
    language: read.language ?? 'und',
    slug: read.slug ?? read.headline,
    standfirst: read.standfirst ?? '',
    byline: read.byline ?? '',
    dateline: read.dateline ?? '',
    words: countWords(plainText(read.body)),
    provider: read.provider ?? '',
    pictures: read.pictures.map((picture) => wirePicture(picture, fallbacks)),
  }
}

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
}

/** A picture of which nothing but its words is known goes by the name that its file would have. */
function wirePicture(picture: ReadPicture, { uuidOf }: Fallbacks): WirePicture {
  const { uri, href, width = 0, height = 0, alt, caption, credit } = picture
  const mediaId =
    /^urn:uuid:(.+)$/u.exec(uri ?? '')?.[1] ?? uuidOf(uri ?? href ?? JSON.stringify([alt, caption, credit]))
  const extension = /\.([a-z]{3,4})(?:[?#].*)?$/iu.exec(href ?? '')?.[1]?.toLowerCase() ?? ''
  const type = picture.type ?? TYPES[extension] ?? 'image/jpeg'
  return { mediaId, href: href ?? pictureFileName(mediaId, type), type, width, height, alt, caption, credit }
}
