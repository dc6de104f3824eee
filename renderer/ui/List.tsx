import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import styles from './List.module.css'

/** A list with a hairline above each row and below the last. */
export function List({ className, ...props }: ComponentProps<'ul'>) {
  return <ul className={classes(styles.list, className)} {...props} />
}

/** One row: its parts side by side, e.g. `RowWords` and buttons. */
export function ListRow({ className, ...props }: ComponentProps<'li'>) {
  return <li className={classes(styles.row, className)} {...props} />
}

/** The part of a row that takes the room that its buttons leave. */
export function RowWords({ className, ...props }: ComponentProps<'div'>) {
  return <div className={classes(styles.words, className)} {...props} />
}
