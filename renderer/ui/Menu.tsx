import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { classes } from './classes.ts'
import { CheckIcon } from './icons.tsx'
import { Keys } from './Keys.tsx'
import styles from './Menu.module.css'

export interface MenuProps {
  /** The button that opens it: one element that takes a ref. */
  trigger: ReactElement
  align?: 'start' | 'end'
  children: ReactNode
}

export function Menu({ trigger, align = 'start', children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8} loop>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface MenuItemProps {
  onSelect: () => void
  icon?: ReactNode
  shortcut?: string | undefined
  disabled?: boolean
  danger?: boolean
  children: ReactNode
}

export function MenuItem({ onSelect, icon, shortcut, disabled = false, danger, children }: MenuItemProps) {
  return (
    <Radix.Item
      className={classes(styles.item, danger === true && styles.danger)}
      disabled={disabled}
      onSelect={onSelect}
    >
      <span className={styles.mark}>{icon}</span>
      <span className={styles.label}>{children}</span>
      {shortcut !== undefined && <Keys shortcut={shortcut} />}
    </Radix.Item>
  )
}

export interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChoose: (value: T) => void
}

/** One of several, under a heading, with a tick at the one that holds. */
export function MenuChoice<T extends string>({ label, value, options, onChoose }: MenuChoiceProps<T>) {
  return (
    <Radix.RadioGroup
      value={value}
      onValueChange={(chosen) => {
        const option = options.find((each) => each.value === chosen)
        if (option) onChoose(option.value)
      }}
    >
      <Radix.Label className={styles.heading}>{label}</Radix.Label>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} className={styles.item} value={option.value}>
          <span className={styles.mark}>
            <Radix.ItemIndicator>
              <CheckIcon size={14} />
            </Radix.ItemIndicator>
          </span>
          <span className={styles.label}>{option.label}</span>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <Radix.Label className={styles.heading}>{children}</Radix.Label>
}

export function MenuRule() {
  return <Radix.Separator className={styles.rule} />
}
