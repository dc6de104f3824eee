import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { packZip, unpackZip } from '#server/wire/intake/checked-zip.ts'
import { isDocx, readDocx } from '#server/wire/intake/docx.ts'
import { readDocument } from '#server/wire/intake/read-document.ts'
import { articleOf } from '#shared/wire/reading/article.ts'
import { emptyItem, type ReadItem } from '#shared/wire/reading/read-item.ts'
import { left, outline } from './reading.ts'

/** How an archive lies: about the sizes of its files, or about their number. */
interface Lies {
  size?: number
  count?: number
}

/** Returns a zip archive of these files, in which a name may be there twice. */
function zip(files: Record<string, string | Buffer> | [string, string | Buffer][], { size, count }: Lies = {}): Buffer {
  const [locals, records]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, content] of Array.isArray(files) ? files : Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(8, 4)
    about.writeUInt32LE(crc32(bytes), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(size ?? bytes.length, 18)
    about.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), about, Buffer.from(name), packed])
    const end = Buffer.alloc(14)
    end.writeUInt32LE(offset, 10)
    records.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), about, end, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(records)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(count ?? records.length, 4)
  end.writeUInt16LE(count ?? records.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end])
}

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

const STYLES = ['Title', 'Subtitle', 'heading 1'].map(
  (name) => `<w:style w:type="paragraph" w:styleId="${name.replace(' ', '')}"><w:name w:val="${name}"/></w:style>`,
)

const partsOf = (body: string, more: Record<string, string | Buffer> = {}): Record<string, string | Buffer> => ({
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
  'word/_rels/document.xml.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/><Relationship Id="r2" Type="${OFFICE}/hyperlink" Target="https://a.example/" TargetMode="External"/></Relationships>`,
  'word/styles.xml': `<w:styles xmlns:w="${WORD}">${STYLES.join('')}</w:styles>`,
  'word/document.xml': `<w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}"><w:body>${body}</w:body></w:document>`,
  ...more,
})
const docx = (body: string, more: Record<string, string | Buffer> = {}) => zip(partsOf(body, more))

const run = (text: string, properties = '') =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (inside: string, style = '') =>
  `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${inside}</w:p>`

async function read(bytes: Buffer): Promise<ReadItem> {
  const outcome = await readDocx(bytes)
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults))
  return outcome.items[0] as ReadItem
}

async function fault(bytes: Buffer): Promise<string> {
  const outcome = await readDocx(bytes)
  return 'faults' in outcome ? (outcome.faults[0]?.message ?? '') : 'It was read'
}

