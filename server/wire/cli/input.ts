/** The input of a command: a file or standard input. */
import { open, stat } from 'node:fs/promises'
import { errorCode } from '#server/error-code.ts'
import { LARGEST_FILE } from '../intake/read-document.ts'
import { UsageError } from './options.ts'

export interface Input {
  bytes: Uint8Array
  /** When the file was last written; now for standard input. ISO 8601. */
  time: string
}

/** Rejects with a {@link UsageError} if the input cannot be read. */
export async function readInput(file: string): Promise<Input> {
  if (file === '-') return { bytes: await read(process.stdin), time: new Date().toISOString() }
  try {
    const { mtime } = await stat(file)
    const handle = await open(file)
    return { bytes: await read(handle.createReadStream()), time: mtime.toISOString() }
  } catch (error) {
    if (error instanceof UsageError) throw error
    const reasons: Record<string, string> = {
      ENOENT: 'There is no such file',
      EISDIR: 'It is a folder',
      EACCES: 'You may not read it',
    }
    throw new UsageError(`${file}: ${reasons[errorCode(error) ?? ''] ?? String(error)}.`)
  }
}

async function read(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > LARGEST_FILE) throw new UsageError(`A document has at most ${LARGEST_FILE / 1_000_000} MB.`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
