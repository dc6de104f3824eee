/**
 * A small XML writer: a tree of elements, and its text. It is small because it runs wherever `shared` runs, and because
 * a wire document should not hold what it leaves out (entities, doctypes, CDATA).
 */
import { escapeMarkup } from './markup.ts'

export interface XmlElement {
  name: string
  attributes: Attributes
  /** True for running copy: no blanks may be added between its text and elements. */
  inline: boolean
  content: readonly (XmlElement | string)[]
}

/** An undefined attribute is not written. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** Returns an element with text, or with child elements on lines of their own. A null child is left out. */
export function element(
  name: string,
  attributes: Attributes = {},
  content: string | readonly (XmlElement | null)[] = [],
): XmlElement {
  if (typeof content === 'string') return inlineElement(name, attributes, [content])
  return { name, attributes, inline: false, content: content.filter((child) => child !== null) }
}

/** Returns an element of running copy, whose text and elements are written without added blanks. */
export function inlineElement(
  name: string,
  attributes: Attributes,
  content: readonly (XmlElement | string)[],
): XmlElement {
  return { name, attributes, inline: true, content }
}

/** Returns the document with this root, in UTF-8. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup(root, '\n')}\n`
}

/** `lineBreak` separates lines at this depth; it is empty within running copy. */
function markup(node: XmlElement | string, lineBreak: string): string {
  if (typeof node === 'string') return escapeMarkup(node)
  const { name, inline, content } = node
  const tag = name + attributesMarkup(node.attributes)
  if (content.length === 0) return `<${tag}/>`
  const deeper = inline || lineBreak === '' ? '' : `${lineBreak}  `
  const children = content.map((child) => deeper + markup(child, deeper)).join('')
  return `<${tag}>${children}${deeper === '' ? '' : lineBreak}</${name}>`
}

function attributesMarkup(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${attributeText(String(value))}"`))
    .join('')
}

/** Encodes line breaks and tabs, which a parser would turn into blanks in an attribute. */
function attributeText(value: string): string {
  return escapeMarkup(value).replace(/[\n\t]/g, (c) => `&#${c.charCodeAt(0)};`)
}
