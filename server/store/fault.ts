import { errorCode } from '../error-code.ts'
import { SqliteError } from './sqlite-dialect.ts'

const FULL = 'The newsroom’s disk is full. Nothing was changed. Whoever keeps the server has to make room on it.'
const READ_ONLY =
  'The newsroom’s disk cannot be written at the moment. Nothing was changed. Whoever keeps the server has to look at it.'
const DAMAGED = 'The newsroom’s disk or database has a fault. Whoever keeps the server has to look at it.'

/** By SQLite's primary result code: see https://sqlite.org/rescode.html. */
const BY_SQLITE_CODE = new Map([
  [8, READ_ONLY],
  [10, DAMAGED],
  [11, DAMAGED],
  [13, FULL],
  [14, READ_ONLY],
  [26, DAMAGED],
])
/** By Node's code, for what is kept as files. */
const BY_ERROR_CODE = new Map([
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EROFS', READ_ONLY],
  ['EIO', DAMAGED],
])

/** What is wrong with where the newsroom's data is kept, in words for a person; null when the error is another one. */
export function storeFault(error: unknown): string | null {
  const known =
    error instanceof SqliteError
      ? BY_SQLITE_CODE.get(error.primaryCode ?? 0)
      : BY_ERROR_CODE.get(errorCode(error) ?? '')
  return known ?? null
}
