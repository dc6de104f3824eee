/**
 * The rights and the credit that a picture desk has written into a picture (IPTC Photo Metadata). They go out with it.
 * Nothing else does: position, serial numbers, owner, thumbnail and maker's notes are written by devices, and can name a
 * source.
 */
import exifr from 'exifr'
import type { Metadata } from 'sharp'
import { z } from 'zod'
import { escapeMarkup } from '#shared/wire/formats/markup.ts'
import { attribute, childrenOf, descendants, find, type TreeElement, textOf } from '#shared/wire/reading/tree.ts'
import { parseXml } from '#shared/wire/reading/xml.ts'

/** Empty where the picture says nothing. */
export interface PictureRights {
  /** e.g. `© 2026 The Daily Example`. */
  notice: string
  /** e.g. `Maria Georgiou/Reuters`. */
  credit: string
  /** The terms of use. */
  usage: string
  /** The web page about the rights. */
  statement: string
}

const LONGEST_PACKET = 1_000_000
const LONGEST_LINE = 2_000

/** Returns null for a picture that says nothing of its rights, or whose metadata is damaged. */
export async function readRights(bytes: Buffer, { format, xmp }: Metadata): Promise<PictureRights | null> {
  const fromXmp = xmp === undefined ? null : readXmp(xmp)
  const fromIim = format === 'jpeg' ? await readIim(bytes) : null
  const pick = (name: keyof PictureRights): string => fromXmp?.[name] || (fromIim?.[name] ?? '')
  const rights = { notice: pick('notice'), credit: pick('credit'), usage: pick('usage'), statement: pick('statement') }
  return Object.values(rights).every((each) => each === '') ? null : rights
}

function readXmp(packet: Buffer): PictureRights | null {
  if (packet.length > LONGEST_PACKET) return null
  const text = packet.toString('utf8')
  const start = text.search(/<(?:x:xmpmeta|rdf:RDF)\b/u)
  const end = Math.max(text.lastIndexOf('</x:xmpmeta>') + 12, text.lastIndexOf('</rdf:RDF>') + 10)
  if (start < 0 || end <= start) return null
  try {
    const root = parseXml(text.slice(start, end))
    return {
      notice: propertyOf(root, 'rights'),
      credit: propertyOf(root, 'credit'),
      usage: propertyOf(root, 'usageterms'),
      statement: propertyOf(root, 'webstatement'),
    }
  } catch {
    return null
  }
}

/** XMP writes a property as an element of the description, with a child for each language, or as its attribute. */
function propertyOf(root: TreeElement, name: string): string {
  for (const description of descendants(root, 'description')) {
    const [element] = childrenOf(description, name)
    const said = textOf(find(element, 'li') ?? element) ?? attribute(description, name)
    if (said !== undefined) return line(said)
  }
  return ''
}

const text = z.union([z.string(), z.array(z.string()).transform((all) => all.join(', '))]).catch('')
const iimSchema = z.object({ iptc: z.object({ CopyrightNotice: text, Credit: text }) })

async function readIim(bytes: Buffer): Promise<PictureRights | null> {
  const found: unknown = await exifr
    .parse(bytes, { tiff: false, xmp: false, icc: false, iptc: true, mergeOutput: false })
    .catch(() => null)
  const parsed = iimSchema.safeParse(found)
  if (!parsed.success) return null
  const { CopyrightNotice, Credit } = parsed.data.iptc
  return { notice: line(CopyrightNotice), credit: line(Credit), usage: '', statement: '' }
}

const line = (said: string): string =>
  said
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_LINE)
    .toWellFormed()

/** Returns an XMP packet. */
export function writeRights({ notice, credit, usage, statement }: PictureRights): string {
  const element = (name: string, value: string, inside: (escaped: string) => string): string =>
    value === '' ? '' : `<${name}>${inside(escapeMarkup(value))}</${name}>`
  const inLanguage = (value: string): string => `<rdf:Alt><rdf:li xml:lang="x-default">${value}</rdf:li></rdf:Alt>`
  const plain = (value: string): string => value
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">' +
    element('dc:rights', notice, inLanguage) +
    element('photoshop:Credit', credit, plain) +
    element('xmpRights:UsageTerms', usage, inLanguage) +
    element('xmpRights:WebStatement', statement, plain) +
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
  )
}
