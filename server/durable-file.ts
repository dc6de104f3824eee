/** Files that are on disk as a whole or not at all. */
import { randomUUID } from 'node:crypto'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'
import { shareWithSystem } from './private-files.ts'

/** Distinguishes this process's unfinished files from those of other nodes that write to the same folder. */
const PROCESS = randomUUID().slice(0, 8)
/** An unfinished file this old was left by a crash. */
const LEFT_BEHIND_MS = 60 * 60 * 1000

/** Writes under way, by path: two of the same file, such as a picture for two destinations, take turns. */
const writing = new Map<string, Promise<void>>()
/** Folders that this process has cleared of what crashes left. */
const tidied = new Set<string>()

export interface WriteOptions {
  /** True for a file that another system picks up. */
  shared?: boolean
}

/**
 * Writes a file so that no reader sees half of it and no crash leaves half of it: into `.NAME.<process>.part` beside it,
 * fsync, rename, and fsync of the folder. Replaces an existing file. The folder has to exist. Rejects with Node's error
 * (`ENOENT`, `ENOSPC`, `EACCES` …) and leaves nothing behind.
 */
export async function writeDurably(path: string, bytes: Uint8Array | string, options?: WriteOptions): Promise<void> {
  const before = writing.get(path)
  const mine = (before ?? Promise.resolve()).catch(() => {}).then(() => writeNow(path, bytes, options))
  writing.set(path, mine)
  try {
    await mine
  } finally {
    if (writing.get(path) === mine) writing.delete(path)
  }
}

/** Returns the name of a file that is being written. One that a crash leaves behind is removed later. */
export function unfinishedName(name: string): string {
  return `.${name}.${PROCESS}.part`
}

async function writeNow(
  path: string,
  bytes: Uint8Array | string,
  { shared = false }: WriteOptions = {},
): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, unfinishedName(basename(path)))
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    if (shared) await shareWithSystem(temporary, 'file')
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
  await tidyOnce(folder)
}

/** Removes what crashes have left in the folder. Ignores failures, which do not matter here. */
async function tidyOnce(folder: string): Promise<void> {
  if (tidied.has(folder)) return
  tidied.add(folder)
  try {
    const names = (await readdir(folder)).filter((name) => /^\..+\.[0-9a-f]{8}\.part$/.test(name))
    for (const name of names) {
      const { mtimeMs } = await stat(join(folder, name))
      if (Date.now() - mtimeMs > LEFT_BEHIND_MS) await rm(join(folder, name), { force: true })
    }
  } catch {
    return
  }
}

/** Resolves once what was written to a file is on the disk. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a rename in this folder durable where possible: Windows refuses to open folders, some mounts to sync them. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP'].includes(errorCode(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}
