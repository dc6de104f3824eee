/**
 * Watches a folder for incoming copy. A file is read once it has stopped growing, and moved to `done` in the same
 * folder once it is stored. If moving is not allowed, it is read once in each run, and recognized again by its content.
 */
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../../error-code.ts'
import { MessageError } from '../../message-error.ts'
import { shareWithSystem } from '../../private-files.ts'
import { LARGEST_FILE } from './read-document.ts'
import type { Arrival } from './receive.ts'

const DONE = 'done'
/** The names of files that are still being copied in. */
const UNFINISHED = /^\.|\.(part|partial|tmp|filepart|crdownload)$|~$/i

export interface FolderWatch {
  /** Takes in the files that are ready. Rejects with the folder's fault and what to do about it. */
  look(): Promise<void>
}

export function watchFolder(
  folder: string,
  receive: (file: Omit<Arrival, 'sourceId'>) => Promise<unknown>,
): FolderWatch {
  /** By file: its state at the last look, and whether it was read in that state. */
  let seen = new Map<string, { print: string; read: boolean }>()

  /** Resolves to whether the whole file was read: one that changed meanwhile is read again when it is complete. */
  async function read(name: string, print: string): Promise<boolean> {
    const path = join(folder, name)
    const bytes = await readOwn(path)
    await receive({ bytes, fileName: name })
    if ((await printOf(path)) !== print) return false
    seen.set(name, { print, read: true })
    return true
  }

  async function moveToDone(name: string): Promise<void> {
    await makeDone()
    await rename(join(folder, name), join(folder, DONE, await freeName(name)))
  }

  /** A link in the place of `done` could lead anywhere. */
  async function makeDone(): Promise<void> {
    const done = join(folder, DONE)
    if ((await mkdir(done, { recursive: true })) !== undefined) await shareWithSystem(done, 'folder')
    if (!(await lstat(done)).isDirectory())
      throw Object.assign(new Error(`${done} is not a folder`), { code: 'EACCES' })
  }

  /** Returns a name that does not overwrite a file in `done`. */
  async function freeName(name: string): Promise<string> {
    const there = new Set(await readdir(join(folder, DONE)))
    if (!there.has(name)) return name
    return `${new Date().toISOString().replaceAll(':', '')}-${name}`
  }

  return {
    async look() {
      const before = seen
      seen = new Map()
      let fault: unknown = null
      for (const entry of await entries(folder)) {
        try {
          const print = await printOf(join(folder, entry))
          const last = before.get(entry)
          seen.set(entry, { print, read: last?.print === print && last.read })
          if (last?.print !== print) continue
          // A file that could not be moved is tried again, so that its fault lasts until it is mended.
          if (last.read || (await read(entry, print))) await moveToDone(entry)
        } catch (error) {
          // Another node may have taken the file first.
          if (errorCode(error) !== 'ENOENT') fault ??= error
        }
      }
      if (fault !== null) throw folderFault(fault, folder)
    },
  }
}

/** Reads a file, but not what a link in its place leads to. A file over the limit is refused for its size, unread. */
async function readOwn(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw Object.assign(new Error(`${path} is not a file`), { code: 'ENOENT' })
    return stats.size > LARGEST_FILE ? new Uint8Array(LARGEST_FILE + 1) : await file.readFile()
  } finally {
    await file.close()
  }
}

/** Returns the size and time of a file, which show whether it is still being written. */
async function printOf(path: string): Promise<string> {
  const { size, mtimeMs } = await lstat(path)
  return `${size} ${mtimeMs}`
}

async function entries(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true })
    return found.filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name)).map(({ name }) => name)
  } catch (error) {
    throw folderFault(error, folder)
  }
}

/** Returns the error of a watched folder, with what to do about it. */
export function folderFault(error: unknown, folder: string): Error {
  return error instanceof MessageError ? error : new Error(describe(error, folder), { cause: error })
}

function describe(error: unknown, folder: string): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return `The folder ${folder} is not there. Make it, or mount it again.`
    case 'ENOTDIR':
      return `${folder} is not a folder. Name one.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Galley may not read ${folder}, or not move what it has read into ${DONE} there. Give it the right to.`
    default:
      return `${folder} could not be read: ${error instanceof Error ? error.message : String(error)}`
  }
}
