import { useMessages } from '../messages/use-messages.ts'
import styles from './Avatar.module.css'
import { classes } from './classes.ts'
import { initials } from './initials.ts'
import { presenceColour } from './presence-colour.ts'

export interface AvatarProps {
  person: { id: string; name: string }
  /** In pixels. */
  size?: number
  className?: string | undefined
}

/** A person's initials on their presence colour, with the name as accessible name. */
export function Avatar({ person, size = 24, className }: AvatarProps) {
  return (
    <span
      role="img"
      aria-label={person.name}
      className={classes(styles.avatar, className)}
      style={{ width: size, height: size, fontSize: size * 0.4, '--person': presenceColour(person.id) }}
    >
      {initials(person.name)}
    </span>
  )
}

export interface AvatarsProps {
  people: readonly { id: string; name: string }[]
  size?: number
  /** How many avatars to show before the rest becomes a number. */
  most?: number
}

/** Several people, overlapping. The count at the end has the other names as accessible name. */
export function Avatars({ people, size = 20, most = 4 }: AvatarsProps) {
  const { t, format } = useMessages()
  const shown = people.slice(0, people.length > most ? most - 1 : most)
  const rest = people.slice(shown.length)
  const more = `+${format.number(rest.length)}`
  return (
    <span className={styles.stack}>
      {shown.map((person) => (
        <Avatar key={person.id} person={person} size={size} />
      ))}
      {rest.length > 0 && (
        <span
          role="img"
          aria-label={t('ui.and-others', { names: format.list(rest.map(({ name }) => name)) })}
          className={classes(styles.avatar, styles.rest)}
          style={{ width: size, height: size, fontSize: size * 0.4 }}
        >
          {more}
        </span>
      )}
    </span>
  )
}
