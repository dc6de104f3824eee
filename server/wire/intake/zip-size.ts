/**
 * Checks the unpacked size of a zip archive. An archive may lie about its size, so it is unpacked here, entry by entry
 * and no further than allowed, before any library gets it.
 */
import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50
const MOST_ENTRIES = 2_000

/** The reason why an archive must not be opened, or its entries. */
export type Unpacked = { fault: string } | { entries: Map<string, Buffer> }

/** @param most - the limit in bytes for all entries together */
export function unpackZip(bytes: Buffer, most: number): Unpacked {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY)
    return { fault: 'It is not a whole zip archive.' }
  const count = bytes.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) return { fault: `It holds more than ${MOST_ENTRIES} files.` }
  const entries = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  let room = most
  try {
    for (let i = 0; i < count; i += 1) {
      if (bytes.readUInt32LE(at) !== ENTRY) return { fault: 'The directory of this zip archive is broken.' }
      const nameLength = bytes.readUInt16LE(at + 28)
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
      const content = unpackEntry(bytes, at, room)
      if (content === null) return { fault: `Unpacked it is larger than ${most / 1_000_000} MB.` }
      room -= content.length
      entries.set(name, content)
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
  } catch {
    return { fault: 'This zip archive is broken.' }
  }
  return { entries }
}

/**
 * Returns the content of the entry with this directory record; null if it is over the limit. Throws for a broken one.
 */
function unpackEntry(bytes: Buffer, record: number, most: number): Buffer | null {
  const method = bytes.readUInt16LE(record + 10)
  const packedSize = bytes.readUInt32LE(record + 20)
  const local = bytes.readUInt32LE(record + 42)
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.subarray(start, start + packedSize)
  if (method === 0) return packed.length > most ? null : packed
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
