/**
 * A folder that another system watches, on this computer or mounted. Each file appears only when complete, the item
 * after its pictures. Galley never creates the folder: a missing folder is a lost mount, and files written in its place
 * would reach no receiver.
 */
import { readFile, rm, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import { writeDurably } from '../../durable-file.ts'
import { errorCode } from '../../error-code.ts'
import type { DestinationKind, Parcel } from './destination.ts'

export function fileDrop(dropFolder: string): DestinationKind {
  const targetOf = (settings: unknown): string => {
    const { folder } = DESTINATION_SETTINGS['file-drop'].settings.parse(settings)
    return isAbsolute(folder) ? folder : resolve(dropFolder, folder)
  }
  return {
    name: 'file-drop',

    async deliver(parcel, { settings, signal }) {
      const target = targetOf(settings)
      try {
        await dropInto(target, parcel, signal)
      } catch (error) {
        throw new Error(describe(error, target), { cause: error })
      }
      return { detail: join(target, parcel.name) }
    },

    async test({ settings }) {
      const target = targetOf(settings)
      try {
        const file = join(target, '.galley-test.txt')
        await writeDurably(file, 'A test of Galley’s. You may delete it.\n')
        await rm(file)
      } catch (error) {
        throw new Error(describe(error, target), { cause: error })
      }
      return { detail: `Galley can write into ${target}.` }
    },
  }
}

async function dropInto(target: string, parcel: Parcel, signal: AbortSignal): Promise<void> {
  for (const { name, path } of parcel.pictures) {
    const file = join(target, name)
    // A picture never changes. One that is there came with an earlier version and is not sent again.
    if ((await sizeOf(file)) !== (await sizeOf(path))) await writeDurably(file, await readFile(path))
  }
  signal.throwIfAborted()
  await writeDurably(join(target, parcel.name), parcel.text)
}

/** Returns the size in bytes; null if there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

function describe(error: unknown, folder: string): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return `The folder ${folder} is not there. Make it, or mount it again.`
    case 'ENOTDIR':
      return `${folder} is not a folder. Put a folder in its place.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Galley may not write into ${folder}. Give it the right to.`
    case 'ENOSPC':
    case 'EDQUOT':
      return `There is no room left for ${folder}. Make some.`
    default:
      return `${folder} could not be written: ${error instanceof Error ? error.message : String(error)}`
  }
}
