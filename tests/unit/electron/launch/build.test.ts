import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildIsStale } from '#electron/launch/build.ts'
import { tempFolder } from '#tests/support/temp.ts'

const BUILT = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']
const SOURCES = ['renderer/app/App.tsx', 'shared/story/story.ts', 'electron/main/main.ts', 'package-lock.json']

/** A project whose sources were written at second 100 and whose build was made at second 200. */
async function builtProject() {
  const folder = await tempFolder()
  const touch = async (path: string, second: number): Promise<void> => {
    const file = join(folder.path, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '')
    await utimes(file, second, second)
    // The folders on the way there are as old as that.
    for (let up = dirname(path); up !== '.'; up = dirname(up)) await utimes(join(folder.path, up), second, second)
  }
  for (const path of SOURCES) await touch(path, 100)
  for (const path of BUILT) await touch(path, 200)
  return { root: folder.path, touch, [Symbol.asyncDispose]: folder.remove }
}

describe('the build is stale', () => {
  it('not while it is newer than all sources', async () => {
    await using project = await builtProject()
    expect(await buildIsStale(project.root)).toBe(false)
  })

  it.each(SOURCES)('after a change to %s', async (path) => {
    await using project = await builtProject()
    await project.touch(path, 300)
    expect(await buildIsStale(project.root)).toBe(true)
  })

  it.each(BUILT)('without %s', async (path) => {
    await using project = await builtProject()
    await rm(join(project.root, path))
    expect(await buildIsStale(project.root)).toBe(true)
  })

  it('when a source was taken away', async () => {
    await using project = await builtProject()
    await rm(join(project.root, 'shared/story/story.ts'))
    expect(await buildIsStale(project.root)).toBe(true)
  })

  it('not for a change to the server, which runs from its sources', async () => {
    await using project = await builtProject()
    await project.touch('server/main.ts', 300)
    expect(await buildIsStale(project.root)).toBe(false)
  })
})
