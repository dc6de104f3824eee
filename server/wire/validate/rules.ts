/** Rules for XML documents, as lists that can be compared with the standard. */
import { XmlAttribute, type XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm'
import type { Fault } from './fault.ts'

export type Rule =
  /** Every element at `of` must satisfy `has`: an XPath that is true or matches something. */
  | { of: string; has: string; message: string }
  /** The text of every element or attribute at `text` must satisfy `is`. */
  | { text: string; is: (text: string) => boolean; message: string }

/** Returns the violations of the rules. Paths are XPath 1.0 from the document's root, with these namespaces. */
export function breaches(document: XmlDocument, rules: readonly Rule[], namespaces: Record<string, string>): Fault[] {
  return rules.flatMap((rule) => {
    const broken =
      'of' in rule
        ? document.find(rule.of, namespaces).filter((node) => node.eval(`boolean(${rule.has})`, namespaces) !== true)
        : document.find(rule.text, namespaces).filter((node) => !rule.is(node.content))
    return broken.map((node) => ({ line: lineOf(node), message: messageFor(rule, node) }))
  })
}

function messageFor(rule: Rule, node: XmlNode): string {
  const said = 'text' in rule ? ` It says “${shortened(node.content)}”.` : ''
  return `${nameOf(node)}: ${rule.message}${said}`
}

function nameOf(node: XmlNode): string {
  if (node instanceof XmlElement) return `<${node.name}>`
  return node instanceof XmlAttribute ? `<${node.parent?.name ?? ''} ${node.name}>` : 'The document'
}

/** Returns the line of a node. An attribute is on the line of its element. */
function lineOf(node: XmlNode): number {
  return Math.max(1, node instanceof XmlElement ? node.line : (node.parent?.line ?? 1))
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
