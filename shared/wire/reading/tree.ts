/**
 * One tree for all markup that intake reads, XML and HTML alike: elements by their local names in lower case, because in
 * feeds as they are neither the namespace nor its prefix nor the case of a name can be relied on. The standards that are
 * read here have no two elements that differ only in those.
 */

import { wireLine } from '../wire-text.ts'

export interface TreeElement {
  /** The local name in lower case, e.g. `body.content`. */
  name: string
  /** What stood before the name, e.g. `media`; absent when nothing did. Only feeds, which mix vocabularies, need it. */
  prefix?: string
  /** Values by local name in lower case: `xml:lang` is `lang`. */
  attributes: Record<string, string>
  children: TreeNode[]
  /** Where its start tag ends, where that is known; the first line is 1. */
  line?: number
}

export type TreeNode = TreeElement | string

/** No document that means well is nested deeper. */
export const DEEPEST_TREE = 100

export function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).toLowerCase()
}

/** Attributes by local name; one without a prefix wins over one with. */
export function localAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(attributes).sort(([a], [b]) => Number(b.includes(':')) - Number(a.includes(':')))
  return Object.fromEntries(entries.map(([name, value]) => [localName(name), value]))
}

export function elementsOf(parent: TreeElement | undefined): TreeElement[] {
  return (parent?.children ?? []).filter((child) => typeof child !== 'string')
}

/** The children of this name. */
export function childrenOf(parent: TreeElement | undefined, name: string): TreeElement[] {
  return elementsOf(parent).filter((child) => child.name === name)
}

/** The element at the end of a path of names, always the first of its name; undefined when there is none. */
export function child(parent: TreeElement | undefined, ...path: string[]): TreeElement | undefined {
  return path.reduce<TreeElement | undefined>((at, name) => childrenOf(at, name)[0], parent)
}

/** The first child of this name that has no prefix, or else one that has: feeds name a `title` of their own and other people's. */
export function ownChild(parent: TreeElement | undefined, name: string): TreeElement | undefined {
  const named = childrenOf(parent, name)
  return named.find(({ prefix }) => prefix === undefined) ?? named[0]
}

/** All elements of this name, at any depth, in their order; those inside one that was found are not looked for. */
export function descendants(parent: TreeElement | undefined, name: string): TreeElement[] {
  return elementsOf(parent).flatMap((each) => (each.name === name ? [each] : descendants(each, name)))
}

/** The first element of this name at any depth, itself included. */
export function find(root: TreeElement | undefined, name: string): TreeElement | undefined {
  if (root === undefined || root.name === name) return root
  for (const each of elementsOf(root)) {
    const found = find(each, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** All text inside, as it is. */
export function rawText(node: TreeNode | undefined): string {
  if (node === undefined) return ''
  return typeof node === 'string' ? node : node.children.map(rawText).join('')
}

/** All text inside, on one line: breaks of lines and runs of blanks are one blank, as in all markup. */
export function lineText(node: TreeNode | undefined): string {
  return wireLine(oneLine(rawText(node)))
}

/** What markup takes for blank. A no-break space is none of it. */
export function oneLine(text: string): string {
  return text.replace(/[ \t\r\n\f]+/gu, ' ').replace(/^ | $/gu, '')
}

/** The value of an attribute; undefined when it is absent or blank. */
export function attribute(element: TreeElement | undefined, name: string): string | undefined {
  const value = element === undefined || !Object.hasOwn(element.attributes, name) ? undefined : element.attributes[name]
  const line = value === undefined ? '' : wireLine(oneLine(value))
  return line === '' ? undefined : line
}

/** The text of an element on one line; undefined when there is none. */
export function textOf(element: TreeElement | undefined): string | undefined {
  const text = lineText(element)
  return text === '' ? undefined : text
}
