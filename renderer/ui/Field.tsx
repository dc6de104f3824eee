import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'
import { ChevronDownIcon } from './icons.tsx'

interface Labelled {
  label: string
  /** A hint under it; gives way to the error. */
  hint?: ReactNode
  /** What is wrong with it, in a sentence; null or absent when nothing is. */
  error?: string | null | undefined
}

function Surround({ id, label, hint, error, children }: Labelled & { id: string; children: ReactNode }) {
  const note = error ?? hint
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={classes(styles.note, error != null && styles.error)}
          role={error == null ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
    </div>
  )
}

function described(id: string, { hint, error }: Omit<Labelled, 'label'>) {
  return {
    'aria-invalid': error != null || undefined,
    'aria-describedby': error != null || hint !== undefined ? `${id}-note` : undefined,
  }
}

export interface TextInputProps extends InputHTMLAttributes<HTMLInputElement>, Labelled {
  ref?: Ref<HTMLInputElement>
}

export function TextInput({ label, hint, error, className, id: ownId, ...rest }: TextInputProps) {
  const madeUp = useId()
  const id = ownId ?? madeUp
  return (
    <Surround id={id} label={label} hint={hint} error={error}>
      <input id={id} className={classes(styles.input, className)} {...described(id, { hint, error })} {...rest} />
    </Surround>
  )
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'children'>, Labelled {
  options: readonly { value: string; label: string }[]
}

/** The system's own list: it is the one every person and every screen reader knows. */
export function Select({ label, hint, error, options, className, ...rest }: SelectProps) {
  const id = useId()
  return (
    <Surround id={id} label={label} hint={hint} error={error}>
      <span className={styles.select}>
        <select id={id} className={classes(styles.input, className)} {...described(id, { hint, error })} {...rest}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDownIcon className={styles.chevron} />
      </span>
    </Surround>
  )
}
