import { describe, expect, it } from 'vitest'
import { readBlocks } from '#shared/wire/reading/blocks.ts'
import { decodeEntity, parseHtml } from '#shared/wire/reading/html.ts'
import { ReadRefusal } from '#shared/wire/reading/read-item.ts'
import { outline } from './reading.ts'

const read = (html: string) => readBlocks(parseHtml(html))
const blocks = (html: string) => outline(read(html).blocks)

describe('blocks of markup', () => {
  it.each<[string, string[]]>([
    ['<p>One</p><p>Two</p>', ['p One', 'p Two']],
    ['One<p>Two</p>three', ['p One', 'p Two', 'p three']],
    ['<p>One<p>Two', ['p One', 'p Two']],
    ['<p>a <b>bold <i>both</i></b> <em>it</em></p>', ['p a *bold *_*both*_ _it_']],
    ['<p>\n  pretty\n  printed\n  <b>copy </b> here </p>', ['p pretty printed *copy *here']],
    ['<p>no-break&nbsp;space</p><p>&nbsp;</p><p></p>', ['p no-break\u00a0space']],
    ['<h1>A</h1><h3>B <b>c</b></h3><h2><div><p>D</p></div></h2><h2></h2>', ['h2 A', 'h3 B *c*', 'h2 D']],
    ['<blockquote>Said<p>more</p></blockquote>', ['> p Said', '> p more']],
    ['<ol start="3"><li>three<li><p>four</p><ul><li>in it</ul></ol>', ['3. p three', '4. p four', '4. - p in it']],
    ['<ul>loose<li>item</li></ul>', ['- p loose', '- p item']],
    ['a<br>b<br><br>c', ['p a⏎b', 'p c']],
    ['<p>a<br><br>b<br></p>', ['p a⏎⏎b']],
    ['<div>One<div>two</div>three</div>', ['p One', 'p two', 'p three']],
    ['<table><tr><td>a<td>b<tr><td>c</table>', ['p a', 'p b', 'p c']],
    ['<pre>one\n  two</pre>', ['p one⏎two']],
    ['<a href="https://a.example/?q=1&amp;b">x</a>', ['p [x](https://a.example/?q=1&b)']],
    ['<constructor>a</constructor><valueof>b</valueof><x:p>c</x:p>', ['p ab', 'p c']],
    ['', []],
  ])('%s', (html, expected) => expect(blocks(html)).toEqual(expected))

  it.each([
    'javascript:alert(1)',
    'JaVa\tScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '/relative',
    '//host.example',
    'java&#10;script:alert(1)',
  ])('does not make a link of %s', (href) => expect(blocks(`<a href="${href}">x</a>`)).toEqual(['p x']))

  it('leaves out what is not copy, and lists it', () => {
    const { blocks: found, leftOut } = read(
      '<p onclick="x()">Copy</p><script>alert(1)</script><style>p{}</style><iframe src="https://a.example">f</iframe>' +
        '<nav>Menu</nav><p style="display: none">Secret</p><svg><script>alert(2)</script></svg><form>Sign up <input></form>',
    )
    expect(outline(found)).toEqual(['p Copy'])
    expect(leftOut.map(({ reason, text }) => `${reason}: ${text}`)).toEqual([
      '<script> is not copy: alert(1)',
      '<style> is not copy: p{}',
      '<iframe> is not copy: f',
      'around the copy of its page: Menu',
      'hidden on its page: Secret',
      '<svg> is not copy: alert(2)',
      '<form> is not copy: Sign up',
    ])
  })

  it('makes references of pictures only', () => {
    const { blocks: found, pictures } = read(
      '<figure><img src="https://a.example/1.jpg" alt="A boat" width="640" height="480"><figcaption>A boat at sea. Photo: Jo Bell</figcaption></figure>' +
        '<p>Text <img src="2.jpg"></p><img src="data:image/png;base64,AAAA"><img src="file:///etc/passwd"><img>' +
        '<figure><img src="3.jpg"><div>Jo Bell</div><figcaption>Three</figcaption></figure>',
    )
    expect(outline(found)).toEqual(['p Text'])
    expect(pictures).toEqual([
      {
        href: 'https://a.example/1.jpg',
        width: 640,
        height: 480,
        alt: 'A boat',
        caption: 'A boat at sea.',
        credit: 'Jo Bell',
      },
      { href: '2.jpg', alt: '', caption: '', credit: '' },
      { href: '3.jpg', alt: '', caption: 'Three', credit: 'Jo Bell' },
    ])
  })

  it('refuses endlessly nested markup quickly', () => {
    expect(() => read('<div>'.repeat(100_000))).toThrow(ReadRefusal)
  })

  it('decodes HTML entities only', () => {
    expect(['nbsp', 'eacute', 'amp', 'nothing', 'constructor', 'a b'].map(decodeEntity)).toEqual([
      '\u00a0',
      'é',
      '&',
      undefined,
      undefined,
      undefined,
    ])
  })
})
