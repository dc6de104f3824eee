/**
 * The story for machines: schema.org's NewsArticle (https://schema.org/NewsArticle) in JSON-LD. A correction is a
 * `CorrectionComment`. An item that must not be used has a `creativeWorkStatus`.
 */
import { plainText } from '../../../article/text.ts'
import { codeUri, localCode } from '../../codes.ts'
import type { WireItem, WirePicture } from '../../item.ts'
import { wireText } from '../../wire-text.ts'
import { embargoAhead, pubStatus, readersNote } from '../outgoing.ts'

export function newsArticle(item: WireItem): object {
  const note = readersNote(item)
  const { rights = {} } = item
  const publisher = { '@type': 'NewsMediaOrganization', name: item.provider }
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': item.uri,
    headline: item.headline,
    ...(item.standfirst === '' ? {} : { description: item.standfirst }),
    ...(item.kind === 'kill' ? {} : { articleBody: plainText(item.body), wordCount: item.words }),
    ...workStatus(item),
    inLanguage: item.language,
    datePublished: item.firstPublished,
    dateModified: item.versionCreated,
    version: item.version,
    author: item.byline === '' ? publisher : { '@type': 'Person', name: item.byline.replace(/^by\s+/i, '') },
    publisher,
    ...(note === undefined
      ? {}
      : { correction: { '@type': 'CorrectionComment', text: note, datePublished: item.versionCreated } }),
    ...(item.section === undefined ? {} : { articleSection: item.section }),
    ...(item.keywords.length === 0 ? {} : { keywords: item.keywords }),
    ...list('about', item.subjects.map(topic)),
    ...(item.genre === undefined ? {} : { genre: codeUri('genre', item.genre) ?? item.genre }),
    ...(item.dateline === '' ? {} : { dateline: item.dateline }),
    ...(item.place === undefined ? {} : { locationCreated: { '@type': 'Place', name: item.place } }),
    ...(item.datelineDate === undefined ? {} : { dateCreated: item.datelineDate }),
    ...(rights.holder === undefined ? {} : { copyrightHolder: { '@type': 'Organization', name: rights.holder } }),
    ...(rights.notice === undefined ? {} : { copyrightNotice: rights.notice }),
    ...(rights.usage === undefined ? {} : { usageInfo: { '@type': 'CreativeWork', text: rights.usage } }),
    ...list('image', item.pictures.map(imageObject)),
  }
}

function workStatus(item: WireItem): object {
  const status = pubStatus(item)
  if (status === 'canceled') return { creativeWorkStatus: 'Withdrawn' }
  if (status === 'withheld') return { creativeWorkStatus: 'Withheld' }
  const embargo = embargoAhead(item)
  return embargo === undefined ? {} : { creativeWorkStatus: `Embargoed until ${embargo}` }
}

function topic(code: string): object {
  const [uri, termCode] = [codeUri('medtop', code), localCode('medtop', code)]
  return uri === null || termCode === null
    ? { '@type': 'Thing', name: code }
    : { '@type': 'DefinedTerm', '@id': uri, termCode }
}

/** Returns a property, or nothing for an empty list. */
function list(name: string, values: object[]): Record<string, object[]> {
  return values.length === 0 ? {} : { [name]: values }
}

function imageObject({ href, width, height, type, alt, caption, credit }: WirePicture): object {
  return {
    '@type': 'ImageObject',
    contentUrl: href,
    encodingFormat: type,
    width,
    height,
    ...(alt === '' ? {} : { description: alt }),
    ...(caption === '' ? {} : { caption }),
    ...(credit === '' ? {} : { creditText: credit }),
  }
}

/**
 * Returns JSON that is safe inside a script element: without `<`, so that neither `</script>` nor `<!--` can occur, and
 * without characters that pages cannot hold.
 */
export function jsonForScript(value: object): string {
  const clean = (_key: string, each: unknown): unknown => (typeof each === 'string' ? wireText(each) : each)
  return JSON.stringify(value, clean).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
