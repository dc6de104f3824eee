import { expect, test } from 'vitest'
import { linkAddress } from '#renderer/editor/toolbar/link-address.ts'

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['  reuters.com/world ', 'https://reuters.com/world'],
  ['example.org:8443/x', 'https://example.org:8443/x'],
  ['desk@example.org', 'mailto:desk@example.org'],
  ['mailto:desk@example.org', 'mailto:desk@example.org'],
  ['https://παράδειγμα.example/ά', 'https://xn--hxajbheg2az3al.example/%CE%AC'],
])('%s leads to %s', (typed, href) => expect(linkAddress(typed)).toEqual({ href, problem: null }))

test.each([
  ['', 'editor.link.missing'],
  ['http://example.org', 'editor.link.scheme'],
  ['javascript:alert(1)', 'editor.link.scheme'],
  ['java\nscript:alert(1)', 'editor.link.invalid'],
  ['ftp://example.org/x', 'editor.link.scheme'],
  ['mailto:nobody', 'editor.link.invalid-email'],
  ['https://user:secret@example.org', 'editor.link.invalid'],
  ['localhost', 'editor.link.invalid'],
  ['two words', 'editor.link.invalid'],
])('%s is refused: %s', (typed, problem) => expect(linkAddress(typed)).toEqual({ href: null, problem }))
