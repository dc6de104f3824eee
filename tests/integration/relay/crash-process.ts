/**
 * A relay process that dies as in a power cut at one step of its first compaction:
 * `CRASH_AT=STEP node crash-process.ts FOLDER`. It prints its address.
 */
import { SqliteThread } from '#server/store/sqlite-dialect.ts'
import { COMPACT_ROWS, CRASH_STEPS, type CrashStep } from './crash-steps.ts'
import { startTestNewsroom } from './newsroom.ts'

const [folder] = process.argv.slice(2)
const step = CRASH_STEPS.find((name) => name === process.env['CRASH_AT'])
if (folder === undefined || step === undefined) throw new Error('Which folder, and which step?')

/** The statements of the open transaction. There is one connection, so one transaction at a time. */
let transaction: string[] = []

/** Returns the step reached when this statement is sent, and the one reached when it is answered. */
function stepsOf(sql: string): { asked?: CrashStep; answered?: CrashStep } {
  if (/^select .* from "log"/.test(sql) && transaction.some((before) => /^select .* from "snapshots"/.test(before))) {
    return { answered: 'the history was read' }
  }
  if (sql.startsWith('insert into "snapshots"')) {
    return { asked: 'the snapshot is being written', answered: 'the snapshot was written' }
  }
  if (sql.startsWith('delete from "log"')) return { answered: 'the log was cut' }
  if (sql === 'commit' && transaction.some((before) => before.startsWith('delete from "log"'))) {
    return { asked: 'it is being committed', answered: 'it was committed' }
  }
  return {}
}

const crashAt = (reached: CrashStep | undefined): void => {
  if (reached === step) process.kill(process.pid, 'SIGKILL')
}

const ask = Reflect.get(SqliteThread.prototype, 'ask')
SqliteThread.prototype.ask = async function (sql, parameters) {
  transaction = sql.startsWith('begin') ? [] : [...transaction, sql]
  const { asked, answered } = stepsOf(sql)
  const answer = ask.call(this, sql, parameters)
  crashAt(asked)
  const rows = await answer
  crashAt(answered)
  return rows
}

const { address } = await startTestNewsroom({ folder, limits: { compactRows: COMPACT_ROWS } })
console.log(address)
