/**
 * A folder that others put copy into. A file is read once it has stopped growing, and moved into `done` within the folder
 * when it is kept; where that is not allowed it is read once in each run, and known again by its words.
 */
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../../error-code.ts'
import { LARGEST_FILE } from './read-document.ts'
import type { Arrival } from './receive.ts'

const DONE = 'done'
/** A file that is being copied in goes by one of these until it is whole. */
const UNFINISHED = /^\.|\.(part|partial|tmp|filepart|crdownload)$|~$/i

export interface FolderWatch {
  /** Takes in what is there. Rejects with what the folder itself is like, and what to do. */
  look(): Promise<void>
}

export function watchFolder(
  folder: string,
  receive: (file: Omit<Arrival, 'sourceId'>) => Promise<unknown>,
): FolderWatch {
  /** By file: what it was like at the last look, and whether it was read as such. */
  let seen = new Map<string, { print: string; read: boolean }>()

  async function put(name: string, print: string): Promise<void> {
    const path = join(folder, name)
    const { size } = await stat(path)
    // One that is far too large is not read into memory, and refused for it.
    const bytes = size > LARGEST_FILE ? new Uint8Array(LARGEST_FILE + 1) : await readFile(path)
    await receive({ bytes, fileName: name })
    // What was written while it was read is read when it is whole, and not moved away before.
    if ((await printOf(path)) !== print) return
    seen.set(name, { print, read: true })
    await mkdir(join(folder, DONE), { recursive: true })
    await rename(path, join(folder, DONE, await freeName(name)))
  }

  /** Nothing in `done` is written over. */
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
          if (last?.print === print && !last.read) await put(entry, print)
        } catch (error) {
          // Another node may have been quicker.
          if (errorCode(error) !== 'ENOENT') fault ??= error
        }
      }
      if (fault !== null) throw new Error(describe(fault, folder), { cause: fault })
    },
  }
}

/** What tells whether a file is still being written. */
async function printOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  return `${size} ${mtimeMs}`
}

async function entries(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true })
    return found.filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name)).map(({ name }) => name)
  } catch (error) {
    throw new Error(describe(error, folder), { cause: error })
  }
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
