/** Where people may write on in a story. */
import * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'

/** Returns the id of the last character of each of the body's paragraphs that has one. */
export function paragraphEnds(doc: Y.Doc): { client: number; clock: number }[] {
  const ends: { client: number; clock: number }[] = []
  let last: Y.Item | null = null
  for (let item = fieldText(doc, 'body')._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString) last = item
    if (!(item.content instanceof Y.ContentType) || last === null) continue
    ends.push(last.lastId)
    last = null
  }
  return last === null ? ends : [...ends, last.lastId]
}
