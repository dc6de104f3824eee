/**
 * Checks a zip archive before a library opens it. An archive may lie about its size, have two entries of one name, or two
 * directories, and libraries differ in which they believe. So it is unpacked here, entry by entry and no further than
 * allowed, and the library gets a new archive of what was unpacked.
 */
import { crc32, inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const END_LENGTH = 22
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_LOCATOR_LENGTH = 20
/** What an archive writes in place of a number that its zip64 records hold. */
const IN_ZIP64 = { short: 0xffff, long: 0xffffffff }
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const MOST_ENTRIES = 2_000

/** The reason why an archive must not be opened, or its entries. */
export type Unpacked = { fault: string } | { entries: Map<string, Buffer> }

/**
 * @param most - the limit in bytes for all unpacked entries together
 * @param isNeeded - returns whether an entry is unpacked; the others are empty
 */
export function unpackZip(bytes: Buffer, most: number, isNeeded: (name: string) => boolean = () => true): Unpacked {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + END_LENGTH > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY)
    return { fault: 'It is not a whole zip archive.' }
  const locator = end - ZIP64_LOCATOR_LENGTH
  if (locator >= 0 && bytes.readUInt32LE(locator) === ZIP64_LOCATOR) return zip64()
  const count = bytes.readUInt16LE(end + 10)
  if (count === IN_ZIP64.short) return zip64()
  if (count > MOST_ENTRIES) return { fault: `It holds more than ${MOST_ENTRIES} files.` }
  const entries = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  if (at === IN_ZIP64.long) return zip64()
  let room = most
  try {
    for (let i = 0; i < count; i += 1) {
      if (bytes.readUInt32LE(at) !== ENTRY) return { fault: 'The directory of this zip archive is broken.' }
      const nameLength = bytes.readUInt16LE(at + 28)
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
      if (entries.has(name)) return { fault: `It holds two files with the name ${name}.` }
      if ([20, 24, 42].some((place) => bytes.readUInt32LE(at + place) === IN_ZIP64.long)) return zip64()
      const content = isNeeded(name) ? unpackEntry(bytes, at, room) : Buffer.alloc(0)
      if (content === null) return { fault: `Unpacked it is larger than ${most / 1_000_000} MB.` }
      room -= content.length
      entries.set(name, content)
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
  } catch {
    return { fault: 'This zip archive is broken.' }
  }
  // A library may read on past the number of entries that the archive states.
  if (at + 4 <= bytes.length && bytes.readUInt32LE(at) === ENTRY) {
    return { fault: 'It holds more files than it states.' }
  }
  return { entries }
}

function zip64(): Unpacked {
  return { fault: 'It is a zip archive for files of more than 4 GB.' }
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

/** Returns an archive of these entries, not compressed. */
export function packZip(entries: ReadonlyMap<string, Buffer>): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [text, content] of entries) {
    const name = Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(LOCAL, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x0800, 6)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(content.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(name.length, 26)
    const record = Buffer.alloc(46)
    record.writeUInt32LE(ENTRY, 0)
    record.writeUInt16LE(20, 4)
    local.copy(record, 6, 4, 30)
    record.writeUInt32LE(offset, 42)
    files.push(local, name, content)
    directory.push(record, name)
    offset += local.length + name.length + content.length
  }
  const records = Buffer.concat(directory)
  const end = Buffer.alloc(END_LENGTH)
  end.writeUInt32LE(END_OF_DIRECTORY, 0)
  end.writeUInt16LE(entries.size, 8)
  end.writeUInt16LE(entries.size, 10)
  end.writeUInt32LE(records.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, records, end])
}
