import { describe, expect, it } from 'vitest'
import { absoluteUri, isLanguageTag } from '#shared/wire/formats/addresses.ts'

describe('an absolute address', () => {
  it.for([
    'https://a.example',
    'https://a.example:8080/b/c;d=1?q=1&r=[]'.replace('[]', '%5B%5D'),
    'http://user:pass@a.example/#part',
    'http://[2001:db8::1]/',
    'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90a01',
    'mailto:a@b.example',
    'tag:reuters.com,2016:newsml_L8N1',
    'file:///a/b',
  ])('is kept: %s', (address) => {
    expect(absoluteUri(address)).toBe(address)
  })

  it('may have letters of any script, and percent-encodes them', () => {
    expect(absoluteUri('https://el.example/Ελλάδα?α=β')).toBe(
      'https://el.example/%CE%95%CE%BB%CE%BB%CE%AC%CE%B4%CE%B1?%CE%B1=%CE%B2',
    )
  })

  it.for([
    '',
    '/a',
    'a.example',
    'http://a b',
    'http://a:b/',
    'http://a/%zz',
    'x:',
    'http://a/<b>',
    'a#b#c:d',
    'http://a/#b#c',
  ])('is rejected: “%s”', (address) => {
    expect(absoluteUri(address)).toBeNull()
  })

  it('is checked in a very long text', () => {
    for (const part of ['a', '/', ':', '@', '%20', 'a@', '/a', '?', '#']) {
      expect(absoluteUri(`http://${part.repeat(50_000)}<`)).toBeNull()
    }
  })
})

describe('a language tag', () => {
  it('is checked to be well-formed', () => {
    expect(['en', 'el-CY', 'zh-Hant-TW', 'en-1', 'x-klingon'].filter(isLanguageTag)).toHaveLength(5)
    expect(['', 'english language', 'el_CY', '-', 'en-', '12'].filter(isLanguageTag)).toEqual([])
  })
})
