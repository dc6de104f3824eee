import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'
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

export interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>, Labelled {
  ref?: Ref<HTMLTextAreaElement>
}

/** Several lines of text; it grows with what is written in it. */
export function TextArea({ label, hint, error, className, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <Surround id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        rows={3}
        className={classes(styles.input, styles.area, className)}
        {...described(id, { hint, error })}
        {...rest}
      />
    </Surround>
  )
}

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'id'> {
  label: ReactNode
  /** What it means, under the label. */
  hint?: ReactNode
}

export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  const id = useId()
  return (
    <div className={classes(styles.choice, className)}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        className={styles.mark}
        {...rest}
      />
      <div className={styles.choiceWords}>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <div id={`${id}-note`} className={styles.note}>
            {hint}
          </div>
        )}
      </div>
    </div>
  )
}

export interface ChoicesProps<T extends string> {
  /** What is to be decided. */
  label: string
  value: T | null
  options: readonly { value: T; label: ReactNode; hint?: ReactNode }[]
  onChoose: (value: T) => void
  error?: string | null | undefined
}

/** One of a few, all of them in sight. */
export function Choices<T extends string>({ label, value, options, onChoose, error }: ChoicesProps<T>) {
  const id = useId()
  return (
    <fieldset className={styles.choices} aria-describedby={error == null ? undefined : `${id}-note`}>
      <legend className={styles.label}>{label}</legend>
      {options.map((option) => (
        <div key={option.value} className={styles.choice}>
          <input
            id={`${id}-${option.value}`}
            type="radio"
            name={id}
            className={styles.mark}
            checked={option.value === value}
            aria-describedby={option.hint === undefined ? undefined : `${id}-${option.value}-note`}
            onChange={() => onChoose(option.value)}
          />
          <div className={styles.choiceWords}>
            <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
            {option.hint !== undefined && (
              <p id={`${id}-${option.value}-note`} className={styles.note}>
                {option.hint}
              </p>
            )}
          </div>
        </div>
      ))}
      {error != null && (
        <p id={`${id}-note`} className={classes(styles.note, styles.error)} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children'>, Labelled {
  options: readonly { value: string; label: string }[]
}

/** The system's own list: it is the one every person and every screen reader knows. */
export function Select({ label, hint, error, options, className, id: ownId, ...rest }: SelectProps) {
  const madeUp = useId()
  const id = ownId ?? madeUp
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
