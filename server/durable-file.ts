/** Files that are either wholly there, on disk, or not there at all. */
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'

/**
 * Writes a file so that no reader ever sees half of it and no crash leaves half of it: into `.NAME.part`
 * beside it, fsync, rename, and fsync of the folder. What a crash leaves of the former, the next attempt writes over; so
 * nobody else may be writing the same file meanwhile. A file of that name is replaced. The
 * folder has to be there. Throws Node's error (`ENOENT`, `ENOSPC`, `EACCES` …) and leaves nothing behind.
 */
export async function writeDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.part`)
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
