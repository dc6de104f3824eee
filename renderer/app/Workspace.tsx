import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { mayRunWire } from '#shared/story/workflow.ts'
import { QueuePane } from '../desk/QueuePane.tsx'
import { WireNav } from '../wire/WireNav.tsx'
import { NewStoryDialog } from '../desk/NewStoryDialog.tsx'
import { IconButton } from '../ui/Button.tsx'
import { PaneLeftIcon, PlusIcon } from '../ui/icons.tsx'
import { THEME_LABELS, THEMES, useTheme } from '../ui/theme.ts'
import { useCommands, type Command } from '../commands/commands.ts'
import { Front } from '../desk/Front.tsx'
import { KeyboardHelp } from './KeyboardHelp.tsx'
import { useLayout } from '../window/layout.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { Palette } from './Palette.tsx'
import { PaneBoundary } from './PaneBoundary.tsx'
import { PaneEdge } from './PaneEdge.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { queueIsKnown } from '../newsroom/queue-is-known.ts'
import { focusRegion } from '../window/regions.ts'
import { goTo, routeLink, useRoute } from '../window/routes.ts'
import { SignOutDialog } from './SignOutDialog.tsx'
import { StoryView } from './StoryView.tsx'
import { WirePage } from './WirePage.tsx'
import styles from './Workspace.module.css'

type Dialog = 'new-story' | 'palette' | 'keyboard' | 'sign-out' | null

/** A browser keeps Mod-N for itself, unless the app is installed in it; the desktop knows both. */
const NEW_STORY_SHORTCUTS = { desktop: ['Mod-N', 'Alt-Shift-N'], browser: ['Alt-Shift-N', 'Mod-N'] } as const

const NEVER_HERE =
  'The newsroom cannot be reached, and its queue was never on this computer. It appears once there is a connection.'

