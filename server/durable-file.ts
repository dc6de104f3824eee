/** Files that are either wholly there, on disk, or not there at all. */
import { randomUUID } from 'node:crypto'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'

/** Tells this process's unfinished files from those of other nodes that write into the same folder. */
const PROCESS = randomUUID().slice(0, 8)
/** What is unfinished for so long was left by a crash. */
const LEFT_BEHIND_MS = 60 * 60 * 1000

/** By path, while it is being written: two that write the same file, such as a picture for two destinations, take turns. */
const writing = new Map<string, Promise<void>>()
/** Folders in which this process has looked for what crashes have left. */
const tidied = new Set<string>()

/**
 * Writes a file so that no reader ever sees half of it and no crash leaves half of it under its name: into
 * `.NAME.<process>.part` beside it, fsync, rename, and fsync of the folder. A file of that name is replaced. The folder
 * has to be there. Throws Node's error (`ENOENT`, `ENOSPC`, `EACCES` …) and leaves nothing behind.
 */
export async function writeDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  const before = writing.get(path)
  const mine = (before ?? Promise.resolve()).catch(() => {}).then(() => writeNow(path, bytes))
  writing.set(path, mine)
  try {
    await mine
  } finally {
    if (writing.get(path) === mine) writing.delete(path)
  }
}

async function writeNow(path: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${PROCESS}.part`)
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
  await tidyOnce(folder)
}

/** Removes what crashes have left in the folder. That it cannot be is nobody's concern now. */
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

/** Waits until what was written to a file is on the disk. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a rename in this folder durable, where its file system can: Windows refuses to open folders, some mounts to sync them. */
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
