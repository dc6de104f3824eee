import { mkdir } from 'node:fs/promises'
import type { Logger } from 'pino'
import { shareWithSystem } from '../private-files.ts'
import type { Store } from '../store/store.ts'

/**
 * Makes the drop folder before anything was ever published. Later a missing folder is one that was unmounted, and making
 * it would send stories nowhere. In that case, and when the folder can't be made, deliveries say so and wait.
 */
export async function makeDropFolder({ db }: Pick<Store, 'db'>, folder: string, log: Logger): Promise<void> {
  const published = await db.selectFrom('publications').select('id').limit(1).executeTakeFirst()
  if (published !== undefined) return
  try {
    if ((await mkdir(folder, { recursive: true })) !== undefined) await shareWithSystem(folder, 'folder')
  } catch (error) {
    log.warn({ err: error, folder }, 'the drop folder could not be made; deliveries wait for it')
  }
}

/** Makes the newsroom's own folder for incoming files, which a source can watch. */
export async function makeIntakeFolder(folder: string, log: Logger): Promise<void> {
  try {
    if ((await mkdir(folder, { recursive: true })) !== undefined) await shareWithSystem(folder, 'folder')
  } catch (error) {
    log.warn({ err: error, folder }, 'the intake folder could not be made')
  }
}
