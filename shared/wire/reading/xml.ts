/**
 * XML from strangers. saxes is strict about what is well-formed and says where it is not; it is told nothing of namespaces,
 * since feeds get them wrong. A document type is passed over, and with it all that it could name: no external entity is
 * ever looked up, and a document that declares entities of its own is refused, because nothing else stops them from
 * growing without end.
 */
import { SaxesParser } from 'saxes'
import { decodeEntity } from './html.ts'
import { ReadRefusal } from './read-item.ts'
import { DEEPEST_TREE, localAttributes, localName, type TreeElement } from './tree.ts'

/**
 * The root of a document; throws a {@link ReadRefusal} with the place of what is wrong. Characters and ampersands that make
 * a document ill-formed and lose nothing when they are put right do not keep the rest of a feed from its readers.
 */
export function parseXml(text: string): TreeElement {
  try {
    return parseStrictly(text)
  } catch (error) {
    const mended = mend(text)
    if (mended === text) throw error
    try {
      return parseStrictly(mended)
    } catch {
      // What is still wrong with it is told by its own places.
      throw error
    }
  }
}

/** An ampersand that begins no reference, outside of CDATA; and what no XML can hold, raw or by number. */
const BARE = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z_][\w.-]{0,31});)/giu
const CONTROLS =
  // oxlint-disable-next-line no-control-regex -- these are the characters meant
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|&#(?:0{0,4}(?:[0-8]|1[124-9]|2\d|3[01])|x0{0,4}(?:[0-8bcef]|1[\da-f]));/giu

function mend(text: string): string {
  const [start = '', ...sections] = text.replace(CONTROLS, '').split('<![CDATA[')
  const escaped = (markup: string) => markup.replace(BARE, '&amp;')
  const rest = sections.map((section) => {
    const end = section.indexOf(']]>')
    return `<![CDATA[${end === -1 ? section : section.slice(0, end) + escaped(section.slice(end))}`
  })
  return escaped(start) + rest.join('')
}

function parseStrictly(text: string): TreeElement {
  // Feeds come with blank lines before the declaration, which XML forbids.
  const trimmed = text.replace(/^[\s\uFEFF]+/u, '')
  const skippedLines = text.slice(0, text.length - trimmed.length).split('\n').length - 1
  const parser = new SaxesParser({ xmlns: false, position: true })
  const refuse = (message: string): never => {
    throw new ReadRefusal({ line: parser.line + skippedLines, column: parser.columnIndex + 1, message })
  }
  // Feeds use the entities of HTML in XML. Whatever else is named is not defined, here or anywhere.
  parser.ENTITIES = new Proxy<Record<string, string>>(Object.create(null) as Record<string, string>, {
    get: (_, name) => (typeof name === 'string' ? decodeEntity(name) : undefined),
  })
  let root: TreeElement | undefined
  const open: TreeElement[] = []
  parser.on('error', (error) => refuse(`This is not well-formed XML: ${error.message.replace(/^[\d:]+\s*/u, '')}`))
  parser.on('doctype', (doctype) => {
    if (/<!(?:ENTITY|ATTLIST)/iu.test(doctype))
      refuse('It declares entities or defaults of its own, which Galley does not read.')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= DEEPEST_TREE) refuse(`It is nested deeper than ${DEEPEST_TREE} elements.`)
    const element: TreeElement = {
      name: localName(name),
      ...(name.includes(':') ? { prefix: name.slice(0, name.indexOf(':')).toLowerCase() } : {}),
      attributes: localAttributes(attributes),
      children: [],
      line: parser.line + skippedLines,
    }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', (words) => void open.at(-1)?.children.push(words))
  parser.on('cdata', (words) => void open.at(-1)?.children.push(words))
  parser.write(trimmed).close()
  return root ?? refuse('There is no element in it.')
}

/** Whether a text looks like XML whose root element has one of these local names. Reads its first lines only. */
export function xmlRootIs(text: string, names: readonly string[]): boolean {
  const start = text
    .slice(0, 4_000)
    .replace(/^[\s\uFEFF]+/u, '')
    .replace(/^<\?xml[^>]*>/u, '')
    .replace(/<!--[^]*?-->|<\?[^>]*>|<!doctype[^>[]*(?:\[[^\]]*\]\s*)?>/giu, '')
  const root = /^\s*<([\p{L}_][\p{L}\p{N}_.:-]*)/u.exec(start)?.[1]
  return root !== undefined && names.includes(localName(root))
}
