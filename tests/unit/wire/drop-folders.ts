import { join } from 'node:path'
import { createFolders, type Folders } from '#server/wire/folders.ts'

/** Returns the folders that file drops may use: `drop` in this folder, beside a data folder. */
export function dropFolders(folder: string): Folders {
  return createFolders({ roots: [join(folder, 'drop')], data: folder, own: 'drop' })
}
