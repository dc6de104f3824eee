import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from './config.ts'
import { createDemo } from './demo/demo.ts'
import { readSettings, type Settings } from './settings.ts'
import type { Store } from './store/store.ts'

const DEMO_PAUSE_MS = 200

/** The database holds no newsroom, or not the one that was asked for. The message says what to do. */
export class NoNewsroomError extends Error {}

/**
 * Returns the settings of the newsroom in the database. With `--demo` that is the demo newsroom, which is made if it is
 * missing. Throws a {@link NoNewsroomError}.
 */
export async function openSettings(store: Store, mediaFolder: string, config: Config): Promise<Settings> {
  const before = await readSettings(store.db)
  const where = config.databaseUrl === null ? config.data : 'the database of DATABASE_URL'
  const another = config.databaseUrl === null ? 'another folder with GALLEY_DATA' : 'another database with DATABASE_URL'
  if (before === null && !config.demo) {
    throw new NoNewsroomError(
      `There is no newsroom in ${where} yet. Make one with: npm run admin -- create-newsroom --help\n` +
        'Or try the demo newsroom with: npm run server -- --demo',
    )
  }
  if (before !== null && before.demo !== config.demo) {
    throw new NoNewsroomError(
      config.demo
        ? `There is a real newsroom (${before.name}) in ${where}, which --demo does not touch. Leave --demo away, or name ${another}.`
        : `The demo newsroom is in ${where}. Open it with --demo, or name ${another}.`,
    )
  }
  if (!config.demo && before !== null) return before
  // Several servers may be starting on one database.
  while ((await store.alone('demo', () => createDemo(store, mediaFolder))) === null) await delay(DEMO_PAUSE_MS)
  const settings = await readSettings(store.db)
  if (settings === null) throw new Error('The demo newsroom could not be made')
  return settings
}
