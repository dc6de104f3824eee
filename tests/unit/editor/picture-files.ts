/** Pictures for tests, drawn here, with captions embedded as cameras and picture desks do. */

export interface Written {
  xmp?: { caption?: string; creator?: string; credit?: string; source?: string }
  iptc?: { caption?: string; byline?: string; credit?: string; source?: string; charset?: 'utf-8' | 'latin1' }
}

/** Returns a JPEG of this size in pixels. */
export async function jpeg(
  width: number,
  height: number,
  written: Written = {},
  name = 'salt-pans.jpg',
): Promise<File> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('No canvas here')
  context.fillStyle = 'teal'
  context.fillRect(0, 0, width, height)
  const plain = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())
  const segments = [written.xmp && xmpSegment(written.xmp), written.iptc && iptcSegment(written.iptc)].filter(
    (each) => each !== undefined,
  )
  // After the start-of-image marker, before everything else.
  return new File([plain.slice(0, 2), ...segments, plain.slice(2)], name, { type: 'image/jpeg' })
}

function segment(marker: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = content.length + 2
  return Uint8Array.from([0xff, marker, length >> 8, length & 0xff, ...content])
}

const ascii = (text: string) => new TextEncoder().encode(text)

function xmpSegment({ caption, creator, credit, source }: NonNullable<Written['xmp']>) {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const packet = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"${credit === undefined ? '' : ` photoshop:Credit="${escaped(credit)}"`}>${
    caption === undefined
      ? ''
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(caption)}</rdf:li></rdf:Alt></dc:description>`
  }${creator === undefined ? '' : `<dc:creator><rdf:Seq><rdf:li>${escaped(creator)}</rdf:li></rdf:Seq></dc:creator>`}${
    source === undefined ? '' : `<photoshop:Source>${escaped(source)}</photoshop:Source>`
  }</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  return segment(0xe1, Uint8Array.from([...ascii('http://ns.adobe.com/xap/1.0/\0'), ...ascii(packet)]))
}

function iptcSegment({ caption, byline, credit, source, charset = 'utf-8' }: NonNullable<Written['iptc']>) {
  const encode = (text: string) =>
    charset === 'utf-8' ? ascii(text) : Uint8Array.from(text, (each) => each.charCodeAt(0))
  const dataset = (number: number, text: string | undefined) => {
    if (text === undefined) return []
    const bytes = encode(text)
    return [0x1c, 2, number, bytes.length >> 8, bytes.length & 0xff, ...bytes]
  }
  const iim = [...dataset(120, caption), ...dataset(80, byline), ...dataset(110, credit), ...dataset(115, source)]
  const padded = iim.length % 2 === 0 ? iim : [...iim, 0]
  const resource = [...ascii('8BIM'), 0x04, 0x04, 0, 0, 0, 0, iim.length >> 8, iim.length & 0xff, ...padded]
  return segment(0xed, Uint8Array.from([...ascii('Photoshop 3.0\0'), ...resource]))
}
