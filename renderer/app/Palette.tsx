import { Command as Cmdk } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { useRef, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Keys } from '../ui/Keys.tsx'
import { COMMAND_GROUPS, useCommandRegistry } from '../commands/commands.ts'
import { useStoryList } from '../newsroom/use-stories.ts'
import { useSettled } from '../ui/use-settled.ts'
import styles from './Palette.module.css'
import type { DialogProps } from '../window/dialogs.tsx'
import { STORY_PAGE, useNavigation } from '../window/routes.ts'

/** Finds every available command, and every story, by name. */
export function Palette({ onClose }: DialogProps<void>) {
  const registry = useCommandRegistry()
  const { goTo } = useNavigation()
  const { t } = useMessages()
  const [typed, setTyped] = useState('')
  const { stories } = useStoryList({ filter: useSettled(typed) })
  const [focusedBefore] = useState(() => document.activeElement)
  // Availability depends on the focus: these are the commands from before the palette took it.
  const [commands] = useState(() => registry.available().filter((command) => command.hidden !== true))
  const chosen = useRef<(() => void) | null>(null)

  function choose(run: () => void) {
    chosen.current = run
    onClose()
  }

  return (
    <Radix.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={styles.palette}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (focusedBefore instanceof HTMLElement) focusedBefore.focus()
            chosen.current?.()
          }}
        >
          <Radix.Title className={styles.title}>{t('app.command.palette')}</Radix.Title>
          <Cmdk label={t('app.command.palette')} loop>
            <Cmdk.Input
              value={typed}
              onValueChange={setTyped}
              className={styles.input}
              placeholder={t('app.palette.placeholder')}
              autoFocus
            />
            <Cmdk.List className={styles.list}>
              <Cmdk.Empty className={styles.empty}>{t('app.palette.empty')}</Cmdk.Empty>
              {COMMAND_GROUPS.map((group) => (
                <Cmdk.Group key={group} heading={t(`app.group.${group}`)} className={styles.group}>
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <Cmdk.Item
                        key={command.id}
                        value={command.id}
                        keywords={[command.label]}
                        className={styles.item}
                        onSelect={() => choose(command.run)}
                      >
                        <span className={styles.label}>{command.label}</span>
                        {command.shortcuts?.[0] !== undefined && <Keys shortcut={command.shortcuts[0]} />}
                      </Cmdk.Item>
                    ))}
                </Cmdk.Group>
              ))}
              <Cmdk.Group heading={t('app.palette.stories')} className={styles.group}>
                {(stories ?? []).map((story) => (
                  <Cmdk.Item
                    key={story.id}
                    value={story.id}
                    keywords={[story.slug, story.headline]}
                    className={styles.item}
                    onSelect={() => choose(() => goTo(STORY_PAGE, story.id))}
                  >
                    <span className={styles.slug}>{story.slug}</span>
                    <span className={styles.headline} dir="auto">
                      {story.headline}
                    </span>
                    <span className={styles.stage}>{t(`common.stage.${story.stage}`)}</span>
                  </Cmdk.Item>
                ))}
              </Cmdk.Group>
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
