/**
 * Reads the text that a photographer embedded in a picture: its IPTC caption, byline and credit.
 *
 * XMP comes first, because it is always Unicode and never truncated; then the old IPTC IIM block, whose byline holds
 * only 32 bytes; then the camera's EXIF.
 */
import exifr from 'exifr'
import { z } from 'zod'

export interface PictureWords {
  /** Empty if the picture has none. */
  caption: string
  /** Formatted as a credit line: `Maria Georgiou/Reuters`. Empty if the picture has none. */
  credit: string
}

const NONE: PictureWords = { caption: '', credit: '' }

const words = z.union([z.string(), z.array(z.string())]).optional()
const metadataSchema = z.object({
  xmp: z.string().optional().catch(undefined),
  iptc: z.object({ Caption: words, Byline: words, Credit: words, Source: words }).partial().optional().catch(undefined),
  ifd0: z.object({ ImageDescription: words, Artist: words }).partial().optional().catch(undefined),
})

interface Said {
  caption: string
  byline: string
  credit: string
  source: string
}

/**
 * Returns a picture's embedded text. A picture without any, or with a damaged header, is still valid and returns empty
 * text.
 */
export async function readPictureWords(file: Blob): Promise<PictureWords> {
  let found: unknown
  try {
    found = await exifr.parse(await file.arrayBuffer(), {
      tiff: true,
      ifd0: { pick: ['ImageDescription', 'Artist'] },
      exif: false,
      gps: false,
      iptc: true,
      xmp: { parse: false },
      mergeOutput: false,
    })
  } catch {
    return NONE
  }
  const parsed = metadataSchema.safeParse(found)
  if (!parsed.success) return NONE
  const { xmp, iptc, ifd0 } = parsed.data
  const sources: Said[] = [
    readXmp(xmp),
    {
      caption: iimText(iptc?.Caption),
      byline: iimText(iptc?.Byline),
      credit: iimText(iptc?.Credit),
      source: iimText(iptc?.Source),
    },
    { caption: line(ifd0?.ImageDescription), byline: line(ifd0?.Artist), credit: '', source: '' },
  ]
  const first = (key: keyof Said): string => sources.map((said) => said[key]).find((text) => text !== '') ?? ''
  return { caption: first('caption'), credit: joinCredit(first('byline'), first('credit') || first('source')) }
}

/** Joins `Maria Georgiou` and `Reuters` to `Maria Georgiou/Reuters`, without repeating a name. */
export function joinCredit(byline: string, credit: string): string {
  const by = byline.replace(/^\s*(photo(graph)?\s+by|by)\s+/i, '').trim()
  const of = credit.trim()
  if (by === '' || of === '') return by || of
  if (of.toLowerCase().includes(by.toLowerCase())) return of
  if (by.toLowerCase().includes(of.toLowerCase())) return by
  return `${by}/${of}`
}

function readXmp(packet: string | undefined): Said {
  const said: Said = { caption: '', byline: '', credit: '', source: '' }
  if (packet === undefined) return said
  const start = packet.search(/<(x:xmpmeta|rdf:RDF)\b/)
  const end = Math.max(packet.lastIndexOf('</x:xmpmeta>') + 12, packet.lastIndexOf('</rdf:RDF>') + 10)
  if (start < 0 || end <= start) return said
  const xml = new DOMParser().parseFromString(packet.slice(start, end), 'application/xml')
  if (xml.querySelector('parsererror') !== null) return said
  const dc = 'http://purl.org/dc/elements/1.1/'
  const photoshop = 'http://ns.adobe.com/photoshop/1.0/'
  said.caption = property(xml, dc, 'description')
  said.byline = property(xml, dc, 'creator')
  said.credit = property(xml, photoshop, 'Credit')
  said.source = property(xml, photoshop, 'Source')
  return said
}

/**
 * Returns a property written as an element (plain, or the first entry of an `rdf:Alt`, `Seq` or `Bag`) or as an
 * attribute.
 */
function property(xml: Document, namespace: string, name: string): string {
  const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
  const element = xml.getElementsByTagNameNS(namespace, name)[0]
  if (element === undefined) {
    for (const description of xml.getElementsByTagNameNS(rdf, 'Description')) {
      const value = description.getAttributeNS(namespace, name)
      if (value !== null) return line(value)
    }
    return ''
  }
  const entries = [...element.getElementsByTagNameNS(rdf, 'li')].map((entry) => line(entry.textContent))
  if (entries.length === 0) return line(element.textContent)
  const alternatives = element.getElementsByTagNameNS(rdf, 'Alt').length > 0
  return alternatives ? (entries[0] ?? '') : entries.filter((entry) => entry !== '').join(', ')
}

/** Decodes IIM text, given as one character per byte: as UTF-8 if it is valid UTF-8, otherwise as Windows-1252. */
function iimText(value: string | string[] | undefined): string {
  const text = line(value)
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function line(value: string | string[] | undefined): string {
  const text = Array.isArray(value) ? value.join(', ') : (value ?? '')
  return text
    .replaceAll('\0', ' ')
    .replace(/[\t\n\r ]+/g, ' ')
    .trim()
}
