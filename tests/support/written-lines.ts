/** A list of texts in a story: the lines of its body. People may write any number of them, unlike values of a list. */
import type * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'

export interface WrittenLines {
  /** Adds a line at the end. */
  push(line: string): void
  readonly length: number
  toArray(): string[]
}

export function writtenLines(doc: Y.Doc): WrittenLines {
  const body = fieldText(doc, 'body')
  const toArray = (): string[] => body.toJSON().split('\n').slice(0, -1)
  return {
    push: (line) => body.insert(body.length, `${line}\n`),
    get length() {
      return toArray().length
    },
    toArray,
  }
}
