import { describe, expect, test } from 'vitest'
import { createLanguageChoice } from '#renderer/messages/language.ts'
import { createFormats } from '#shared/messages/formats.ts'

function open(kept: string | null, preferred: string[]) {
  const storage = new Map(kept === null ? [] : [['galley.language', kept]])
  const applied: string[] = []
  const chooseElsewhere: ((event: { key: string; newValue: string | null }) => void)[] = []
  const choice = createLanguageChoice({
    storage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => void storage.set(key, value) },
    window: { addEventListener: (_type, listen) => chooseElsewhere.push(listen) },
    preferred,
    apply: (language) => applied.push(language),
  })
  return {
    choice,
    applied,
    storage,
    /** As another window writes it. */
    writeElsewhere: (key: string, newValue: string | null) =>
      chooseElsewhere.forEach((tell) => tell({ key, newValue })),
  }
}

describe('the language', () => {
  test.each([
    ['is the system’s', null, ['el-CY', 'en'], 'el'],
    ['is the first of the system’s that the interface has', null, ['fr', 'el', 'en'], 'el'],
    ['is English when the interface has none of them', null, ['fr'], 'en'],
    ['is what was chosen on this computer', 'en', ['el'], 'en'],
    ['is the system’s when the kept one is unknown', 'tlh', ['el'], 'el'],
    ['may be the pseudo-language, which is not offered', 'en-XA', ['el'], 'en-XA'],
  ])('%s', (_what, kept, preferred, expected) => {
    const { choice, applied } = open(kept, preferred)
    expect([choice.messages.getState().language, ...applied]).toEqual([expected, expected])
  })

  test('changes at once, and is remembered', () => {
    const { choice, applied, storage } = open(null, ['en'])
    choice.choose('el')
    expect(choice.messages.getState().t('app.sign-in')).toBe('Σύνδεση')
    expect(applied).toEqual(['en', 'el'])
    expect(storage.get('galley.language')).toBe('el')
  })

  test('follows a choice in another window, and nothing else that is written there', () => {
    const { choice, applied, writeElsewhere } = open(null, ['en'])
    writeElsewhere('galley.theme', 'el')
    writeElsewhere('galley.language', 'tlh')
    writeElsewhere('galley.language', null)
    expect(applied).toEqual(['en'])
    writeElsewhere('galley.language', 'el')
    expect(choice.messages.getState().t('app.sign-in')).toBe('Σύνδεση')
    expect(applied).toEqual(['en', 'el'])
  })
})

describe('a time', () => {
  const now = new Date(2026, 2, 5, 10, 0)
  const english = createFormats('en-GB')
  test.each([
    ['of today is the clock’s', new Date(2026, 2, 5, 0, 5), '00:05'],
    ['of yesterday evening has its day', new Date(2026, 2, 4, 23, 59), 'Wed 23:59'],
    ['of a week ago is a date', new Date(2026, 1, 26, 12, 0), '26 Feb'],
    ['of last year has its year', new Date(2025, 11, 31, 12, 0), '31 Dec 2025'],
    ['of tomorrow, by a clock that is ahead, is a date', new Date(2026, 2, 6, 1, 0), '6 Mar'],
  ])('%s', (_what, at, expected) => expect(english.shortTime(at, now)).toBe(expected))

  test('in full has its zone', () =>
    expect(english.longTime(new Date(2026, 2, 3, 14, 32))).toMatch(/^Tuesday,? 3 March 2026 at 14:32 [A-Z]\S+$/))

  test('is by the 24-hour clock in Greek too', () =>
    expect(createFormats('el-GR').clockTime(new Date(2026, 2, 5, 14, 5))).toBe('14:05'))

  test('is written in the language of the interface', () =>
    expect(createFormats('el-GR').wholeDay(now)).toBe('Πέμπτη 5 Μαρτίου 2026'))
})

test('numbers, lists and names of languages follow the language of the interface', () => {
  const [english, greek] = [createFormats('en-GB'), createFormats('el-GR')]
  expect([english.number(1234), greek.number(1234)]).toEqual(['1,234', '1.234'])
  expect(english.list(['Anna', 'Maria', 'Nikos'])).toBe('Anna, Maria and Nikos')
  expect(greek.list(['Άννα', 'Μαρία'])).toBe('Άννα και Μαρία')
  expect([english.languageName('el-CY'), greek.languageName('el')]).toEqual(['Greek (Cyprus)', 'Ελληνικά'])
  expect(english.languageName('not a tag')).toBe('not a tag')
})
