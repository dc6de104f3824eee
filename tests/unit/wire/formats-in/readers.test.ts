import { describe, expect, it } from 'vitest'
import { FORMATS } from '#shared/wire/formats/index.ts'
import { detectReader, findReader, READERS, writtenFormat } from '#shared/wire/intake/readers.ts'
import { item } from '../articles.ts'

describe('the format of a document', () => {
  it.each(FORMATS.map((format) => [format.name, format.write(item()).text] as const))(
    'is known to be %s',
    (name, text) => {
      const reader = detectReader(text)
      expect(reader).toBe(findReader(name))
      expect(reader === undefined ? undefined : writtenFormat(reader, text)).toBe(name)
      // A byte order mark, and blank lines before the document, change nothing.
      expect(detectReader(`\ufeff${text}`)).toBe(reader)
    },
  )

  it('falls back to plain text, and is null for an empty document', () => {
    expect(detectReader('By Jo Bell')?.name).toBe('plain-text')
    expect(detectReader('<3 by Jo Bell')?.name).toBe('plain-text')
    expect(detectReader(' \n')).toBeUndefined()
  })

  it('has a unique name for each reader', () => {
    expect(new Set(READERS.map(({ name }) => name)).size).toBe(READERS.length)
    expect(findReader('constructor')).toBeUndefined()
  })
})
