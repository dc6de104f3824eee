/**
 * Writes ninjs 3.1, IPTC's "News in JSON" (http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json).
 *
 * Where the standard leaves the choice to the provider:
 * - `bodies`: role `main` is the text with markup (XHTML fragment); role `plain` is plain text, one line for each
 *   paragraph. A kill has none.
 * - `edNote` is not for publication, so the correction note for readers is repeated as the description of role
 *   `correction`. That description also tells a correction from an update.
 * - `descriptions`: role `standfirst` is the standfirst; `dateline` is the dateline if `located` is a place that the
 *   desk set. In a picture's association: roles `caption` and `alt`.
 * - `located` is the place or, without one, the dateline. A place of rel `located` marks it as the place.
 * - `associations`: one for each picture, in page order, then one of rel `related` for each related item. The schema
 *   requires an absolute URI as `href`, and a picture delivered next to its item has none: its file name is the
 *   `altIds` entry of role `file` and the title of the rendition. A related item without an absolute address is left
 *   out.
 * - `subjects`: `rel` distinguishes Media Topics (`about`), keywords (`keyword`) and the section (`section`).
 * - The date of the dateline is not carried separately: `contentCreated` requires a time of day.
 */
import { plainText } from '../../../article/text.ts'
import { codeUri } from '../../codes.ts'
import type { RelatedItem, WireItem, WirePicture } from '../../item.ts'
import { absoluteUri } from '../addresses.ts'
import { blocksMarkup } from '../markup.ts'
import { pubStatus, readersNote } from '../outgoing.ts'
import { wireFormat } from '../wire-format.ts'

export const ninjs31 = wireFormat({
  name: 'ninjs31',
  label: 'ninjs 3.1',
  extension: 'ninjs.json',
  contentType: 'application/json',
  text: (item) =>
    ninjsText({
      standard: { name: 'ninjs', version: '3.1', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#' },
      ...newsObject(item),
    }),
})

export function ninjsText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Returns all properties except `standard`, by their ninjs 3 names. */
export function newsObject(item: WireItem): object {
  const { rights = {}, edNote, place, dateline } = item
  const located = place ?? dateline
  return {
    uri: item.uri,
    type: 'text',
    representationType: 'full',
    profile: item.pictures.length === 0 ? 'text' : 'text-picture',
    version: String(item.version),
    firstCreated: item.firstPublished,
    versionCreated: item.versionCreated,
    ...(item.embargo === undefined ? {} : { embargoedUntil: item.embargo }),
    pubStatus: pubStatus(item),
    ...(item.urgency === undefined ? {} : { urgency: item.urgency }),
    ...(rights.holder === undefined ? {} : { copyrightHolder: rights.holder }),
    ...(rights.notice === undefined ? {} : { copyrightNotice: rights.notice }),
    ...(rights.usage === undefined ? {} : { usageTerms: rights.usage }),
    ...(edNote === undefined ? {} : { edNote }),
    language: item.language,
    slugline: item.slug,
    headlines: [{ role: 'main', contentType: 'text/plain', value: item.headline }],
    ...list(
      'descriptions',
      texts({
        standfirst: item.standfirst,
        correction: readersNote(item) ?? '',
        dateline: place === undefined ? '' : dateline,
      }),
    ),
    ...(item.byline === '' ? {} : { by: item.byline }),
    ...(located === '' ? {} : { located }),
    ...list('places', place === undefined ? [] : [{ rel: 'located', name: place }]),
    ...list('bodies', bodies(item)),
    ...list('associations', [
      ...item.pictures.map((picture) => association(picture, item)),
      ...(item.related ?? []).flatMap(relatedAssociation),
    ]),
    ...list('subjects', subjects(item)),
    ...list('genres', genres(item)),
    infoSources: [{ name: item.provider, role: 'provider' }],
  }
}

function bodies({ kind, body, words: wordCount }: WireItem): object[] {
  if (kind === 'kill') return []
  const plain = plainText(body)
  const counts = { wordCount, charCount: plain.length }
  return [
    { role: 'main', contentType: 'application/xhtml+xml', ...counts, value: blocksMarkup(body) },
    { role: 'plain', contentType: 'text/plain', ...counts, value: plain },
  ]
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

function relatedAssociation({ uri, title }: RelatedItem): object[] {
  const address = absoluteUri(uri)
  return address === null ? [] : [{ name: title, rel: 'related', uri: address }]
}

function subjects({ subjects, keywords, section }: WireItem): object[] {
  const topics = subjects.map((code) => {
    const uri = codeUri('medtop', code)
    return { rel: 'about', ...(uri === null ? { literal: code } : { uri }) }
  })
  return [
    ...topics,
    ...keywords.map((name) => ({ rel: 'keyword', name })),
    ...(section === undefined ? [] : [{ rel: 'section', name: section }]),
  ]
}

function genres({ genre }: WireItem): object[] {
  if (genre === undefined) return []
  const uri = codeUri('genre', genre)
  return [uri === null ? { literal: genre } : { uri }]
}

/** Returns the non-empty texts, by role. */
function texts(byRole: Record<string, string>): object[] {
  return Object.entries(byRole)
    .filter(([, value]) => value !== '')
    .map(([role, value]) => ({ role, contentType: 'text/plain', value }))
}

/** Returns a property, or nothing for an empty list. */
function list(name: string, values: object[]): Record<string, object[]> {
  return values.length === 0 ? {} : { [name]: values }
}
