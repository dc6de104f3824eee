import type { ReactNode } from 'react'
import styles from './Form.module.css'

interface GroupProps {
  title: ReactNode
  children: ReactNode
}

/** Fields that belong together, under a title, with a hairline before or after them. */
export function FieldGroup({ title, rule = 'before', children }: GroupProps & { rule?: 'before' | 'after' }) {
  return (
    <fieldset className={styles.group} data-rule={rule}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

/** Checkboxes or radio buttons with one label, in as many columns as fit. */
export function ChoiceGroup({ title, children }: GroupProps) {
  return (
    <fieldset className={styles.choices}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

/** Fields side by side, in equal widths. */
export function FieldRow({ of = 2, children }: { of?: 2 | 3; children: ReactNode }) {
  return (
    <div className={styles.row} data-of={of}>
      {children}
    </div>
  )
}