/** The window of somebody who is signed in: the queue, the page, and the inspector. */
export function Workspace({ signOut }: { signOut: () => Promise<void> }) {
  const newsroom = useNewsroom()
  const { queue, outbox, watch, platform } = newsroom
  const queueState = useStore(queue.state)
  const { status, error, desks, stories, unsent, people } = queueState
  const sending = useStore(newsroom.stories.state, (state) => state.sending)
  // While there is a connection, what is left to send is gone before it can be read.
  const waiting = status === 'live' ? unsent : new Map([...[...sending].map((id) => [id, null] as const), ...unsent])
  const { deskId, unread } = useStore(watch.state)
  const wireDesk = useStore(newsroom.wireDesk.state)
  const runsWire = mayRunWire(newsroom.person.role)
  const layout = useLayout()
  const route = useRoute()
  const [dialog, setDialog] = useState<Dialog>(null)
  /** The story just begun here: its page opens with the caret in the headline. */
  const [begun, setBegun] = useState<string | null>(null)
  const closeDialog = () => setDialog(null)
  const storyId = route.page === 'story' ? route.storyId : null
  const story = stories.find((each) => each.id === storyId)
  const newStoryShortcuts = NEW_STORY_SHORTCUTS[platform.kind]

  useEffect(() => {
    document.title = story === undefined ? `${newsroom.name} – Galley` : `${story.slug} – Galley`
  }, [story, newsroom.name])

  useEffect(() => {
    if (storyId !== null && unread.has(storyId)) watch.opened(storyId)
  }, [watch, storyId, unread])

  const commands = useMemo<Command[]>(() => {
    const { toggle, inspect } = useLayout.getState()
    return [
      {
        id: 'story.new',
        label: 'New story…',
        group: 'Story',
        shortcuts: newStoryShortcuts,
        run: () => setDialog('new-story'),
      },
      { id: 'go.desk', label: 'Front page', group: 'Go', run: () => goTo({ page: 'desk' }) },
      ...(runsWire
        ? (['intake', 'deliveries', 'destinations'] as const).map((page) => ({
            id: `go.${page}`,
            label: { intake: 'Intake', deliveries: 'Deliveries', destinations: 'Destinations' }[page],
            group: 'Go' as const,
            run: () => goTo({ page }),
          }))
        : []),
      {
        id: 'go.filter',
        label: 'Filter the queue',
        group: 'Go',
        shortcuts: ['Mod-Shift-O'],
        run: () => {
          if (!useLayout.getState().queue.open) toggle('queue')
          requestAnimationFrame(() => document.getElementById('queue-filter')?.focus())
        },
      },
      { id: 'go.next-region', label: 'Next pane', group: 'Go', shortcuts: ['F6'], run: () => focusRegion(1) },
      {
        id: 'go.previous-region',
        label: 'Previous pane',
        group: 'Go',
        shortcuts: ['Shift-F6'],
        run: () => focusRegion(-1),
      },
      {
        id: 'view.palette',
        label: 'Command palette',
        group: 'View',
        shortcuts: ['Mod-Shift-P'],
        hidden: true,
        run: () => setDialog('palette'),
      },
      {
        id: 'view.queue',
        label: 'Show or hide the queue',
        group: 'View',
        shortcuts: ['Mod-Shift-D'],
        run: () => toggle('queue'),
      },
      {
        id: 'view.inspector',
        label: 'Show or hide the inspector',
        group: 'View',
        shortcuts: ['Mod-Shift-E'],
        run: () => toggle('inspector'),
      },
      { id: 'view.story', label: 'Inspector: story', group: 'View', run: () => inspect('story') },
      { id: 'view.checks', label: 'Inspector: checks', group: 'View', run: () => inspect('checks') },
      { id: 'view.wire', label: 'Inspector: wire', group: 'View', run: () => inspect('wire') },
      ...THEMES.map((theme) => ({
        id: `view.theme-${theme}`,
        label: `Appearance: ${THEME_LABELS[theme].toLowerCase()}`,
        group: 'View' as const,
        run: () => useTheme.getState().choose(theme),
      })),
      { id: 'newsroom.sign-out', label: 'Sign out…', group: 'Newsroom', run: () => setDialog('sign-out') },
      {
        id: 'help.shortcuts',
        label: 'Keyboard shortcuts',
        group: 'Help',
        shortcuts: ['F1'],
        run: () => setDialog('keyboard'),
      },
    ]
  }, [newStoryShortcuts, runsWire])
  useCommands(commands)

  return (
    <div
      className={styles.window}
      style={{ '--queue': `${layout.queue.width}px`, '--inspector': `${layout.inspector.width}px` }}
    >
      {layout.queue.open && (
        <aside className={styles.queue} aria-label="Queue" data-region="queue">
          <PaneBoundary name="The queue">
            <header className={styles.head}>
              <h2 className={styles.nameplate}>
                <a href={routeLink({ page: 'desk' })} title="Front page">
                  {newsroom.name}
                </a>
              </h2>
              <IconButton
                label="New story"
                shortcut={newStoryShortcuts[0]}
                size="s"
                onClick={() => setDialog('new-story')}
              >
                <PlusIcon />
              </IconButton>
              <IconButton label="Hide the queue" shortcut="Mod-Shift-D" size="s" onClick={() => layout.toggle('queue')}>
                <PaneLeftIcon />
              </IconButton>
            </header>
            <QueuePane
              stories={queueIsKnown(queueState) ? stories : null}
              desks={desks}
              people={people}
              unsent={waiting}
              unread={unread}
              scheduled={wireDesk.scheduled}
              online={status === 'loading' ? null : status === 'live'}
              error={status === 'offline' ? NEVER_HERE : error}
              deskId={deskId}
              currentStoryId={storyId}
              storyLink={(id) => routeLink({ page: 'story', storyId: id })}
              onDesk={(id) => watch.chooseDesk(id)}
              onNewStory={() => setDialog('new-story')}
              onRetry={() => newsroom.feed.tryAgain()}
            />
            {runsWire && (
              <WireNav
                current={route.page === 'desk' || route.page === 'story' ? null : route.page}
                link={(page) => routeLink({ page })}
                deliveries={wireDesk.deliveries}
                intake={wireDesk.intake}
              />
            )}
            <PersonMenu onSignOut={() => setDialog('sign-out')} onKeyboard={() => setDialog('keyboard')} />
          </PaneBoundary>
          <PaneEdge pane="queue" />
        </aside>
      )}
      {storyId !== null ? (
        <StoryView key={storyId} storyId={storyId} startWriting={storyId === begun} />
      ) : route.page !== 'desk' && route.page !== 'story' ? (
        <main className={styles.page} data-region="page">
          <PaneBoundary name="The page" key={route.page}>
            <WirePage route={route} />
          </PaneBoundary>
        </main>
      ) : (
        <main className={styles.page} data-region="page">
          <PaneBoundary name="The front page">
            <Front onNewStory={() => setDialog('new-story')} newStoryShortcut={newStoryShortcuts[0]} />
          </PaneBoundary>
        </main>
      )}
      {dialog === 'new-story' && (
        <NewStoryDialog
          desks={desks}
          deskId={deskId}
          language={stories.find((each) => each.createdBy.id === newsroom.person.id)?.language ?? newsroom.language}
          online={status === 'live'}
          create={async (request) => {
            const made = await outbox.createStory(request)
            setBegun(made.id)
            goTo({ page: 'story', storyId: made.id })
          }}
          onClose={closeDialog}
        />
      )}
      {dialog === 'palette' && <Palette onClose={closeDialog} />}
      {dialog === 'keyboard' && <KeyboardHelp onClose={closeDialog} />}
      {dialog === 'sign-out' && <SignOutDialog signOut={signOut} onClose={closeDialog} />}
    </div>
  )
}
