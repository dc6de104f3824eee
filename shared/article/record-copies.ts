import type * as Y from 'yjs'
import type { CopiedRun, IdRun } from './copies.ts'
export function pairRuns(_from: readonly IdRun[], _to: readonly IdRun[]): CopiedRun[] { return [] }
export function recordCopies(_doc: Y.Doc, _runs: readonly CopiedRun[]): void {}
