/**
 * Writes NewsML-G2 2.35: a newsItem at power conformance (http://iptc.org/std/nar/2006-10-01/).
 *
 * The story is an NITF body as `inlineXML`, as in IPTC's own text examples (listings 1, 2 and 25 of the guidelines),
 * not XHTML. NITF has a schema to validate against, and elements for what XHTML would hide in classes (byline,
 * dateline, standfirst, pictures with their credits). A kill has no `contentSet`.
 *
 * Where the standard leaves the choice to the provider: the section is a `memberOf`, which has a name but no code.
 * `links` lead to the pictures (by file name, delivered next to the item) and to related items. Several members of a
 * `contentSet` would be alternatives of the same content, so pictures cannot be in it beside the text.
 */
import { plainText } from '../../../article/text.ts'
import { localCode, type Vocabulary } from '../../codes.ts'
import type { RelatedItem, WireItem, WirePicture, WireRights } from '../../item.ts'
import { wireLine } from '../../wire-text.ts'
import { absoluteUri, isLanguageTag } from '../addresses.ts'
import { NITF_NAMESPACE, nitfBody } from '../nitf36/body.ts'
import { pubStatus } from '../outgoing.ts'
import { wireFormat } from '../wire-format.ts'
import { type Attributes, element, inlineElement, xmlDocument, type XmlElement } from '../xml.ts'

const NAMESPACE = 'http://iptc.org/std/nar/2006-10-01/'
/** Defines the prefixes of all codes used here (`ninat`, `stat`, `sig`, `medtop`, `genre`, `cpnat`, `drol`, `irel`). */
const CATALOG = 'http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml'
const SEE_ALSO = 'irel:seeAlso'

export const newsMlG2 = wireFormat({
  name: 'newsmlg2',
  label: 'NewsML-G2 2.35',
  extension: 'newsml.xml',
  contentType: 'application/vnd.iptc.g2.newsitem+xml',
  text: (item) => xmlDocument(newsItem(item)),
})

function newsItem(item: WireItem): XmlElement {
  const attributes = {
    xmlns: NAMESPACE,
    guid: item.uri,
    version: item.version,
    standard: 'NewsML-G2',
    standardversion: '2.35',
    conformance: 'power',
    'xml:lang': isLanguageTag(item.language) ? item.language : undefined,
  }
  return element('newsItem', attributes, [
    element('catalogRef', { href: CATALOG }),
    item.rights === undefined ? null : rightsInfo(item.rights),
    itemMeta(item),
    contentMeta(item),
    item.kind === 'kill' ? null : contentSet(item),
  ])
}

function rightsInfo({ holder, notice, usage }: WireRights): XmlElement {
  return element('rightsInfo', {}, [
    holder === undefined ? null : named('copyrightHolder', {}, holder),
    notice === undefined ? null : element('copyrightNotice', {}, notice),
    usage === undefined ? null : element('usageTerms', {}, usage),
  ])
}

function itemMeta(item: WireItem): XmlElement {
  const { kind, edNote, embargo, section } = item
  return element('itemMeta', {}, [
    element('itemClass', { qcode: 'ninat:text' }),
    named('provider', {}, item.provider),
    element('versionCreated', {}, item.versionCreated),
    element('firstCreated', {}, item.firstPublished),
    embargo === undefined ? null : element('embargoed', {}, embargo),
    element('pubStatus', { qcode: `stat:${pubStatus(item)}` }),
    edNote === undefined ? null : prose('edNote', {}, edNote),
    section === undefined ? null : named('memberOf', {}, section),
    kind === 'update' || kind === 'correction' ? element('signal', { qcode: `sig:${kind}` }) : null,
    ...item.pictures.map(pictureLink),
    ...(item.related ?? []).flatMap(relatedLink),
  ])
}

function pictureLink({ mediaId, href, type: contenttype }: WirePicture): XmlElement {
  return element('link', { rel: SEE_ALSO, residref: `urn:uuid:${mediaId}`, href, contenttype })
}

function relatedLink({ uri, title }: RelatedItem): XmlElement[] {
  const address = absoluteUri(uri)
  if (address === null) return []
  const target = address.startsWith('urn:') ? { residref: address } : { href: address }
  return [element('link', { rel: SEE_ALSO, ...target, title })]
}

function contentMeta(item: WireItem): XmlElement {
  const { urgency, datelineDate, place, genre, standfirst, byline, dateline, language } = item
  return element('contentMeta', {}, [
    urgency === undefined ? null : element('urgency', {}, String(urgency)),
    datelineDate === undefined ? null : element('contentCreated', {}, datelineDate),
    place === undefined ? null : named('located', {}, place),
    isLanguageTag(language) ? element('language', { tag: language }) : null,
    genre === undefined ? null : coded('genre', 'genre', genre, {}),
    ...item.keywords.map((keyword) => line('keyword', keyword)),
    ...item.subjects.map((code) => coded('subject', 'medtop', code, { type: 'cpnat:abstract' })),
    line('slugline', item.slug),
    element('headline', {}, item.headline),
    dateline === '' ? null : element('dateline', {}, dateline),
    byline === '' ? null : element('by', {}, byline),
    standfirst === '' ? null : prose('description', { role: 'drol:summary' }, standfirst),
  ])
}

function contentSet(item: WireItem): XmlElement {
  const attributes = {
    contenttype: 'application/nitf+xml',
    wordcount: item.words,
    charcount: plainText(item.body).length,
  }
  const nitf = element('nitf', { xmlns: NITF_NAMESPACE }, [nitfBody(item)])
  return element('contentSet', {}, [element('inlineXML', attributes, [nitf])])
}

/** Returns a text of the schema's type IntlString: one line, with plain blanks only. */
function line(name: string, words: string): XmlElement {
  return element(name, {}, wireLine(words).replaceAll('\t', ' '))
}

/** Returns a concept that has a name but no code. */
function named(name: string, attributes: Attributes, words: string): XmlElement {
  return element(name, attributes, [line('name', words)])
}

/** Returns a concept by code. A value outside the vocabulary becomes a name. */
function coded(name: string, vocabulary: Vocabulary, code: string, attributes: Attributes): XmlElement {
  if (localCode(vocabulary, code) === null) return named(name, attributes, code)
  return element(name, { ...attributes, qcode: code })
}

/** Returns text of one or more lines. */
function prose(name: string, attributes: Attributes, text: string): XmlElement {
  const lines = text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [element('br'), line]))
  return inlineElement(name, attributes, lines)
}
