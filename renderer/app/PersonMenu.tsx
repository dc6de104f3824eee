import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Newsroom as NewsroomFacts } from '#shared/protocol/http.ts'
import { ROLE_LABELS } from '#shared/story/workflow.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { ChevronDownIcon, ExternalIcon, LeaveIcon } from '../ui/icons.tsx'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuRule } from '../ui/Menu.tsx'
import { THEME_LABELS, THEMES, useTheme } from '../ui/theme.ts'
import { useDialogs } from '../window/dialogs.tsx'
import { KEYBOARD_DIALOG, SIGN_OUT_DIALOG } from './app-dialogs.ts'
import { openAs } from './demo-window.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import styles from './PersonMenu.module.css'

/** At the foot of the queue: who is signed in, whether the newsroom can be reached, and what is theirs to set. */
export function PersonMenu() {
  const dialogs = useDialogs()
  const { t } = useMessages()
  const { person, queue, platform, demo, api } = useNewsroom()
  const status = useStore(queue.state, (state) => state.status)
  const { theme, choose } = useTheme()
  const [others, setOthers] = useState<NewsroomFacts['people']>([])
  const offersOthers = demo && platform.kind === 'browser'

  useEffect(() => {
    if (!offersOthers) return
    // Only a convenience: without an answer, the menu is shorter.
    api.newsroom().then(
      ({ people }) => setOthers(people.filter((each) => each.email !== person.email)),
      () => undefined,
    )
  }, [api, offersOthers, person.email])

  return (
    <footer className={styles.foot}>
      <Menu
        trigger={
          <button type="button" className={styles.person} aria-label={`${person.name}, ${ROLE_LABELS[person.role]}`}>
            <Avatar person={person} size={18} />
            <span className={styles.name}>{person.name}</span>
            <span className={styles.role}>{ROLE_LABELS[person.role]}</span>
            <ChevronDownIcon size={14} className={styles.chevron} />
          </button>
        }
      >
        <MenuChoice
          label="Appearance"
          value={theme}
          options={THEMES.map((value) => ({ value, label: THEME_LABELS[value] }))}
          onChoose={choose}
        />
        <MenuRule />
        <MenuItem shortcut="F1" onSelect={() => dialogs.open(KEYBOARD_DIALOG, undefined)}>
          Keyboard shortcuts
        </MenuItem>
        {offersOthers && others.length > 0 && (
          <>
            <MenuRule />
            <MenuHeading>Open another window as</MenuHeading>
            {others.map((other) => (
              <MenuItem key={other.email} icon={<ExternalIcon size={14} />} onSelect={() => openAs(other.email)}>
                {other.name}, {ROLE_LABELS[other.role].toLowerCase()}
              </MenuItem>
            ))}
          </>
        )}
        <MenuRule />
        <MenuItem icon={<LeaveIcon size={14} />} onSelect={() => dialogs.open(SIGN_OUT_DIALOG, undefined)}>
          Sign out…
        </MenuItem>
      </Menu>
      <span className={styles.status} role="status">
        {status === 'offline' && t('common.offline')}
      </span>
    </footer>
  )
}
