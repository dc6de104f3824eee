/**
 * Writes the `body` of an NITF 3.6 document (http://iptc.org/std/NITF/2006-10-18/), which NewsML-G2 carries as well.
 *
 * Where NITF has fewer distinctions than a story: a subhead is an `hl2`, with class `level-3` for the lower level; `em`
 * has class `bold` or `italic`; every line of standfirst and caption is a `p`; a list's first number is `seqnum`. The
 * correction note for readers is a note of type `pa` (publishable advisory); any other note is `npa`.
 */
import type { Block, Inline, Mark } from '../../../article/article.ts'
import { isStoryLink } from '../../../article/links.ts'
import type { WireItem, WirePicture, WireRights } from '../../item.ts'
import { isLanguageTag } from '../addresses.ts'
import { readersNote } from '../outgoing.ts'
import { element, inlineElement, type XmlElement } from '../xml.ts'
import { nitfDay } from './time.ts'

export const NITF_NAMESPACE = 'http://iptc.org/std/NITF/2006-10-18/'

export function nitfBody(item: WireItem): XmlElement {
  return element('body', { 'xml:lang': isLanguageTag(item.language) ? item.language : undefined }, [
    head(item),
    item.kind === 'kill'
      ? null
      : element('body.content', {}, [...item.pictures.map(media), ...item.body.flatMap(blockElements)]),
  ])
}

function head(item: WireItem): XmlElement {
  return element('body.head', {}, [
    element('hedline', {}, [element('hl1', {}, item.headline)]),
    note(item),
    item.rights === undefined ? null : rights(item.rights),
    item.byline === '' ? null : element('byline', {}, item.byline),
    element('distributor', {}, item.provider),
    dateline(item),
    item.standfirst === '' ? null : element('abstract', {}, lines(item.standfirst)),
  ])
}

function note(item: WireItem): XmlElement | null {
  if (item.edNote === undefined) return null
  const type = readersNote(item) === undefined ? 'npa' : 'pa'
  return element('note', { noteclass: 'editorsnote', type }, [element('body.content', {}, lines(item.edNote))])
}

function rights({ holder, notice = '', usage }: WireRights): XmlElement {
  return inlineElement('rights', {}, [
    notice,
    ...(holder === undefined ? [] : [element('rights.owner', {}, holder)]),
    ...(usage === undefined ? [] : [element('rights.limitations', {}, usage)]),
  ])
}

function dateline({ dateline, datelineDate }: WireItem): XmlElement | null {
  if (dateline === '' && datelineDate === undefined) return null
  const date = datelineDate === undefined ? [] : [element('story.date', { norm: nitfDay(datelineDate) })]
  return inlineElement('dateline', {}, [dateline, ...date])
}

function media({ mediaId, href, type, width, height, alt, caption, credit }: WirePicture): XmlElement {
  return element('media', { 'media-type': 'image' }, [
    element('media-metadata', { name: 'id', value: `urn:uuid:${mediaId}` }),
    element('media-reference', {
      source: href,
      'mime-type': type,
      width,
      height,
      units: 'pixels',
      'alternate-text': alt === '' ? undefined : alt,
      'source-credit': credit === '' ? undefined : credit,
    }),
    caption === '' ? null : element('media-caption', {}, lines(caption)),
    credit === '' ? null : element('media-producer', {}, credit),
  ])
}

function lines(text: string): XmlElement[] {
  return text.split('\n').map((line) => element('p', {}, line))
}

/** Returns one element, or nothing for a list without items, which NITF does not allow. */
function blockElements(block: Block): XmlElement[] {
  switch (block.type) {
    case 'paragraph':
      return [inlineElement('p', {}, copy(block.content))]
    case 'heading':
      return [inlineElement('hl2', { class: block.level === 3 ? 'level-3' : undefined }, copy(block.content))]
    case 'blockquote':
      return [element('bq', {}, [element('block', {}, block.content.flatMap(blockElements))])]
    case 'bulletList':
    case 'orderedList':
      return list(block.type === 'orderedList', block.start, block.items)
  }
}

function list(ordered: boolean, start: number, items: readonly Block[][]): XmlElement[] {
  if (items.length === 0) return []
  const seqnum = ordered && start !== 1 ? start : undefined
  const entries = items.map((item) => inlineElement('li', {}, item.flatMap(blockElements)))
  return [element(ordered ? 'ol' : 'ul', { seqnum }, entries)]
}

function copy(content: readonly Inline[]): (XmlElement | string)[] {
  return content.map((inline) =>
    inline.type === 'hardBreak' ? element('br') : inline.marks.reduce<XmlElement | string>(marked, inline.text),
  )
}

function marked(inner: XmlElement | string, mark: Mark): XmlElement | string {
  switch (mark.type) {
    case 'bold':
    case 'italic':
      return inlineElement('em', { class: mark.type }, [inner])
    case 'link':
      return isStoryLink(mark.href) ? inlineElement('a', { href: mark.href }, [inner]) : inner
  }
}
