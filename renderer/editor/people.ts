/** The other people in the story, read from the awareness states of their clients. */
import { useCallback, useSyncExternalStore } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import { presenceOf } from '../collaboration/presence.ts'

export interface PersonHere {
  id: string
  name: string
  /** The field id of the caret; null if it is not in a field. */
  field: string | null
}

/**
 * Returns everyone else in the story, once for each person and field, by name. States that are not presence are
 * skipped.
 */
export function peopleHere(awareness: Awareness): PersonHere[] {
  const people = new Map<string, PersonHere>()
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID) continue
    const presence = presenceOf(state)
    if (presence === null) continue
    const { user, field } = presence
    people.set(`${user.id} ${field ?? ''}`, { id: user.id, name: user.name, field })
  }
  // A person with a second window open is listed where they write, not also as "reading".
  const writing = new Set([...people.values()].filter((person) => person.field !== null).map((person) => person.id))
  return [...people.values()]
    .filter((person) => person.field !== null || !writing.has(person.id))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
}

/** {@link peopleHere}, read once for all parts of the page. The list is stable while carets only move. */
interface PeopleList {
  key: string
  people: readonly PersonHere[]
}
const lists = new WeakMap<Awareness, PeopleList>()

function listOf(awareness: Awareness): PeopleList {
  const known = lists.get(awareness)
  if (known !== undefined) return known
  const list: PeopleList = { key: '[]', people: [] }
  const read = () => {
    const people = peopleHere(awareness)
    const key = JSON.stringify(people)
    if (key !== list.key) Object.assign(list, { key, people })
  }
  read()
  // Registered before the components that show the list and listen to the same changes.
  awareness.on('change', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) read()
  })
  lists.set(awareness, list)
  return list
}

/** {@link peopleHere}, live. */
export function usePeopleHere(awareness: Awareness): readonly PersonHere[] {
  const list = listOf(awareness)
  const subscribe = useCallback(
    (changed: () => void) => {
      awareness.on('change', changed)
      return () => awareness.off('change', changed)
    },
    [awareness],
  )
  return useSyncExternalStore(subscribe, () => list.people)
}
