/** Parses JSON with the places of its values, so that a fault can be located in the file. */
import jsonc from 'jsonc-parser'
import type { z } from 'zod'
import type { Fault } from './fault.ts'
import { placeIn } from './place.ts'

/** A fault in the value at a path. */
export interface JsonFault {
  path: readonly PropertyKey[]
  message: string
}

/** Parses a document and runs `check` on its value. A document that cannot be parsed is a fault. */
export function checkJson(text: string, check: (value: unknown) => JsonFault[]): Fault[] {
  const errors: jsonc.ParseError[] = []
  const tree = jsonc.parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  if (errors[0] !== undefined) {
    const { offset, error } = errors[0]
    return [{ ...placeIn(text, offset), message: `This is not valid JSON: ${jsonc.printParseErrorCode(error)}.` }]
  }
  if (tree === undefined) return [{ line: 1, message: 'This is not valid JSON: it is empty.' }]
  return check(jsonc.getNodeValue(tree)).map(({ path, message }) => ({
    ...placeIn(text, nearest(tree, path).offset),
    message: path.length === 0 ? message : `${path.join('.')}: ${message}`,
  }))
}

/** Returns the node at a path, or the nearest existing ancestor. */
function nearest(tree: jsonc.Node, path: readonly PropertyKey[]): jsonc.Node {
  const segments = path.map((each) => (typeof each === 'number' ? each : String(each)))
  for (let length = segments.length; length > 0; length--) {
    const node = jsonc.findNodeAtLocation(tree, segments.slice(0, length))
    if (node !== undefined) return node
  }
  return tree
}

/** Returns a zod schema's faults in a value. An unknown name is reported at its own place. */
export function zodFaults(schema: z.ZodType, value: unknown): JsonFault[] {
  const parsed = schema.safeParse(value)
  if (parsed.success) return []
  return parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'This property is not allowed.' }))
      : [{ path: issue.path, message: issue.message }],
  )
}
