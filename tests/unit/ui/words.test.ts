import { describe, expect, test } from 'vitest'
import { initials } from '#renderer/ui/initials.ts'
import { languageOptions } from '#renderer/ui/languages.ts'
import { presenceColour } from '#renderer/ui/presence-colour.ts'
import { isShortcut, shortcutWords } from '#renderer/commands/shortcut.ts'
import { inEnglish } from '#shared/messages/english.ts'

test.each([
  ['Maria Georgiou', 'MG'],
  ['maria de la georgiou', 'MG'],
  ['李雷', '李'],
  ['Άννα Παπαδοπούλου', 'ΆΠ'],
  ['  Nora  ', 'N'],
  ['👩‍🚀 Sky', '👩‍🚀S'],
  ['', '?'],
])('the initials of "%s" are %s', (name, expected) => expect(initials(name)).toBe(expected))

describe('a person’s colour', () => {
  test('is one of the six, and the same everywhere', () => {
    const colours = Array.from({ length: 200 }, (_, index) => presenceColour(`person ${index}`))
    expect(new Set(colours).size).toBe(6)
    expect(colours.every((colour) => /^var\(--presence-[1-6]\)$/.test(colour))).toBe(true)
    expect(presenceColour('person 1')).toBe(presenceColour('person 1'))
  })
})

describe('languages', () => {
  test('always include the story’s own', () => {
    expect(languageOptions('gsw', inEnglish.format).some(({ value }) => value === 'gsw')).toBe(true)
    expect(languageOptions('en', inEnglish.format).filter(({ value }) => value === 'en')).toHaveLength(1)
  })
})

describe('a shortcut', () => {
  const MAC = true
  type Key = Pick<KeyboardEvent, 'key'> & Partial<KeyboardEvent>
  const pressed = (key: Key, shortcut: string, mac = false): boolean =>
    isShortcut(
      { code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...key } as KeyboardEvent,
      shortcut,
      mac,
    )

  test.each([
    ['Mod-Shift-P', 'Ctrl+Shift+P', '⇧⌘P'],
    ['Alt-Shift-N', 'Alt+Shift+N', '⌥⇧N'],
    ['Mod-Enter', 'Ctrl+Enter', '⌘↩'],
    ['F6', 'F6', 'F6'],
    ['Mod--', 'Ctrl+-', '⌘-'],
  ])('%s is written %s, and %s on a Mac', (shortcut, words, macWords) => {
    expect(shortcutWords(shortcut, !MAC)).toBe(words)
    expect(shortcutWords(shortcut, MAC)).toBe(macWords)
  })

  test.each([
    ['is Control, or Command on a Mac', { key: 'n', ctrlKey: true }, 'Mod-N', true],
    ['is not Command elsewhere', { key: 'n', metaKey: true }, 'Mod-N', false],
    ['wants no more keys than it names', { key: 'N', ctrlKey: true, shiftKey: true }, 'Mod-N', false],
    ['wants no fewer either', { key: 'p', ctrlKey: true }, 'Mod-Shift-P', false],
    [
      'is found by its place on a Greek keyboard',
      { key: 'Π', code: 'KeyP', ctrlKey: true, shiftKey: true },
      'Mod-Shift-P',
      true,
    ],
    ['follows the letter and not the place on a Latin one', { key: 'a', code: 'KeyQ', ctrlKey: true }, 'Mod-Q', false],
    [
      'of a sign ignores the Shift that it takes to type it',
      { key: '?', shiftKey: true, ctrlKey: true },
      'Mod-?',
      true,
    ],
    ['F6 is F6', { key: 'F6' }, 'F6', true],
    ['Shift-F6 is not F6', { key: 'F6', shiftKey: true }, 'F6', false],
  ])('%s', (_what, key, shortcut, expected) => expect(pressed(key, shortcut)).toBe(expected))

  test('is Command on a Mac', () => expect(pressed({ key: 'n', metaKey: true }, 'Mod-N', MAC)).toBe(true))
})
