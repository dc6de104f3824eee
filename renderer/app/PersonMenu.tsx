import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { LANGUAGE_NAMES, LANGUAGES, type AnyLanguage } from '#shared/messages/languages.ts'
import type { Newsroom as NewsroomFacts } from '#shared/protocol/http.ts'
import { useLanguageChoice } from '../messages/MessagesProvider.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { ChevronDownIcon, ExternalIcon, LeaveIcon } from '../ui/icons.tsx'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuRule } from '../ui/Menu.tsx'
import { THEMES, useTheme } from '../ui/theme.ts'
import { useDialogs } from '../window/dialogs.tsx'
import { KEYBOARD_DIALOG, SIGN_OUT_DIALOG } from './app-dialogs.ts'
import { openAs } from './demo-window.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import styles from './PersonMenu.module.css'

/** At the foot of the queue: who is signed in, the person's settings, and a mark while offline. */
export function PersonMenu() {
  const dialogs = useDialogs()
  const { t, language } = useMessages()
  const { choose: chooseLanguage } = useLanguageChoice()
  const { person, queue, platform, demo, api } = useNewsroom()
  const status = useStore(queue.state, (state) => state.status)
  const { theme, choose: chooseTheme } = useTheme()
  const [others, setOthers] = useState<NewsroomFacts['people']>([])
  const offersOthers = demo && platform.kind === 'browser'

  useEffect(() => {
    if (!offersOthers) return
    // Optional: without an answer the menu is shorter.
    api.newsroom().then(
      ({ people }) => setOthers(people.filter((each) => each.email !== person.email)),
      () => undefined,
    )
  }, [api, offersOthers, person.email])

  return (
    <footer className={styles.foot}>
      <Menu
        trigger={
          <button
            type="button"
            className={styles.person}
            aria-label={t('app.person', { name: person.name, role: t(`common.role.${person.role}`) })}
          >
            <Avatar person={person} size={18} />
            <span className={styles.name}>{person.name}</span>
            <span className={styles.role}>{t(`common.role.${person.role}`)}</span>
            <ChevronDownIcon size={14} className={styles.chevron} />
          </button>
        }
      >
        <MenuChoice
          label={t('app.appearance')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
          onChoose={chooseTheme}
        />
        <MenuChoice<AnyLanguage>
          label={t('app.language')}
          value={language}
          options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          onChoose={chooseLanguage}
        />
        <MenuRule />
        <MenuItem shortcut="F1" onSelect={() => dialogs.open(KEYBOARD_DIALOG, undefined)}>
          {t('app.keyboard-shortcuts')}
        </MenuItem>
        {offersOthers && others.length > 0 && (
          <>
            <MenuRule />
            <MenuHeading>{t('app.open-window-as')}</MenuHeading>
            {others.map((other) => (
              <MenuItem key={other.email} icon={<ExternalIcon size={14} />} onSelect={() => openAs(other.email)}>
                {t('app.person', { name: other.name, role: t(`common.role.${other.role}`) })}
              </MenuItem>
            ))}
          </>
        )}
        <MenuRule />
        <MenuItem icon={<LeaveIcon size={14} />} onSelect={() => dialogs.open(SIGN_OUT_DIALOG, undefined)}>
          {t('app.command.sign-out')}
        </MenuItem>
      </Menu>
      <span className={styles.status} role="status">
        {status === 'offline' && t('common.offline')}
      </span>
    </footer>
  )
}
