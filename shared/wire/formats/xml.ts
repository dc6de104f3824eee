/**
 * XML as the formats write it: a tree of elements, and the text of one. It is this small because it has to run wherever
 * `shared` runs, and because what it leaves out (entities, doctypes, CDATA) is what no wire document should hold.
 */
import { escapeMarkup } from './markup.ts'

export interface XmlElement {
  name: string
  attributes: Attributes
  /** Text and elements of running copy: not a blank may be put between them. */
  inline: boolean
  content: readonly (XmlElement | string)[]
}

/** An attribute that is undefined is not written. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element that holds a text (or nothing), or other elements, each on a line of its own. A child that is null is left out. */
export function element(
  name: string,
  attributes: Attributes = {},
  content: string | readonly (XmlElement | null)[] = [],
): XmlElement {
  if (typeof content === 'string') return inlineElement(name, attributes, [content])
  return { name, attributes, inline: false, content: content.filter((child) => child !== null) }
}

/** An element of running copy, whose text and elements stand as close as they are given. */
export function inlineElement(
  name: string,
  attributes: Attributes,
  content: readonly (XmlElement | string)[],
): XmlElement {
  return { name, attributes, inline: true, content }
}

/** The document with this root, in UTF-8. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup(root, '\n')}\n`
}

/** `lineBreak` is what separates lines at this depth; empty within running copy. */
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

/** A parser makes a blank of a bare line break or tab in an attribute. */
function attributeText(value: string): string {
  return escapeMarkup(value).replace(/[\n\t]/g, (c) => `&#${c.charCodeAt(0)};`)
}
