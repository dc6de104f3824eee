/**
 * A folder that another system watches, on this computer or mounted. Each file appears only when complete, the item
 * after its pictures. Galley never creates the folder: a missing folder is a lost mount, and files written in its place
 * would reach no receiver.
 */
import { readFile, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { message, type MessageOrText } from '#shared/messages/message.ts'
import { DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import { writeDurably } from '../../durable-file.ts'
import { errorCode } from '../../error-code.ts'
import { MessageError } from '../../message-error.ts'
import type { Folders } from '../folders.ts'
import { DeliveryError, type DestinationKind, type Parcel } from './destination.ts'

export function fileDrop(folders: Folders): DestinationKind {
  async function targetOf(settings: unknown): Promise<string> {
    const { folder } = DESTINATION_SETTINGS['file-drop'].settings.parse(settings)
    try {
      return await folders.resolve(folder)
    } catch (error) {
      throw failureOf(error, resolve(folders.roots[0] ?? '', folder))
    }
  }
  return {
    name: 'file-drop',

    async deliver(parcel, { settings, signal }) {
      const target = await targetOf(settings)
      try {
        await dropInto(target, parcel, signal)
      } catch (error) {
        throw failureOf(error, target)
      }
      return { detail: { text: join(target, parcel.name) } }
    },

    async test({ settings }) {
      const target = await targetOf(settings)
      try {
        const file = join(target, '.galley-test.txt')
        await writeDurably(file, 'A test by Galley. You can delete it.\n', { shared: true })
        await rm(file)
      } catch (error) {
        throw failureOf(error, target)
      }
      return { detail: message('server.delivery.writable', { where: target }) }
    },
  }
}

async function dropInto(target: string, parcel: Parcel, signal: AbortSignal): Promise<void> {
  for (const { name, path } of parcel.pictures) {
    const file = join(target, name)
    // A picture never changes. One that is there came with an earlier version and is not sent again.
    if ((await sizeOf(file)) !== (await sizeOf(path))) await writeDurably(file, await readFile(path), { shared: true })
  }
  signal.throwIfAborted()
  await writeDurably(join(target, parcel.name), parcel.text, { shared: true })
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

function failureOf(error: unknown, folder: string): DeliveryError {
  return new DeliveryError(describe(error, folder), { cause: error })
}

function describe(error: unknown, folder: string): MessageOrText {
  if (error instanceof MessageError) return error.said
  switch (errorCode(error)) {
    case 'ENOENT':
      return message('server.delivery.folder-missing', { folder })
    case 'ENOTDIR':
      return message('server.delivery.not-a-folder', { folder })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return message('server.delivery.folder-not-writable', { folder })
    case 'ENOSPC':
    case 'EDQUOT':
      return message('server.delivery.folder-full', { folder })
    default: {
      const reason = error instanceof Error ? error.message : String(error)
      return message('server.delivery.folder-failed', { folder, reason })
    }
  }
}
