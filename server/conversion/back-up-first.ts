import { join } from 'node:path'
import { BackupRefusal } from '../backup/archive.ts'
import { backUp } from '../backup/back-up.ts'
import { VERSION_1_MIGRATIONS } from '../store/migrations.ts'
import { StoreRefusal } from '../store/store-refusal.ts'
import type { BeforeMigration } from '../store/store.ts'

/** The backup that is made before stories are converted, in the data folder. */
export const BACKUP_BEFORE_CONVERSION = 'before-conversion.tar'

/**
 * Returns what makes a backup of an older database before anything of it is changed, so that the Galley that wrote it
 * can be gone back to. It holds no pictures: nothing becomes of these. Throws a `StoreRefusal` when that cannot be done.
 */
export function backUpFirst(dataFolder: string): BeforeMigration {
  return async (db, version) => {
    if (version > VERSION_1_MIGRATIONS) return
    const story = await db.selectFrom('stories').select('id').limit(1).executeTakeFirst()
    if (story === undefined) return
    try {
      await backUp(dataFolder, join(dataFolder, BACKUP_BEFORE_CONVERSION), { withPictures: false })
    } catch (error) {
      if (!(error instanceof BackupRefusal)) throw error
      throw new StoreRefusal(
        `The stories of this newsroom are in an older format and have to be converted. First a backup is made in ` +
          `${dataFolder}, and that failed; nothing was changed. ${error.message}`,
        { cause: error },
      )
    }
  }
}
