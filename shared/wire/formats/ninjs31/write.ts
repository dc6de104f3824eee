/**
 * ninjs 3.1, IPTC's "News in JSON" (http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json).
 *
 * Where the standard leaves it to the provider:
 * - `bodies`: role `main` is the text with its markup (XHTML fragment), role `plain` the words alone, paragraphs on
 *   lines of their own.
 * - `descriptions`: role `standfirst` is the story's standfirst; in a picture's association, role `caption` and `alt`.
 * - `associations`: one per picture, in page order. The schema wants absolute URIs as `href`, and a picture that is
 *   dropped beside its item has none: its file name is the `altIds` entry of role `file` and the rendition's title.
 * - `subjects`: `rel` tells apart Media Topics (`about`), keywords (`keyword`) and the section (`section`).
 */
import { plainText } from '../../../article/text.ts'
import type { WireFormat, WireItem, WirePicture } from '../../item.ts'
import { blocksMarkup } from '../markup.ts'

const SCHEMA = 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#'
const MEDIA_TOPICS = 'http://cv.iptc.org/newscodes/mediatopic/'

export const ninjs31: WireFormat = {
  name: 'ninjs31',
  label: 'ninjs 3.1',
  write: (item) => ({
    extension: 'ninjs.json',
    contentType: 'application/json',
    text: `${JSON.stringify(newsObject(item), null, 2)}\n`,
  }),
}

function newsObject(item: WireItem): object {
  const plain = plainText(item.body)
  return {
    standard: { name: 'ninjs', version: '3.1', schema: SCHEMA },
    uri: item.uri,
    type: 'text',
    representationType: 'full',
    profile: item.pictures.length === 0 ? 'text' : 'text-picture',
    version: String(item.version),
    firstCreated: item.firstPublished,
    versionCreated: item.versionCreated,
    pubStatus: 'usable',
    ...(item.urgency === undefined ? {} : { urgency: item.urgency }),
    language: item.language,
    slugline: item.slug,
    headlines: [{ role: 'main', contentType: 'text/plain', value: item.headline }],
    ...list('descriptions', texts({ standfirst: item.standfirst })),
    ...(item.byline === '' ? {} : { by: item.byline }),
    ...(item.dateline === '' ? {} : { located: item.dateline }),
    bodies: [
      {
        role: 'main',
        contentType: 'application/xhtml+xml',
        wordCount: item.words,
        charCount: plain.length,
        value: blocksMarkup(item.body),
      },
      { role: 'plain', contentType: 'text/plain', wordCount: item.words, charCount: plain.length, value: plain },
    ],
    ...list(
      'associations',
      item.pictures.map((picture) => association(picture, item)),
    ),
    ...list('subjects', subjects(item)),
    infoSources: [{ name: item.provider, role: 'provider' }],
  }
}

function association(picture: WirePicture, item: WireItem): object {
  const { width, height, type: contentType, href: file } = picture
  return {
    name: file,
    rel: 'picture',
    uri: `urn:uuid:${picture.mediaId}`,
    type: 'picture',
    pubStatus: 'usable',
    language: item.language,
    ...list('descriptions', texts({ caption: picture.caption, alt: picture.alt })),
    ...(picture.credit === '' ? {} : { by: picture.credit }),
    altIds: [{ role: 'file', value: file }],
    renditions: [{ name: 'original', title: file, contentType, width, height }],
  }
}

function subjects({ subjects, keywords, section }: WireItem): object[] {
  const topics = subjects.map((code) =>
    code.startsWith('medtop:')
      ? { rel: 'about', uri: MEDIA_TOPICS + encodeURIComponent(code.slice('medtop:'.length)) }
      : { rel: 'about', literal: code },
  )
  return [
    ...topics,
    ...keywords.map((name) => ({ rel: 'keyword', name })),
    ...(section === undefined ? [] : [{ rel: 'section', name: section }]),
  ]
}

/** The texts that are there, by role. */
function texts(byRole: Record<string, string>): object[] {
  return Object.entries(byRole)
    .filter(([, value]) => value !== '')
    .map(([role, value]) => ({ role, contentType: 'text/plain', value }))
}

/** A property that is there only when its list has something in it. */
function list(name: string, values: object[]): Record<string, object[]> {
  return values.length === 0 ? {} : { [name]: values }
}
