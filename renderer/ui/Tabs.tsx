import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Tabs.module.css'

export interface Tab<T extends string> {
  id: T
  label: string
  /** A short count or mark after the label. */
  mark?: ReactNode
  panel: ReactNode
}

export interface TabsProps<T extends string> {
  /** The accessible name of the list of tabs. */
  label: string
  tabs: readonly Tab<T>[]
  value: T
  onChange: (id: T) => void
  /** At the end of the row of tabs. */
  end?: ReactNode
}

export function Tabs<T extends string>({ label, tabs, value, onChange, end }: TabsProps<T>) {
  return (
    <Radix.Root
      className={styles.tabs}
      value={value}
      onValueChange={(chosen) => {
        const tab = tabs.find((each) => each.id === chosen)
        if (tab) onChange(tab.id)
      }}
    >
      <div className={styles.row}>
        <Radix.List className={styles.list} aria-label={label}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.id} className={styles.tab} value={tab.id}>
              {tab.label}
              {tab.mark}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {end}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} className={styles.panel} value={tab.id}>
          {tab.panel}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
