import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { savePdf } from '#electron/main/pdf.ts'
import { tempFolder } from '#tests/support/temp.ts'

const PDF = new TextEncoder().encode('%PDF')

/** Saves a page called `title` at `path`; returns the suggested name and the complaints. */
async function save(title: string, path: string | undefined, print = () => Promise.resolve(PDF)) {
  let suggestion = ''
  const complaints: string[] = []
  await savePdf(title, {
    print,
    choosePath: (suggested) => {
      suggestion = suggested
      return Promise.resolve(path)
    },
    complain: (reason) => complaints.push(reason),
    untitled: 'Story',
  })
  return { suggestion, complaints }
}

describe('saving a PDF', () => {
  it('writes the printed page to the chosen path', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'a.pdf')
    await save('Storm', path)
    expect(await readFile(path, 'utf8')).toBe('%PDF')
  })

  it.each([
    ['Storm: the “last” day', 'Storm the “last” day.pdf'],
    ['a/b\\c?', 'a b c.pdf'],
    ['  ', 'Story.pdf'],
  ])('suggests a name: %j', async (title, name) => {
    expect((await save(title, undefined)).suggestion).toBe(name)
  })

  it('says why it could not be saved', async () => {
    await using folder = await tempFolder()
    const { complaints } = await save('Storm', join(folder.path, 'no such folder/a.pdf'))
    expect(complaints[0]).toContain('ENOENT')
  })
})
