import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Parcel } from '#server/wire/destinations/destination.ts'
import { inEnglish } from '#shared/messages/english.ts'
import { fileDrop } from '#server/wire/destinations/file-drop.ts'
import { dropFolders } from './drop-folders.ts'
import { tempFolder } from '#tests/support/temp.ts'

async function drop() {
  const folder = await tempFolder()
  const picture = join(folder.path, 'kept-picture')
  await writeFile(picture, 'the picture')
  const target = join(folder.path, 'drop')
  await mkdir(target)
  const parcel: Parcel = {
    id: 'delivery-1',
    name: 'story-v1.ninjs.json',
    item: { uri: 'urn:uuid:1', version: 1, kind: 'new', slug: 'HARBOUR', headline: 'A headline' },
    text: '{}',
    contentType: 'application/json',
    pictures: [{ name: 'p.jpg', type: 'image/jpeg', path: picture }],
  }
  return {
    ...folder,
    target,
    parcel,
    deliver: async (settings: unknown = { folder: '' }) =>
      inEnglish.say((await fileDrop(dropFolders(folder.path)).deliver(parcel, { ...ACCESS, settings })).detail),
    test: async (settings: unknown = { folder: '' }) =>
      inEnglish.say((await fileDrop(dropFolders(folder.path)).test({ ...ACCESS, settings })).detail),
  }
}
const ACCESS = { secrets: {}, signal: new AbortController().signal }

it('writes the item and its pictures to the folder, and says where', async () => {
  await using there = await drop()
  expect(await there.deliver()).toBe(join(there.target, 'story-v1.ninjs.json'))
  expect((await readdir(there.target)).sort()).toEqual(['p.jpg', 'story-v1.ninjs.json'])
  expect(await readFile(join(there.target, 'p.jpg'), 'utf8')).toBe('the picture')
})

it('accepts another folder inside an allowed one, and no other [W7]', async () => {
  await using there = await drop()
  await mkdir(join(there.target, 'web'))
  expect(await there.deliver({ folder: 'web' })).toBe(join(there.target, 'web', 'story-v1.ninjs.json'))
  expect(await there.deliver({ folder: there.target })).toBe(join(there.target, 'story-v1.ninjs.json'))
  const before = (await readdir(there.path)).sort()
  await symlink(there.path, join(there.target, 'link'))
  for (const folder of ['/tmp', there.path, '..', 'link', join(there.path, 'drop', '..', 'media')])
    await expect(there.deliver({ folder })).rejects.toThrow('may not use the folder')
  expect((await readdir(there.path)).sort()).toEqual(before)
})

it('can be repeated safely, and leaves an existing picture alone [W7]', async () => {
  await using there = await drop()
  await there.deliver()
  const long = new Date(2000, 0)
  await utimes(join(there.target, 'p.jpg'), long, long)
  await there.deliver()
  expect((await stat(join(there.target, 'p.jpg'))).mtime).toEqual(long)
  expect((await readdir(there.target)).sort()).toEqual(['p.jpg', 'story-v1.ninjs.json'])
})

it('writes an incomplete picture again', async () => {
  await using there = await drop()
  await writeFile(join(there.target, 'p.jpg'), 'the p')
  await there.deliver()
  expect(await readFile(join(there.target, 'p.jpg'), 'utf8')).toBe('the picture')
})

it('reports a missing folder, and does not create it', async () => {
  await using there = await drop()
  await rm(there.target, { recursive: true })
  await expect(there.deliver()).rejects.toThrow(`The folder ${there.target} doesn’t exist`)
  await expect(stat(there.target)).rejects.toThrow('ENOENT')
})

it('reports a file in place of the folder', async () => {
  await using there = await drop()
  await rm(there.target, { recursive: true })
  await writeFile(there.target, 'a file')
  await expect(there.deliver()).rejects.toThrow('isn’t a folder')
})

it('does not send an item without its pictures', async () => {
  await using there = await drop()
  await mkdir(join(there.target, 'p.jpg', 'in the way'), { recursive: true })
  await expect(there.deliver()).rejects.toThrow('can’t be written')
  expect(await readdir(there.target)).toEqual(['p.jpg'])
})

it('leaves nothing behind after a test', async () => {
  await using there = await drop()
  expect(await there.test()).toContain(`can write at ${there.target}`)
  expect(await readdir(there.target)).toEqual([])
  await expect(there.test({ folder: 'nowhere' })).rejects.toThrow('doesn’t exist. Create it')
})

it('refuses invalid settings', async () => {
  await using there = await drop()
  await expect(there.deliver({ path: '/tmp' })).rejects.toThrow()
})
