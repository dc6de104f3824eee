import { useMemo } from 'react'
import type { Messages } from '#shared/messages/messages.ts'
import { useCommands, type Command } from '../commands/commands.ts'
import { NEW_STORY_DIALOG, NEW_STORY_SHORTCUTS } from '../desk/new-story.ts'
import { Queue } from '../desk/Queue.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { IconButton } from '../ui/Button.tsx'
import { PaneLeftIcon, PlusIcon } from '../ui/icons.tsx'
import { OpenDialog, useDialogs } from '../window/dialogs.tsx'
import { pageAt, useFeatures, type Feature } from '../window/feature.ts'
import { useLayout } from '../window/layout.ts'
import { FRONT_PAGE, routeLink, useRoute } from '../window/routes.ts'
import { SidePane } from '../window/SidePane.tsx'
import { useWindowState, type WindowState } from '../window/WindowState.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import styles from './Workspace.module.css'

/** The window of a person who is signed in: the queue, the page, and the page's inspector. */
export function Workspace() {
  const newsroom = useNewsroom()
  const features = useFeatures()
  const window = useWindowState()
  const { t, say } = useMessages()
  const layout = useLayout()
  const dialogs = useDialogs()
  const { page, id } = pageAt(useRoute(), features)

  useCommands(
    useMemo(
      () => [
        ...features.flatMap(({ commands }) => commands?.({ newsroom, window, t }) ?? []),
        ...inspectorCommands(features, window, { t, say }),
      ],
      [features, newsroom, window, t, say],
    ),
  )

  return (
    <div className={styles.window}>
      <SidePane pane="queue" label={t('desk.queue')}>
        <header className={styles.head}>
          <h2 className={styles.nameplate}>
            <a href={routeLink(FRONT_PAGE)} title={t('app.command.front-page')}>
              {newsroom.name}
            </a>
          </h2>
          <IconButton
            label={t('desk.new-story')}
            shortcut={NEW_STORY_SHORTCUTS[newsroom.platform.kind][0]}
            size="s"
            onClick={() => dialogs.open(NEW_STORY_DIALOG, undefined)}
          >
            <PlusIcon />
          </IconButton>
          <IconButton
            label={t('desk.queue.hide')}
            shortcut="Mod-Shift-D"
            size="s"
            onClick={() => layout.toggle('queue')}
          >
            <PaneLeftIcon />
          </IconButton>
        </header>
        <Queue />
        {features.map(({ Links }, index) => Links !== undefined && <Links key={index} />)}
        <PersonMenu />
      </SidePane>
      <page.Component key={routeLink(page.name, id)} id={id} />
      <OpenDialog entries={features.flatMap((feature) => feature.dialogs ?? [])} />
    </div>
  )
}

/** One command for each tab, to open the inspector there. */
function inspectorCommands(
  features: readonly Feature[],
  { layout }: WindowState,
  { t, say }: Pick<Messages, 't' | 'say'>,
): Command[] {
  return features
    .flatMap(({ inspectorTabs }) => inspectorTabs ?? [])
    .map(({ id, label }) => ({
      id: `view.${id}`,
      label: t('app.command.inspect', { tab: say(label) }),
      group: 'View',
      run: () => layout.getState().inspect(id),
    }))
}
