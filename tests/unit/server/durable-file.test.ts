import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeDurably } from '#server/durable-file.ts'
import { tempFolder } from '#tests/support/temp.ts'

it('writes a file, and replaces it', async () => {
  await using folder = await tempFolder()
  const path = join(folder.path, 'a.txt')
  await writeDurably(path, 'one')
  await writeDurably(path, new TextEncoder().encode('two'))
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(folder.path)).toEqual(['a.txt'])
})

it('leaves the old file and nothing else when it fails', async () => {
  await using folder = await tempFolder()
  // A folder of that name makes the rename fail after everything has been written.
  await mkdir(join(folder.path, 'taken'))
  await writeFile(join(folder.path, 'taken', 'old'), 'old')
  await expect(writeDurably(join(folder.path, 'taken'), 'new')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
  expect(await readdir(folder.path)).toEqual(['taken'])
  await expect(writeDurably(join(folder.path, 'missing', 'a.txt'), 'new')).rejects.toThrow('ENOENT')
})

it('lets writers of the same file take turns', async () => {
  await using folder = await tempFolder()
  const path = join(folder.path, 'a.txt')
  await Promise.all(['one', 'two', 'three'].map((text) => writeDurably(path, text)))
  expect(await readFile(path, 'utf8')).toBe('three')
  expect(await readdir(folder.path)).toEqual(['a.txt'])
})

it('removes the old rest of a crash, and not what another process may be writing', async () => {
  await using folder = await tempFolder()
  const [old, fresh] = ['.b.txt.0123abcd.part', '.c.txt.4567cdef.part']
  for (const name of [old, fresh]) await writeFile(join(folder.path, name), 'half a fi')
  await utimes(join(folder.path, old), 0, 0)
  await writeDurably(join(folder.path, 'a.txt'), 'whole')
  expect(await readdir(folder.path)).toEqual([fresh, 'a.txt'])
})
