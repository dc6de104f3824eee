import { errorCode } from '../error-code.ts'
import { SqliteError } from './sqlite-dialect.ts'

const FULL = 'disk-full'
const READ_ONLY = 'disk-read-only'
const DAMAGED = 'database-damaged'
const AWAY = 'database-unreachable'

/** The refusal that says what is wrong with the disk or database. */
export type StoreFault = typeof FULL | typeof READ_ONLY | typeof DAMAGED | typeof AWAY

/** By SQLite's primary result code: see https://sqlite.org/rescode.html. */
const BY_SQLITE_CODE = new Map<number, StoreFault>([
  [8, READ_ONLY],
  [10, DAMAGED],
  [11, DAMAGED],
  [13, FULL],
  [14, READ_ONLY],
  [26, DAMAGED],
])
/** By Node's error code, for files. */
const BY_ERROR_CODE = new Map<string, StoreFault>([
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EROFS', READ_ONLY],
  ['EIO', DAMAGED],
])
/** By PostgreSQL's code: see https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const BY_SQLSTATE = new Map<string, StoreFault>([
  ['25006', READ_ONLY],
  ['53100', FULL],
  ['53300', AWAY],
  ['57P01', AWAY],
  ['57P02', AWAY],
  ['57P03', AWAY],
  ['58030', DAMAGED],
  ['XX001', DAMAGED],
  ['XX002', DAMAGED],
])
/** Node's codes for a broken or failed connection to PostgreSQL. */
const BROKEN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])

/** Returns what is wrong with the newsroom's disk or database; null for any other error. */
export function storeFault(error: unknown): StoreFault | null {
  if (error instanceof SqliteError) return BY_SQLITE_CODE.get(error.primaryCode ?? 0) ?? null
  const code = errorCode(error) ?? ''
  return BY_ERROR_CODE.get(code) ?? BY_SQLSTATE.get(code) ?? (BROKEN.has(code) ? AWAY : null)
}
