/** Who else is in the story, read from the awareness states of the other clients. */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import { presenceSchema } from '../collaboration/presence.ts'

export interface PersonHere {
  id: string
  name: string
  /** The field id their caret is in; null while they are elsewhere. */
  field: string | null
}

/** Everybody else in the story, once per person and field, by name. States that are not presence are passed over. */
export function peopleHere(awareness: Awareness): PersonHere[] {
  const people = new Map<string, PersonHere>()
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID) continue
    const presence = presenceSchema.safeParse(state)
    if (!presence.success) continue
    const { user, field } = presence.data
    people.set(`${user.id} ${field ?? ''}`, { id: user.id, name: user.name, field })
  }
  // Somebody with a second window open is where they write, not also "reading".
  const writing = new Set([...people.values()].filter((person) => person.field !== null).map((person) => person.id))
  return [...people.values()]
    .filter((person) => person.field !== null || !writing.has(person.id))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
}

/** {@link peopleHere}, live. The list keeps its identity while carets merely move. */
export function usePeopleHere(awareness: Awareness): readonly PersonHere[] {
  const last = useRef<{ key: string; people: readonly PersonHere[] }>({ key: '', people: [] })
  const subscribe = useCallback(
    (changed: () => void) => {
      awareness.on('change', changed)
      return () => awareness.off('change', changed)
    },
    [awareness],
  )
  const read = useCallback(() => {
    const people = peopleHere(awareness)
    const key = JSON.stringify(people)
    if (key !== last.current.key) last.current = { key, people }
    return last.current.people
  }, [awareness])
  return useSyncExternalStore(subscribe, read)
}
