/** `npm run admin -- restore FILE`: restores a newsroom from its backup into an empty data folder. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { extract } from 'tar'
import { syncFile, syncFolder } from '../durable-file.ts'
import { RESTORED } from '../relay/claims.ts'
import { DATABASE_FILE, LOCK_FILE } from '../store/sqlite-store.ts'
import { BackupRefusal, type Manifest, MEDIA, messageOf, verifyArchive } from './archive.ts'
import { checkDatabase, dataVersion, listPictures } from './check-database.ts'

/** The folder in which a backup is unpacked until it is complete. */
const STAGING = '.restoring'

/** What an "empty" data folder may hold: file system entries, a lock, and the rest of an interrupted restore. */
const IGNORED = new Set(['lost+found', LOCK_FILE, `${LOCK_FILE}-journal`, STAGING])

/**
 * Restores a backup into `dataFolder`, which is created if missing. The database is put in place last, so an interrupted
 * restore leaves no newsroom. Throws a {@link BackupRefusal} when the folder is not empty or in use, and when the backup is
 * damaged or was made by a newer Galley.
 */
export async function restore(file: string, dataFolder: string): Promise<{ manifest: Manifest; pictures: number }> {
  const data = resolve(dataFolder)
  const { manifest, sums } = await verifyArchive(resolve(file))
  try {
    await mkdir(data, { recursive: true, mode: 0o700 })
    return await locked(data, async () => {
      await refuseUnlessEmpty(data)
      const staging = join(data, STAGING)
      try {
        await rm(staging, { recursive: true, force: true })
        await mkdir(join(staging, MEDIA), { recursive: true, mode: 0o700 })
        await extract({ file: resolve(file), cwd: staging, strict: true, noMtime: true, preserveOwner: false })
        const pictures = checkUnpacked(join(staging, DATABASE_FILE), manifest, sums)

        expectMore(join(staging, DATABASE_FILE))

        for (const name of sums.keys()) await syncFile(join(staging, name))
        await syncFolder(join(staging, MEDIA))
        await rename(join(staging, MEDIA), join(data, MEDIA))
        await rename(join(staging, DATABASE_FILE), join(data, DATABASE_FILE))
        await syncFolder(data)
        return { manifest, pictures }
      } finally {
        await rm(staging, { recursive: true, force: true })
      }
    })
  } catch (error) {
    if (error instanceof BackupRefusal) throw error
    throw new BackupRefusal(`The backup could not be restored: ${messageOf(error)}`, { cause: error })
  }
}

/** Keeps servers and other restores out of the data folder while `work` runs. */
async function locked<T>(data: string, work: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(join(data, LOCK_FILE), { timeout: 0 })
  try {
    try {
      lock.exec('begin exclusive')
    } catch (error) {
      throw new BackupRefusal(`The data folder ${data} is in use by another Galley. Name an empty one with --data.`, {
        cause: error,
      })
    }
    return await work()
  } finally {
    lock.close()
  }
}

/** Marks the newsroom as restored, so that people's copies may bring what was written after the backup: see R26 in PROTOCOL.md. */
function expectMore(path: string): void {
  const database = new DatabaseSync(path)
  try {
    const hasClients = database.prepare("select 1 from sqlite_schema where name = 'clients'").get() !== undefined
    if (hasClients) database.exec("update clients set held_by = 'restored'")
    database.prepare('insert or replace into settings (name, value) values (?, ?)').run(RESTORED, 'yes')
  } finally {
    database.close()
  }
}

async function refuseUnlessEmpty(data: string): Promise<void> {
  const there = (await readdir(data)).filter((name) => !IGNORED.has(name))
  if (there.length === 0) return
  const some = `${there.slice(0, 3).join(', ')}${there.length > 3 ? ' …' : ''}`
  throw new BackupRefusal(`The data folder ${data} is not empty (${some}). Name an empty one with --data.`)
}

/** Checks that a whole backup holds a newsroom. Returns the number of its pictures. */
function checkUnpacked(path: string, manifest: Manifest, sums: ReadonlyMap<string, string>): number {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    checkDatabase(database)
    if (dataVersion(database) !== manifest.dataVersion) {
      throw new BackupRefusal(
        `Its database has version ${dataVersion(database)}, and not ${manifest.dataVersion} as it says.`,
      )
    }
    const pictures = listPictures(database).map(({ id }) => id)
    const lacking = pictures.filter((id) => !sums.has(`${MEDIA}/${id}`) && !manifest.missingPictures.includes(id))
    if (lacking.length > 0) throw new BackupRefusal(`These pictures are missing in the backup: ${lacking.join(', ')}`)
    return pictures.length - manifest.missingPictures.length
  } finally {
    database.close()
  }
}
