/** A disk that can be filled: a separate file system, if this process may mount one. */
import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '#server/error-code.ts'
import { tempFolder } from './temp.ts'

export interface SmallDisk extends AsyncDisposable {
  readonly path: string
  /** Fills it to the last byte. */
  fill: () => Promise<void>
  /** Frees the space again. */
  empty: () => Promise<void>
}

/** Mounts a file system of `megabytes` in memory; returns null if this process may not mount. */
export async function smallDisk(megabytes: number): Promise<SmallDisk | null> {
  const folder = await tempFolder('galley-disk-')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder.path], { stdio: 'ignore' })
  } catch {
    await folder.remove()
    return null
  }
  const ballast = join(folder.path, 'ballast')
  return {
    path: folder.path,
    async fill() {
      // In single pages towards the end, so that no space is left.
      for (let size = 1 << 20; size >= 4096; size >>= 4) {
        try {
          for (;;) await writeFile(ballast, Buffer.alloc(size), { flag: 'a' })
        } catch (error) {
          if (errorCode(error) !== 'ENOSPC') throw error
        }
      }
    },
    empty: () => rm(ballast),
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['--lazy', folder.path])
      await folder.remove()
    },
  }
}
