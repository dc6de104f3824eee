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
  ['', 'Type an address'],
  ['http://example.org', 'A link begins with https:// or mailto:'],
  ['javascript:alert(1)', 'A link begins with https:// or mailto:'],
  ['java\nscript:alert(1)', 'That is not an address'],
  ['ftp://example.org/x', 'A link begins with https:// or mailto:'],
  ['mailto:nobody', 'That is not an e-mail address'],
  ['https://user:secret@example.org', 'That is not an address'],
  ['localhost', 'That is not an address'],
  ['two words', 'That is not an address'],
])('%s is refused: %s', (typed, problem) => expect(linkAddress(typed)).toEqual({ href: null, problem }))
