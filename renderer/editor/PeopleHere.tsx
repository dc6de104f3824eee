import { Avatars } from '../ui/Avatar.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { usePage } from './page-context.tsx'
import { type PersonHere, usePeopleHere } from './people.ts'
import styles from './PeopleHere.module.css'
import { whereabouts } from './presence-words.ts'
import { useFigureIds } from '../story/use-document.ts'

/** The avatars of other people in the story, grouped by field: "Maria is in the headline". */
export function PeopleHere() {
  const { page } = usePage()
  const { doc, awareness } = page.session
  const figures = useFigureIds(doc)
  const groups = Map.groupBy(usePeopleHere(awareness), (person) => whereabouts(person.field, figures))
  if (groups.size === 0) return null
  return (
    <ul className={styles.people} aria-label="Also in this story" role="list">
      {[...groups].map(([where, people]) => (
        <Tooltip key={where} label={sentence(people, where)}>
          <li className={styles.group} tabIndex={-1}>
            <span aria-hidden="true">
              <Avatars people={people} size={22} most={5} />
            </span>
            <span className={styles.where}>{sentence(people, where)}</span>
          </li>
        </Tooltip>
      ))}
    </ul>
  )
}

const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** "Maria Chen is in the headline", "Maria Chen and Yusuf Ali are reading". */
function sentence(people: readonly PersonHere[], where: string): string {
  return `${list.format(people.map((person) => person.name))} ${people.length === 1 ? 'is' : 'are'} ${where}`
}
