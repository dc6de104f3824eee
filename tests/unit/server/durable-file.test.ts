import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeDurably } from '#server/durable-file.ts'
import { tempFolder } from '#tests/support/temp.ts'

it('writes a file, and puts a new one in its place', async () => {
  await using folder = await tempFolder()
  const path = join(folder.path, 'a.txt')
  await writeDurably(path, 'one')
  await writeDurably(path, new TextEncoder().encode('two'))
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(folder.path)).toEqual(['a.txt'])
})

it('leaves the old file and nothing else when it fails', async () => {
  await using folder = await tempFolder()
  // A folder in the way makes the rename fail after everything has been written.
  await mkdir(join(folder.path, 'taken'))
  await writeFile(join(folder.path, 'taken', 'old'), 'old')
  await expect(writeDurably(join(folder.path, 'taken'), 'new')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
  expect(await readdir(folder.path)).toEqual(['taken'])
  await expect(writeDurably(join(folder.path, 'missing', 'a.txt'), 'new')).rejects.toThrow('ENOENT')
})

it('writes over what a crash has left of an earlier attempt', async () => {
  await using folder = await tempFolder()
  await writeFile(join(folder.path, '.a.txt.part'), 'half a fi')
  await writeDurably(join(folder.path, 'a.txt'), 'whole')
  expect(await readdir(folder.path)).toEqual(['a.txt'])
  expect(await readFile(join(folder.path, 'a.txt'), 'utf8')).toBe('whole')
})
