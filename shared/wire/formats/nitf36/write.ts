/**
 * Writes NITF 3.6, IPTC's News Industry Text Format (http://iptc.org/std/NITF/2006-10-18/).
 *
 * All versions of a story have one `doc-id`. `du-key` repeats it as `key` and has the version as `generation`. A
 * version that replaces an earlier one names it in `management-doc-idref`.
 *
 * Where the standard leaves the choice to the provider: `meta` has the slug, the genre and subject codes that NITF has
 * no room for (`tobject` takes the number of a Media Topic and the name of a genre), and a `related` for each related
 * item (its address, a blank, its title). `pubdata` has the section. The place that the story was filed from is a
 * `location` of class `dateline` in `identified-content`.
 */
import { localCode } from '../../codes.ts'
import type { WireItem } from '../../item.ts'
import { absoluteUri, isLanguageTag } from '../addresses.ts'
import { pubStatus } from '../outgoing.ts'
import { wireFormat } from '../wire-format.ts'
import { element, xmlDocument, type XmlElement } from '../xml.ts'
import { NITF_NAMESPACE, nitfBody } from './body.ts'
import { nitfTime } from './time.ts'

export const nitf36 = wireFormat({
  name: 'nitf36',
  label: 'NITF 3.6',
  extension: 'nitf.xml',
  contentType: 'application/nitf+xml',
  text: (item) => xmlDocument(document(item)),
})

function document(item: WireItem): XmlElement {
  const attributes = {
    xmlns: NITF_NAMESPACE,
    version: '-//IPTC//DTD NITF 3.6//EN',
    baselang: isLanguageTag(item.language) ? item.language : undefined,
  }
  return element('nitf', attributes, [head(item), nitfBody(item)])
}

function head(item: WireItem): XmlElement {
  const { section, firstPublished, genre } = item
  return element('head', {}, [
    element('title', {}, item.headline),
    meta('slug', item.slug),
    ...item.subjects.filter((code) => localCode('medtop', code) === null).map((code) => meta('subject', code)),
    ...(genre === undefined || localCode('genre', genre) !== null ? [] : [meta('genre', genre)]),
    ...(item.related ?? []).flatMap(related),
    tobject(item),
    docdata(item),
    element('pubdata', { 'date.publication': nitfTime(firstPublished), 'position.section': section }),
  ])
}

function meta(name: string, content: string): XmlElement {
  return element('meta', { name, content })
}

function related({ uri, title }: { uri: string; title: string }): XmlElement[] {
  const address = absoluteUri(uri)
  return address === null ? [] : [meta('related', `${address} ${title}`)]
}

function tobject({ subjects, genre }: WireItem): XmlElement | null {
  const property = genre === undefined ? null : localCode('genre', genre)
  const numbers = subjects.map((code) => localCode('medtop', code)).filter((number) => number !== null)
  if (property === null && numbers.length === 0) return null
  return element('tobject', { 'tobject.type': 'news' }, [
    property === null ? null : element('tobject.property', { 'tobject.property.type': property }),
    ...numbers.map((number) =>
      element('tobject.subject', { 'tobject.subject.ipr': 'IPTC', 'tobject.subject.refnum': number }),
    ),
  ])
}

function docdata(item: WireItem): XmlElement {
  const { uri, version, kind, edNote, embargo, keywords, place, rights, provider, urgency } = item
  return element('docdata', management(item), [
    kind === 'correction' ? element('correction', { info: edNote, 'id-string': uri, regsrc: provider }) : null,
    element('doc-id', { regsrc: provider, 'id-string': uri }),
    urgency === undefined ? null : element('urgency', { 'ed-urg': urgency }),
    element('date.issue', { norm: nitfTime(item.versionCreated) }),
    element('date.release', { norm: nitfTime(embargo ?? item.versionCreated) }),
    edNote === undefined ? null : element('ed-msg', { 'msg-type': kind, info: edNote }),
    element('du-key', { generation: version, key: uri }),
    rights?.holder === undefined ? null : element('doc.copyright', { holder: rights.holder }),
    keywords.length === 0
      ? null
      : element(
          'key-list',
          {},
          keywords.map((key) => element('keyword', { key })),
        ),
    place === undefined ? null : element('identified-content', {}, [element('location', { class: 'dateline' }, place)]),
  ])
}

/**
 * Only a kill withdraws the earlier version. An update must not make a receiver drop the story, though both versions
 * have the same id.
 */
function management(item: WireItem): Record<string, string | undefined> {
  const status = pubStatus(item)
  return {
    'management-status': status === 'usable' && item.embargo !== undefined ? 'embargoed' : status,
    'management-doc-idref': item.kind === 'new' ? undefined : item.uri,
    'management-idref-status': item.kind === 'kill' ? 'canceled' : undefined,
  }
}
