/** Folders that are removed after their test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempFolder extends AsyncDisposable {
  readonly path: string
  remove: () => Promise<void>
}

/** Returns a new, empty folder: `await using folder = await tempFolder()`, or call `remove()`. */
export async function tempFolder(name = 'galley-test-'): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), name))
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 5 })
  return { path, remove, [Symbol.asyncDispose]: remove }
}
