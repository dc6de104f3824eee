/**
 * HTML from strangers, whole pages or fragments. htmlparser2 takes any text, in time that grows with its length and no
 * faster: the tree that the HTML standard prescribes for broken formatting can be made to grow without end.
 */
import { Parser } from 'htmlparser2'
import { ReadRefusal } from './read-item.ts'
import { DEEPEST_TREE, lineText, localName, oneLine, rawText, type TreeElement, type TreeNode } from './tree.ts'

/** The nodes of a piece of HTML. Refuses nothing but what is nested too deep to be anybody's copy. */
export function parseHtml(markup: string): TreeNode[] {
  const root: TreeElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (open.length > DEEPEST_TREE) {
        throw new ReadRefusal({
          line: 1,
          message: `The markup of its text is nested deeper than ${DEEPEST_TREE} elements.`,
        })
      }
      const element: TreeElement = { name: localName(name), attributes, children: [] }
      open.at(-1)?.children.push(element)
      open.push(element)
    },
    onclosetag: () => void open.pop(),
    ontext: (words) => void open.at(-1)?.children.push(words),
  })
  parser.end(markup)
  return root.children
}

/** What a named entity of HTML stands for, e.g. `nbsp`; undefined for a name that HTML does not know. */
export function decodeEntity(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*$/iu.test(name)) return undefined
  const source = `&${name};`
  const decoded = parseHtml(source).map(rawText).join('')
  return decoded === source || decoded.endsWith(';') ? undefined : decoded
}

/** The nodes without the `h1` that says the headline once more, as pages have it above their copy. */
export function withoutHeadline(nodes: readonly TreeNode[], headline: string): TreeNode[] {
  return nodes.flatMap((node): TreeNode[] => {
    if (typeof node === 'string') return [node]
    if (node.name === 'h1' && lineText(node) === oneLine(headline)) return []
    return [{ ...node, children: withoutHeadline(node.children, headline) }]
  })
}
