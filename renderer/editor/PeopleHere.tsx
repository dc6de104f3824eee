import { useMessages } from '../messages/use-messages.ts'
import { Avatars } from '../ui/Avatar.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { usePage } from './page-context.tsx'
import { usePeopleHere } from './people.ts'
import styles from './PeopleHere.module.css'
import { presenceSentence } from './presence-sentence.ts'
import { showPerson } from './show-person.ts'
import { useFigureIds } from '../story/use-document.ts'

/** The avatars of other people in the story, grouped by field: "Maria is in the headline". A press goes there. */
export function PeopleHere() {
  const { page } = usePage()
  const { t, format } = useMessages()
  const { doc, awareness } = page.session
  const figures = useFigureIds(doc)
  const groups = Map.groupBy(usePeopleHere(awareness), (person) => person.field)
  if (groups.size === 0) return null
  return (
    <ul className={styles.people} aria-label={t('editor.people')} role="list">
      {[...groups].map(([field, people]) => {
        const names = format.list(people.map((person) => person.name))
        const sentence = presenceSentence(t, { who: names, count: people.length, field, figures })
        return (
          <li key={field ?? ''}>
            <Tooltip label={sentence}>
              <button
                type="button"
                className={styles.group}
                // Those who read are nowhere on the page. They still have a tooltip.
                aria-disabled={field === null || undefined}
                onClick={({ currentTarget }) => {
                  const [first] = people
                  if (first !== undefined) showPerson(currentTarget.ownerDocument, first)
                }}
              >
                <span aria-hidden="true">
                  <Avatars people={people} size={22} most={5} />
                </span>
                <span className={styles.where}>{sentence}</span>
              </button>
            </Tooltip>
          </li>
        )
      })}
    </ul>
  )
}
