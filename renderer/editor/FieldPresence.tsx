import type { FieldId } from '#shared/article/fields.ts'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './FieldPresence.module.css'
import { usePage } from './page-context.tsx'
import { usePeopleHere } from './people.ts'

/** Shows whose carets are in this field: a mark and a name in the margin. */
export function FieldPresence({ field }: { field: FieldId }) {
  const { page } = usePage()
  const people = usePeopleHere(page.session.awareness).filter((person) => person.field === field)
  if (people.length === 0) return null
  return (
    // For the eye only: the header says the same in words.
    <div className={styles.margin} aria-hidden="true" contentEditable={false}>
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.id} className={styles.person}>
            <Avatar person={person} size={18} />
            <span className={styles.name}>{person.name}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
