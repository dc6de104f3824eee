/**
 * `npm run admin -- backup FILE`: the newsroom as of one moment, in one file, whether or not its server runs.
 *
 * The server's lock keeps other servers out of the data folder, not readers of the database: SQLite's write-ahead log lets
 * another process copy it as of one commit (`vacuum into`) while the server goes on writing. A picture is on the disk
 * before the database refers to it, and never changes, so the pictures are copied after the database.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pipeline } from 'node:stream/promises'
import { create, replace } from 'tar'
import { syncFile, syncFolder } from '../durable-file.ts'
import { DATABASE_FILE } from '../store/sqlite-store.ts'
import {
  BACKUP_FORMAT,
  BackupRefusal,
  formatSums,
  MANIFEST,
  type Manifest,
  MEDIA,
  messageOf,
  SUMS,
  verifyArchive,
} from './archive.ts'
import { checkDatabase, dataVersion, listPictures } from './check-database.ts'

/** How long to wait for another connection's lock on the database, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000

export interface Backup {
  manifest: Manifest
  /** The number of pictures in it. */
  pictures: number
  bytes: number
}

/**
 * Writes a backup of the newsroom in `dataFolder`, and reads it to its end. `file` appears whole and on the disk, or not at
 * all; an existing one is replaced. A backup without pictures lists all of them as missing. Throws a {@link BackupRefusal}
 * when there is nothing to back up, the database is damaged, or the backup cannot be written.
 */
export async function backUp(dataFolder: string, file: string, { withPictures = true } = {}): Promise<Backup> {
  const data = resolve(dataFolder)
  const target = resolve(file)
  if (!existsSync(join(data, DATABASE_FILE))) throw new BackupRefusal(`There is no newsroom in ${data}.`)
  const staging = await makeStaging(target)
  try {
    const { manifest, pictures } = await copyDatabase(data, staging, withPictures)
    await writeFile(join(staging, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    const archive = await pack(data, staging, pictures)
    await verifyArchive(archive)
    await syncFile(archive)
    const { size } = await stat(archive)
    await rename(archive, target)
    await syncFolder(dirname(target))
    return { manifest, pictures: pictures.length, bytes: size }
  } catch (error) {
    if (error instanceof BackupRefusal) throw error
    throw new BackupRefusal(`The backup could not be made: ${messageOf(error)}`, { cause: error })
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Makes a folder beside the backup: in the same file system, so that a rename completes it. */
async function makeStaging(target: string): Promise<string> {
  try {
    return await mkdtemp(join(dirname(target), `.${basename(target)}.part-`))
  } catch (error) {
    throw new BackupRefusal(`No backup can be written to ${dirname(target)}: ${messageOf(error)}`, { cause: error })
  }
}

/** Copies the database as of one moment. Returns the pictures that belong to it. */
async function copyDatabase(
  data: string,
  staging: string,
  withPictures: boolean,
): Promise<{ manifest: Manifest; pictures: string[] }> {
  const madeAt = new Date().toISOString()
  const path = join(staging, DATABASE_FILE)
  withDatabase(new DatabaseSync(join(data, DATABASE_FILE), { timeout: BUSY_TIMEOUT_MS }), (live) => {
    live.prepare('vacuum into ?').run(path)
  })
  const { newsroom, version, listed } = withDatabase(new DatabaseSync(path, { readOnly: true }), (copy) => {
    checkDatabase(copy)
    return { newsroom: readNewsroom(copy, data), version: dataVersion(copy), listed: listPictures(copy) }
  })
  const there = await Promise.all(
    listed.map(async ({ id, size }) => withPictures && (await sizeOf(join(data, MEDIA, id))) === size),
  )
  const ids = listed.map(({ id }) => id)
  return {
    manifest: {
      galleyBackup: BACKUP_FORMAT,
      dataVersion: version,
      newsroom,
      madeAt,
      missingPictures: ids.filter((_, index) => there[index] !== true),
    },
    pictures: ids.filter((_, index) => there[index] === true),
  }
}

/** Packs the staging folder and the pictures. Resolves to the archive's path. */
async function pack(data: string, staging: string, pictures: readonly string[]): Promise<string> {
  const own = [MANIFEST, DATABASE_FILE]
  const media = pictures.map((id) => `${MEDIA}/${id}`)
  const sums = new Map<string, string>()
  for (const name of own) sums.set(name, await sumOf(join(staging, name)))
  for (const name of media) sums.set(name, await sumOf(join(data, name)))
  await writeFile(join(staging, SUMS), formatSums(sums))

  // It holds password hashes and the key that signs tickets, so only its owner may read it.
  const file = join(staging, 'archive.tar')
  await create({ file, cwd: staging, portable: true, strict: true, mode: 0o600 }, own)
  if (media.length > 0) await replace({ file, cwd: data, portable: true, strict: true }, media)
  await replace({ file, cwd: staging, portable: true, strict: true }, [SUMS])
  return file
}

function readNewsroom(database: DatabaseSync, data: string): Manifest['newsroom'] {
  const setting = (name: string) => database.prepare('select value from settings where name = ?').get(name)?.['value']
  const [id, name] = [setting('newsroom.id'), setting('newsroom.name')]
  if (typeof id !== 'string' || typeof name !== 'string')
    throw new BackupRefusal(`There is no newsroom in ${data} yet.`)
  return { id, name }
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found?.size ?? null
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function withDatabase<T>(database: DatabaseSync, work: (database: DatabaseSync) => T): T {
  try {
    return work(database)
  } finally {
    database.close()
  }
}
