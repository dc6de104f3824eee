/** The folders that the wire may use. */
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFolders } from '#server/wire/folders.ts'
import { tempFolder } from '#tests/support/temp.ts'

async function server() {
  const folder = await tempFolder()
  const data = join(folder.path, 'data')
  for (const each of ['data/drop/web', 'data/media', 'data/dropped', 'agency/in', 'agencies'])
    await mkdir(join(folder.path, each), { recursive: true })
  const at = (path: string): string => join(folder.path, path)
  const folders = (...roots: string[]) =>
    createFolders({ roots: [...roots.map(at), at('data/drop')], data, own: 'drop' })
  return { ...folder, at, folders }
}

it.each(['data/drop', 'data/drop/web', 'agency', 'agency/in', 'agency/../agency/in'])('allow %s', async (path) => {
  await using there = await server()
  const folders = there.folders('agency')
  expect(await folders.resolve(`${there.path}/${path}`)).toBe(there.at(path))
})

it.each(['', 'data', 'data/media', 'data/dropped', 'agencies', 'agency/..', 'nowhere', 'data/drop/../newsroom.sqlite'])(
  'refuse %j, whether it exists or not',
  async (path) => {
    await using there = await server()
    await expect(there.folders('agency').resolve(`${there.path}/${path}`)).rejects.toThrow('may not use the folder')
  },
)

it.each(['', 'data', 'data/media'])('refuse the data folder to an operator who allows %j', async (root) => {
  await using there = await server()
  const folders = there.folders(root)
  for (const path of ['', 'data', 'data/media'])
    await expect(folders.resolve(`${there.path}/${path}`)).rejects.toThrow('may not use the folder')
  expect(await folders.resolve(there.at('data/drop'))).toBe(there.at('data/drop'))
})

it('resolve relative folders in the first root', async () => {
  await using there = await server()
  expect(await there.folders('agency').resolve('in')).toBe(there.at('agency/in'))
  expect(await there.folders().resolve('')).toBe(there.at('data/drop'))
})

it('refuse links that lead out, and follow links inside', async () => {
  await using there = await server()
  await symlink(there.at('data'), there.at('agency/out'))
  await symlink(there.at('agency/in'), there.at('agency/alias'))
  const folders = there.folders('agency')
  await expect(folders.resolve(there.at('agency/out'))).rejects.toThrow('may not use the folder')
  await expect(folders.resolve(there.at('agency/out/media'))).rejects.toThrow('may not use the folder')
  expect(await folders.resolve(there.at('agency/alias'))).toBe(there.at('agency/in'))
})

it('leave the error of a missing folder to the caller', async () => {
  await using there = await server()
  await expect(there.folders('agency').resolve(there.at('agency/later'))).rejects.toThrow('ENOENT')
})
