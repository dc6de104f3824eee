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

/** A person's face: their initials on their presence colour. The name is its accessible name. */
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
  /** How many faces before the rest becomes a number. */
  most?: number
}

/** Several people, overlapping; more than `most` end in a count that names them when read aloud. */
export function Avatars({ people, size = 20, most = 4 }: AvatarsProps) {
  const shown = people.slice(0, people.length > most ? most - 1 : most)
  const rest = people.slice(shown.length)
  return (
    <span className={styles.stack}>
      {shown.map((person) => (
        <Avatar key={person.id} person={person} size={size} />
      ))}
      {rest.length > 0 && (
        <span
          role="img"
          aria-label={`and ${rest.map((person) => person.name).join(', ')}`}
          className={classes(styles.avatar, styles.rest)}
          style={{ width: size, height: size, fontSize: size * 0.4 }}
        >
          +{rest.length}
        </span>
      )}
    </span>
  )
}
