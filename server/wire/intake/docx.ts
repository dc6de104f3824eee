/**
 * Reads Word documents. mammoth turns one into plain HTML, which is read like any other. A document that is too large
 * unpacked, or declares a document type, is refused first. mammoth gets a new archive of the parts that were checked, and
 * may not open other files.
 *
 * A Word document has styles for title and subtitle, but not for the other parts of a story. So the lines above the
 * copy are read by their shape, as in copied text.
 */
import mammoth from 'mammoth'
import type { Block } from '#shared/article/article.ts'
import { plainText } from '#shared/article/text.ts'
import { readBlocks } from '#shared/wire/reading/blocks.ts'
import { isByline } from '#shared/wire/reading/byline.ts'
import { splitCredit } from '#shared/wire/reading/caption.ts'
import { splitDateline } from '#shared/wire/reading/dateline.ts'
import { parseHtml } from '#shared/wire/reading/html.ts'
import { proseOf } from '#shared/wire/reading/prose.ts'
import {
  emptyItem,
  leftOut as noteOf,
  type ReadItem,
  type ReadOutcome,
  ReadRefusal,
} from '#shared/wire/reading/read-item.ts'
import { childrenOf, find, lineText, type TreeElement, type TreeNode } from '#shared/wire/reading/tree.ts'
import { packZip, unpackZip } from './checked-zip.ts'

/** In bytes: the limit for a Word document's text, unpacked. */
const LARGEST_UNPACKED = 8_000_000
/** The parts of a Word document that are read. Its pictures, fonts and other files stay packed. */
const TEXT_PART = /\.(?:xml|rels)$/iu

/** Returns whether bytes are a zip archive with a Word document in it, by the first bytes and the directory. */
export function isDocx(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004')) && buffer.includes('word/')
}

/** Reads a Word document. Never rejects. */
export async function readDocx(bytes: Uint8Array): Promise<ReadOutcome> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const refused = (message: string): ReadOutcome => ({ faults: [{ line: 1, message }] })
  const unpacked = unpackZip(buffer, LARGEST_UNPACKED, (name) => TEXT_PART.test(name))
  if ('fault' in unpacked) return refused(`This Word document cannot be opened. ${unpacked.fault}`)
  for (const [name, content] of unpacked.entries) {
    if (/<!DOCTYPE/iu.test(content.toString('latin1'))) {
      return refused(`This Word document declares a document type in ${name}, which no Word document does.`)
    }
  }
  try {
    return { items: [readHtml(await htmlOf(packZip(unpacked.entries)))] }
  } catch (error) {
    if (error instanceof ReadRefusal) return { faults: error.faults }
    return refused(`This Word document could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The scheme for pictures inside the document. */
const INSIDE = 'inside:'

async function htmlOf(buffer: Buffer): Promise<string> {
  const { value } = await mammoth.convertToHtml(
    { buffer },
    {
      styleMap: [
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='Subtitle'] => p.subtitle:fresh",
        'comment-reference => sup.comment',
      ],
      convertImage: mammoth.images.imgElement((image) => Promise.resolve({ src: INSIDE + image.contentType })),
      externalFileAccess: false,
    },
  )
  return value
}

function readHtml(html: string): ReadItem {
  const comments: string[] = []
  const root: TreeElement = { name: 'body', attributes: {}, children: withoutComments(parseHtml(html), comments) }
  const item = emptyItem()
  const [title, subtitle] = ['title', 'subtitle'].map((style) => findStyle(root, style))
  const nodes = root.children.filter((each) => each !== title && each !== subtitle)
  const { blocks, pictures, leftOut } = readBlocks(nodes)
  item.leftOut = [...leftOut, ...comments.flatMap((words) => noteOf('a comment on the document', words) ?? [])]
  // The editor adds the pictures by hand. They are listed here so that none is forgotten.
  item.pictures = pictures.map(({ href = '', ...picture }) => {
    const type = href.slice(INSIDE.length)
    // A linked picture has no type.
    return { ...picture, ...(type.startsWith('image/') ? { type } : {}) }
  })
  const copy = [...blocks]
  item.headline = title === undefined ? headlineOf(copy) : lineText(title)
  if (subtitle !== undefined) item.standfirst = lineText(subtitle)
  readTop(copy, item)
  item.body = copy
  if (item.headline === '' && item.body.length === 0) {
    throw new ReadRefusal({ line: 1, message: 'There are no words in this Word document.' })
  }
  return item
}

/**
 * Returns the nodes without margin comments, whose text is collected, and without the links from a note back to its
 * place. mammoth puts comments after the copy as a definition list.
 */
function withoutComments(nodes: readonly TreeNode[], comments: string[]): TreeNode[] {
  return nodes.flatMap((node): TreeNode[] => {
    if (typeof node === 'string') return [node]
    const { name, attributes, children } = node
    if (name === 'sup' && attributes['class'] === 'comment') return []
    if (name === 'a' && /^#(?:foot|end)note-ref-|^#comment-ref-/u.test(attributes['href'] ?? '')) return []
    const rest = { ...node, children: withoutComments(children, comments) }
    const isComments =
      name === 'dl' && childrenOf(node, 'dt').some(({ attributes: { id } }) => id?.startsWith('comment-'))
    if (!isComments) return [rest]
    comments.push(...childrenOf(rest, 'dd').flatMap((each) => proseOf(each) ?? []))
    return []
  })
}

function findStyle(root: TreeElement, style: string): TreeElement | undefined {
  return find(
    {
      ...root,
      children: root.children.filter((each) => typeof each !== 'string' && each.attributes['class'] === style),
    },
    style === 'title' ? 'h1' : 'p',
  )
}

/** Takes the headline off the copy: a heading at the top, or a line that is not a sentence. */
function headlineOf(copy: Block[]): string {
  const [first] = copy
  const text = first === undefined ? '' : plainText([first])
  const isLine =
    first?.type === 'heading' || (first?.type === 'paragraph' && copy.length > 1 && !/[.!?…;]$/u.test(text))
  if (!isLine || text.includes('\n') || text.length > 200) return ''
  copy.shift()
  return text
}

/** Takes byline, captions and dateline off the top of the copy. */
function readTop(copy: Block[], item: ReadItem): void {
  for (let at = 0; at < Math.min(3, copy.length); at += 1) {
    const block = copy[at]
    if (block?.type !== 'paragraph') continue
    const text = plainText([block])
    const { caption, credit } = splitCredit(text)
    const picture = item.pictures.find((each) => each.caption === '')
    if (isByline(text)) item.byline = text
    else if (credit !== '' && picture !== undefined) Object.assign(picture, { caption, credit })
    else continue
    copy.splice(at, 1)
    at -= 1
  }
  const first = copy[0]
  const run = first?.type === 'paragraph' ? first.content[0] : undefined
  if (run?.type !== 'text') return
  const { dateline, text } = splitDateline(run.text)
  if (dateline === '') return
  item.dateline = dateline
  run.text = text
}
