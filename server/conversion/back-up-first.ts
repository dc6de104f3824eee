import { join } from 'node:path'
import { BackupRefusal } from '../backup/archive.ts'
import { backUp } from '../backup/back-up.ts'
import { VERSION_1_MIGRATIONS } from '../store/migrations.ts'
import { StoreRefusal } from '../store/store-refusal.ts'
import type { BeforeMigration } from '../store/store.ts'

/** The name, in the data folder, of the backup made before stories are converted. */
export const BACKUP_BEFORE_CONVERSION = 'before-conversion.tar'

/**
 * Returns a step that backs up an older database before anything in it is changed, so that the older Galley can be used
 * again. The backup has no pictures, since they do not change. The step throws a `StoreRefusal` when it fails.
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
