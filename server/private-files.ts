/**
 * Only the server's own user can read the newsroom's files, even in a data folder that another user made. Files that
 * another system picks up, such as deliveries, keep the permissions of the system's umask.
 */
import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'

/** The permissions of the group and of others. */
const OTHERS = 0o077

let systemUmask: number | null = null

/** Makes the files and folders that this process creates from now on its own user's alone. */
export function keepFilesPrivate(): void {
  systemUmask ??= process.umask(OTHERS)
}

/** Gives a file or folder that other systems use the permissions that the system's umask gives. */
export async function shareWithSystem(path: string, kind: 'file' | 'folder'): Promise<void> {
  if (systemUmask !== null) await chmod(path, (kind === 'file' ? 0o666 : 0o777) & ~systemUmask)
}

/**
 * Takes the files and folders in the data folder away from other users, such as those of an older version. A folder that
 * others can open is reported and left alone: its permissions are the operator's.
 */
export async function tightenDataFolder(
  folder: string,
  { shared, log }: { shared: readonly string[]; log: Pick<Logger, 'warn'> },
): Promise<void> {
  if (process.platform === 'win32') return
  const { mode } = await stat(folder)
  if ((mode & OTHERS) !== 0) {
    const advice = `other users of this computer can open the data folder: run chmod 700 ${folder}`
    log.warn({ folder, mode: (mode & 0o777).toString(8) }, advice)
  }
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (shared.includes(path) || !(entry.isFile() || entry.isDirectory())) continue
    try {
      const { mode: before } = await stat(path)
      if ((before & OTHERS) !== 0) await chmod(path, before & 0o777 & ~OTHERS)
    } catch (error) {
      log.warn({ err: error, path }, 'other users of this computer may be able to read a file of the newsroom')
    }
  }
}
