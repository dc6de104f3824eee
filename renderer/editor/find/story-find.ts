/** Find and replace over all fields of the story, in page order. */
import type { EditorView } from '@tiptap/pm/view'
import { TextSelection } from '@tiptap/pm/state'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FieldId } from '#shared/article/fields.ts'
import { foundIn, lookAgain } from './found.ts'
import { type FindQuery, findPattern, type Range } from './find-pattern.ts'

export interface FindState extends FindQuery {
  /** The number of matches in all fields. */
  count: number
  /** The current match, counting from 1; 0 if there is none. */
  current: number
}

/** A field on the page, with its editor. */
export interface SearchedField {
  field: FieldId
  view: EditorView
}

type Match = Range & SearchedField

export class StoryFind {
  readonly state: StoreApi<FindState> = createStore<FindState>(() => ({
    text: '',
    matchCase: false,
    wholeWords: false,
    count: 0,
    current: 0,
  }))
  /** The pattern for the fields; null while "find" is closed or empty. */
  pattern: RegExp | null = null

  readonly #fields: () => SearchedField[]
  /** The caret when this search began. */
  #from: { field: FieldId; position: number } | null = null
  #current: { field: FieldId; index: number } | null = null

  /** `fields` returns those on the page, in reading order. */
  constructor(fields: () => SearchedField[]) {
    this.#fields = fields
  }

  /** Starts another search. It shows the first match at or after `from`, otherwise the first match. */
  look(query: Partial<FindQuery>, from = this.#from): void {
    this.#from = from
    const { text, matchCase, wholeWords } = { ...this.state.getState(), ...query }
    this.state.setState({ text, matchCase, wholeWords })
    this.pattern = findPattern({ text, matchCase, wholeWords })
    this.#current = null
    this.#refresh()
    const matches = this.#matches()
    const fields = this.#fields().map(({ field }) => field)
    const isAhead = (match: Match): boolean => {
      if (from === null) return true
      if (match.field === from.field) return match.from >= from.position
      return fields.indexOf(match.field) > fields.indexOf(from.field)
    }
    const first = matches.findIndex(isAhead)
    if (matches.length > 0) this.#show(Math.max(first, 0))
  }

  /** Shows the next or the previous match, wrapping around. */
  step(by: 1 | -1): void {
    const { count, current } = this.state.getState()
    if (count > 0) this.#show((Math.max(current - 1, by === 1 ? -1 : 0) + by + count) % count)
  }

  /** Replaces the current match and shows the next one. */
  replace(replacement: string): void {
    const at = this.state.getState().current - 1
    const match = this.#matches()[at]
    if (match === undefined) return
    replaceRanges(match.view, [match], replacement)
    const { count } = this.state.getState()
    if (count > 0) this.#show(at % count)
  }

  /** Replaces all matches. Returns their number. */
  replaceAll(replacement: string): number {
    const matches = this.#matches()
    for (const { view } of this.#fields()) replaceRanges(view, foundIn(view.state), replacement)
    return matches.length
  }

  /** Ends the search, with the current match selected. */
  close(): void {
    const match = this.#matches()[this.state.getState().current - 1]
    this.pattern = null
    this.#current = null
    this.#refresh()
    if (match === undefined) return
    const { view, from, to } = match
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)))
    view.focus()
  }

  isCurrent(field: FieldId, index: number): boolean {
    return this.#current?.field === field && this.#current.index === index
  }

  /** Called when a field's matches change, and when fields come and go. */
  changed(): void {
    const matches = this.#matches()
    const current = this.#current
    const at = current === null ? -1 : matches.findIndex((match) => match.field === current.field) + current.index
    const shown = current !== null && matches[at]?.field === current.field ? at + 1 : 0
    const state = this.state.getState()
    if (state.count !== matches.length || state.current !== shown) {
      this.state.setState({ count: matches.length, current: shown })
    }
  }

  #show(at: number): void {
    const matches = this.#matches()
    const match = matches[at]
    if (match === undefined) return
    const before = this.#current
    const index = at - matches.findIndex((other) => other.field === match.field)
    this.#current = { field: match.field, index }
    for (const { field, view } of this.#fields()) {
      if (field === before?.field || field === match.field) lookAgain(view)
    }
    this.changed()
    match.view.dom.querySelector('.found-current')?.scrollIntoView({ block: 'nearest' })
  }

  #refresh(): void {
    for (const { view } of this.#fields()) lookAgain(view)
    this.changed()
  }

  #matches(): Match[] {
    return this.#fields().flatMap(({ field, view }) => foundIn(view.state).map((range) => ({ ...range, field, view })))
  }
}

/** Replaces from last to first, so that the remaining positions stay correct. */
function replaceRanges(view: EditorView, ranges: readonly Range[], replacement: string): void {
  if (ranges.length === 0) return
  const transaction = view.state.tr
  for (const { from, to } of ranges.toReversed()) {
    if (replacement === '') transaction.delete(from, to)
    else transaction.insertText(replacement, from, to)
  }
  view.dispatch(transaction)
}
