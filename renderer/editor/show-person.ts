import type { PersonHere } from './people.ts'

/** Scrolls the page to a person's caret, or to their field while they have no caret in it. My own caret stays. */
export function showPerson(document: Document, { field, name }: Pick<PersonHere, 'field' | 'name'>): void {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-field]')]
  const shown = fields.find((each) => each.dataset['field'] === field)
  const carets = [...(shown?.querySelectorAll<HTMLElement>('.remote-caret') ?? [])]
  const place = carets.find((each) => each.dataset['name'] === name) ?? shown
  place?.scrollIntoView({ block: 'center' })
}