describe('a Word document', () => {
  it('is read by its styles and the shape of its first lines', async () => {
    const item = await read(
      docx(
        paragraph(run('Ferries stay in port'), 'Title') +
          paragraph(run('Islands run short of bread'), 'Subtitle') +
          paragraph(run('By Jo Bell')) +
          paragraph(run('PORT AMERY - The strike ') + run('goes on', '<w:b/>') + run(', the union said.')) +
          paragraph(run('Bread'), 'heading1') +
          paragraph(
            `<w:hyperlink r:id="r1">${run('harm')}</w:hyperlink>${run(' and ')}<w:hyperlink r:id="r2">${run('more', '<w:i/>')}</w:hyperlink>`,
          ),
      ),
    )
    expect(item).toMatchObject({
      headline: 'Ferries stay in port',
      standfirst: 'Islands run short of bread',
      byline: 'By Jo Bell',
      dateline: 'PORT AMERY',
    })
    expect(outline(item.body)).toEqual([
      'p The strike *goes on*, the union said.',
      'h2 Bread',
      'p harm and [_more_](https://a.example/)',
    ])
  })

  it('takes the first line as headline without a title, unless it is a sentence', async () => {
    const line = await read(docx(paragraph(run('Ferries stay in port')) + paragraph(run('The strike goes on.'))))
    expect([line.headline, outline(line.body)]).toEqual(['Ferries stay in port', ['p The strike goes on.']])
    const sentence = await read(docx(paragraph(run('The strike goes on.')) + paragraph(run('So it does.'))))
    expect([sentence.headline, sentence.body.length]).toEqual(['', 2])
  })

  it('lists its margin comments, and keeps its footnotes', async () => {
    const part = (name: string, inside: string) => `<w:${name} xmlns:w="${WORD}">${inside}</w:${name}>`
    const item = await read(
      docx(
        paragraph(run('Ferries stay in port')) +
          paragraph(
            run('The strike goes on.') +
              '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>',
          ),
        {
          'word/_rels/document.xml.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/footnotes" Target="footnotes.xml"/><Relationship Id="r2" Type="${OFFICE}/comments" Target="comments.xml"/></Relationships>`,
          'word/footnotes.xml': part(
            'footnotes',
            `<w:footnote w:id="2">${paragraph(run('So the union.'))}</w:footnote>`,
          ),
          'word/comments.xml': part('comments', `<w:comment w:id="0">${paragraph(run('Ask a lawyer'))}</w:comment>`),
        },
      ),
    )
    expect(outline(item.body)).toEqual(['p The strike goes on.[1]', '1. p So the union.'])
    expect(left(item)).toEqual(['a comment on the document: Ask a lawyer'])
  })

  it('does not open a linked picture, but keeps its text as a caption', async () => {
    const drawing = `<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr descr="A boat"/>
      <a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="r1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
    const { pictures } = await read(
      docx(paragraph(run('The strike goes on.')) + paragraph(`<w:r>${drawing}</w:r>`), {
        'word/_rels/document.xml.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`,
      }),
    )
    expect(pictures).toEqual([{ alt: 'A boat', caption: '', credit: '' }])
    const { figures } = articleOf({ ...emptyItem(), pictures }, () => 'f')
    expect(outline(figures[0]?.caption ?? [])).toEqual(['p A boat'])
  })

  it('is recognized by its bytes', async () => {
    const bytes = docx(paragraph(run('Ferries')))
    expect([isDocx(bytes), isDocx(zip({ 'a.txt': 'a' })), isDocx(Buffer.from('PK'))]).toEqual([true, false, false])
    expect((await readDocument(bytes)).format.name).toBe('docx')
  })

  it('is refused when it is larger than it looks', async () => {
    const bomb = zip({ 'word/document.xml': Buffer.alloc(9_000_000) }, { size: 10 })
    expect(bomb.length).toBeLessThan(100_000)
    expect(await fault(bomb)).toContain('larger than 8 MB')
  })

  it('may have large pictures, which are not unpacked', async () => {
    const picture = { 'word/media/image1.jpeg': Buffer.alloc(20_000_000) }
    expect(outline((await read(docx(paragraph(run('The strike goes on.')), picture))).body)).toEqual([
      'p The strike goes on.',
    ])
  })

  it('is refused when libraries could read it in two ways', async () => {
    const shown = partsOf(paragraph(run('Small and harmless')))
    const hidden: [string, string] = ['word/document.xml', `<w:document xmlns:w="${WORD}"/>`]
    const both: [string, string | Buffer][] = [...Object.entries(shown), hidden]
    expect(await fault(zip(both))).toContain('two files with the name word/document.xml')
    expect(await fault(zip(both, { count: both.length - 1 }))).toContain('more files than it states')
    expect(await fault(zip(shown, { count: 0xffff }))).toContain('more than 4 GB')
    expect(await fault(zip(shown, { size: 0xffffffff }))).toContain('more than 4 GB')
    const locator = Buffer.alloc(20)
    locator.writeUInt32LE(0x07064b50)
    const whole = zip(shown)
    expect(await fault(Buffer.concat([whole.subarray(0, -22), locator, whole.subarray(-22)]))).toContain(
      'more than 4 GB',
    )
  })

  it('is packed again from the parts that were checked', () => {
    const unpacked = unpackZip(docx(paragraph(run('Ferries'))), 8_000_000, (name) => name.endsWith('.xml'))
    if ('fault' in unpacked) throw new Error(unpacked.fault)
    expect(unpacked.entries.get('_rels/.rels')).toEqual(Buffer.alloc(0))
    expect(unpackZip(packZip(unpacked.entries), 8_000_000)).toEqual(unpacked)
  })

  it('is refused when it declares a document type', async () => {
    expect(
      await fault(
        docx('', { 'word/footnotes.xml': '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>' }),
      ),
    ).toContain('declares a document type in word/footnotes.xml')
  })

  it('is refused when it is broken, or empty', async () => {
    const whole = docx(paragraph(run('Ferries')))
    expect(await fault(whole.subarray(0, whole.length - 30))).toContain('not a whole zip archive')
    expect(await fault(Buffer.from('PK\u0003\u0004word/'))).toContain('not a whole zip archive')
    expect(await fault(zip({ 'word/document.xml': '<broken' }))).toContain('could not be read')
    expect(await fault(docx(''))).toContain('no words')
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole)
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0xff, at)
      // It only has to resolve.
      expect(await readDocx(damaged)).toBeDefined()
    }
  })
})
