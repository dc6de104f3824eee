import { describe, expect, it } from 'vitest'
import { atomReader } from '#shared/wire/formats/atom/read.ts'
import { newsMlG2Reader } from '#shared/wire/formats/newsmlg2/read.ts'
import { nitf } from '#shared/wire/formats/nitf36/read.ts'
import { rssReader } from '#shared/wire/formats/rss/read.ts'
import { ReadRefusal } from '#shared/wire/reading/read-item.ts'
import { child, rawText, textOf } from '#shared/wire/reading/tree.ts'
import { parseXml } from '#shared/wire/reading/xml.ts'
import { refusal } from './reading.ts'

const LAUGHS = `<?xml version="1.0"?>
<!DOCTYPE lolz [
  <!ENTITY lol "lol">
  <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
  <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
<nitf><body><body.head><hedline><hl1>&lol3;</hl1></hedline></body.head></body></nitf>`
const XXE = `<!DOCTYPE nitf [<!ENTITY secret SYSTEM "file:///etc/passwd">]><nitf><body><p>&secret;</p></body></nitf>`
const PARAMETER = `<!DOCTYPE nitf [<!ENTITY % remote SYSTEM "http://127.0.0.1/evil.dtd"> %remote;]><nitf/>`

describe('untrusted XML', () => {
  for (const reader of [nitf, newsMlG2Reader, rssReader, atomReader]) {
    it.each([LAUGHS, XXE, PARAMETER])(`is refused by ${reader.name} when it declares entities: %#`, (xml) => {
      expect(refusal(reader, xml)[0]?.message).toContain('declares entities')
    })
  }

  it('may name a document type, which is never fetched', () => {
    const root = parseXml('<!DOCTYPE nitf SYSTEM "http://127.0.0.1:1/nitf-3-6.dtd"><nitf a="1">x</nitf>')
    expect([root.name, textOf(root)]).toEqual(['nitf', 'x'])
  })

  it('may use HTML entities only', () => {
    expect(rawText(parseXml('<a>caf&eacute;&nbsp;&amp;&#x20ac;</a>'))).toBe('café\u00a0&€')
    expect(() => parseXml('<a>\n&nothing;</a>')).toThrow('undefined entity')
    expect(() => parseXml('<a>&constructor;</a>')).toThrow('undefined entity')
  })

  it('is read by local names, whatever the namespace, the prefix and the case', () => {
    for (const xml of [
      '<x:A y:B="1"><x:C>t</x:C></x:A>',
      '<a xmlns="urn:wrong" b="1"><c>t</c></a>',
      '<A B="1"><C>t</C></A>',
    ]) {
      const root = parseXml(xml)
      expect([root.name, root.attributes['b'], textOf(child(root, 'c'))]).toEqual(['a', '1', 't'])
    }
  })

  it.each([
    ['<a>\n  <b></a>', 2],
    ['\n\n<a>\n&nothing;</a>', 4],
    ['<a>&\n</b></a>', 2],
    ['<a b=1/>', 1],
    ['no xml', 1],
    ['', 1],
    ['<a/><b/>', 1],
  ])('is refused with the line if not well-formed: %j', (xml, line) => {
    const parse = () => parseXml(xml)
    expect(parse).toThrow(ReadRefusal)
    try {
      parse()
    } catch (error) {
      expect((error as ReadRefusal).faults).toMatchObject([{ line }])
    }
  })

  it.each([
    ['<a b="1&2">AT&T &amp; &c; &</a>', undefined],
    ['<a b="1&2">AT&T &amp; &</a>', 'AT&T & &'],
    ['<a>Tom &<![CDATA[ &amp; & ]]>& Jo</a>', 'Tom & &amp; & & Jo'],
    ['<a>x\u0001\u000by&#0;&#x1F;&#31;&#9;z&#13;</a>', 'xy\tz\r'],
    ['<a>&<![CDATA[x</a>', undefined],
  ])('may have bare ampersands and invalid characters: %j', (xml, words) => {
    if (words === undefined) expect(() => parseXml(xml)).toThrow(ReadRefusal)
    else expect(rawText(parseXml(xml))).toBe(words)
  })

  it('is refused when endlessly nested', () => {
    expect(() => parseXml('<a>'.repeat(100_000))).toThrow('nested deeper')
  })
})
