/** JSON from strangers: where it is broken, its first fault has a place. */
import { parseTree, type ParseError } from 'jsonc-parser'
import { ReadRefusal } from './read-item.ts'

/** Throws a refusal with the place of what is not JSON. */
export function parseJson(json: string): unknown {
  const clean = json.replace(/^\uFEFF/u, '')
  try {
    return JSON.parse(clean)
  } catch {
    const before = clean.slice(0, firstFault(clean)).split('\n')
    throw new ReadRefusal({
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      message: 'This is not well-formed JSON.',
    })
  }
}

function firstFault(json: string): number {
  const errors: ParseError[] = []
  try {
    parseTree(json.slice(0, 1_000_000), errors)
  } catch {
    // It is nested deeper than the parser that knows places can follow.
  }
  return errors[0]?.offset ?? 0
}
