/** Converts the formats of flat text (bold, italic, link) to an editor's marks, and back. */
import { Mark, type Schema } from '@tiptap/pm/model'
import type { Formats } from '#shared/article/flat-text.ts'
import { isStoryLink } from '#shared/article/links.ts'

/** Returns the marks of a run. Formats unknown to the schema are left out; they stay in the text. */
export function marksOf(schema: Schema, formats: Formats): readonly Mark[] {
  let marks: readonly Mark[] = Mark.none
  for (const [name, value] of Object.entries(formats)) {
    const type = schema.marks[name]
    if (type === undefined || value === null || value === undefined || value === false) continue
    if (name !== LINK) marks = type.create().addToSet(marks)
    else if (isStoryLink(value)) marks = type.create({ href: value }).addToSet(marks)
  }
  return marks
}

export function formatsOf(marks: readonly Mark[]): Formats {
  return Object.fromEntries(
    marks.map(({ type, attrs }): [string, unknown] => [type.name, type.name === LINK ? attrs['href'] : true]),
  )
}

/** Returns the formats to set or remove (null) to get from one set of marks to another; null if they are equal. */
export function formatChange(from: readonly Mark[], to: readonly Mark[]): Formats | null {
  if (Mark.sameSet(from, to)) return null
  const before = formatsOf(from)
  const after = formatsOf(to)
  const change: Formats = {}
  for (const name of Object.keys(before)) if (!(name in after)) change[name] = null
  for (const [name, value] of Object.entries(after)) if (before[name] !== value) change[name] = value
  return change
}

const LINK = 'link'
