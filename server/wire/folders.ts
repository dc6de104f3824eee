/**
 * The server's folders that the wire may use: the operator's, and the one that Galley makes in its data folder. Wire
 * editors type in folders, so a folder counts by its real path, and nothing else in or around the data folder counts.
 */
import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { message } from '#shared/messages/message.ts'
import { MessageError } from '../message-error.ts'

export interface Folders {
  /** The allowed folders, with all in them. A relative folder is in the first. */
  readonly roots: readonly string[]
  /** Returns whether the folder is in an allowed one by its name. `resolve` finds out where it really is. */
  permits: (folder: string) => boolean
  /** Returns a folder's real path. Throws a {@link MessageError} outside of the roots, and Node's error if it is missing. */
  resolve: (folder: string) => Promise<string>
}

/** `own`: the name of the folder that Galley makes in the data folder. */
export function createFolders({
  roots,
  data,
  own,
}: {
  roots: readonly string[]
  data: string
  own: 'drop' | 'intake'
}): Folders {
  const absolute = (folder: string): string =>
    isAbsolute(folder) ? resolve(folder) : resolve(roots[0] ?? join(data, own), folder)
  const permits = (folder: string): boolean => roots.some((root) => isWithin(absolute(folder), resolve(root)))

  return {
    roots,
    permits,

    async resolve(folder) {
      const refused = new MessageError(message('server.folder.not-allowed', { folder, roots: roots.join(', ') }))
      // By name first: the answer must not tell which other folders exist.
      if (!permits(folder)) throw refused
      const real = await realpath(absolute(folder))
      const realData = await realpath(data)
      const ownRoot = join(realData, own)
      for (const root of roots) {
        const realRoot = await realpath(root).catch(() => null)
        if (realRoot === null || !isWithin(real, realRoot)) continue
        const isData = isWithin(realData, real) || (isWithin(real, realData) && !isWithin(real, ownRoot))
        if (!isData) return real
      }
      throw refused
    },
  }
}

/** Returns whether a path is a folder or in it. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}
