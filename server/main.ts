/** `npm run server`: starts the newsroom, prints its address, and stops it on a signal. */
import { ConfigError, HELP, readConfig } from './config.ts'
import { createLog } from './log.ts'
import { startNewsroom } from './newsroom.ts'
import { NoNewsroomError } from './open-settings.ts'
import { keepFilesPrivate } from './private-files.ts'
import { StoreRefusal } from './store/store-refusal.ts'

/** The exit code for an invalid command line, environment or data folder. */
const EXIT_USAGE = 2
/** The exit code once the database's thread has ended: only a new process can open the database again. */
const EXIT_DATABASE_LOST = 3

async function main(): Promise<void> {
  keepFilesPrivate()
  const config = readConfig(process.argv.slice(2), process.env)
  if (config === 'help') {
    process.stdout.write(`${HELP}\n`)
    return
  }
  const log = createLog(config.logLevel)
  const newsroom = await startNewsroom(config, log)
  void newsroom.lost.then((error) => {
    log.fatal({ err: error }, 'the database is lost, and the server ends: start it again')
    process.exit(EXIT_DATABASE_LOST)
  })

  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      newsroom.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'the newsroom did not stop in order')
          process.exit(1)
        },
      )
    })
  }
  process.stdout.write(`Galley's relay is at ${newsroom.address}\n`)
}

try {
  await main()
} catch (error) {
  const known = error instanceof ConfigError || error instanceof NoNewsroomError || error instanceof StoreRefusal
  const text = error instanceof Error ? (!known && error.stack) || error.message : String(error)
  process.stderr.write(`${text}\n`, () => process.exit(known ? EXIT_USAGE : 1))
}
