/** Converts a newsroom's stories and dies as in a power cut at one step: `CRASH_AT=STEP node crash-process.ts FOLDER`. */
import { convertStories } from '#server/conversion/convert-stories.ts'
import { openStore } from '#server/store/open-store.ts'
import { SqliteThread } from '#server/store/sqlite-dialect.ts'
import { CRASH_STEPS } from './crash-steps.ts'
import { QUIET } from './newsroom.ts'

const AT_STORY = 3
const [folder] = process.argv.slice(2)
const step = CRASH_STEPS.find((name) => name === process.env['CRASH_AT'])
if (folder === undefined || step === undefined) throw new Error('Which folder, and which step?')

let converted = 0
const ask = Reflect.get(SqliteThread.prototype, 'ask')
SqliteThread.prototype.ask = async function (sql, parameters) {
  const rows = await ask.call(this, sql, parameters)
  // A story's last statement before the commit.
  if (sql.startsWith('update "stories" set "schema_version"')) converted++
  const reached = sql === 'commit' ? 'a story was converted' : 'a story is being converted'
  if (converted === AT_STORY && reached === step) process.kill(process.pid, 'SIGKILL')
  return rows
}

const store = await openStore(folder)
await convertStories(store, QUIET)
