import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { parseFieldId, type FieldId } from '#shared/article/fields.ts'
import type { Story } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import type { StorySession } from '../collaboration/story-session.ts'
import { useNewsroom, type Newsroom } from '../newsroom/newsroom.ts'
import { useStory } from '../newsroom/use-stories.ts'
import { KILL_DIALOG, PUBLISH_DIALOG } from '../story/actions/action-dialogs.ts'
import { StoryActions } from '../story/actions/StoryActions.tsx'
import { OpenedStoryProvider } from '../story/opened-story.ts'
import { useSource } from '../story/source/use-source.ts'
import { StoryMarks } from '../story/versions/StoryMarks.tsx'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { EmptyState, Skeleton } from '../ui/States.tsx'
import { createDialogs, DialogsProvider, OpenDialog } from '../window/dialogs.tsx'
import { useFeatures } from '../window/feature.ts'
import { useLayout } from '../window/layout.ts'
import { PaneBoundary } from '../window/PaneBoundary.tsx'
import { FRONT_PAGE, useNavigation } from '../window/routes.ts'
import { ShowQueueButton } from '../window/ShowQueueButton.tsx'
import { SidePane } from '../window/SidePane.tsx'
import { useWindowTitle } from '../window/WindowState.tsx'
import { Inspector } from './Inspector.tsx'
import { storyPageOf } from './story-page-of.ts'
import { StoryPage } from './StoryPage.tsx'
import styles from './StoryView.module.css'

/** A story's page: the story itself, and the inspector beside it. */
export function StoryView({ id }: { id: string | null }) {
  return id === null ? null : <StoryById key={id} storyId={id} />
}

function StoryById({ storyId }: { storyId: string }) {
  const { t } = useMessages()
  const newsroom = useNewsroom()
  const { queue, watch } = newsroom
  const navigation = useNavigation()
  const session = useStorySession(newsroom, storyId)
  const { story: listed, problem } = useStory(storyId)
  const status = useStore(queue.state, (state) => state.status)
  const isUnread = useStore(watch.state, ({ unread }) => unread.has(storyId))
  useWindowTitle(listed?.slug ?? null)

  useEffect(() => {
    if (isUnread) watch.opened(storyId)
  }, [watch, storyId, isUnread])

  useEffect(() => {
    if (session !== null && navigation.isNewStory()) storyPageOf(session).focus('headline', 'start')
  }, [session, navigation])

  if (listed === null && status === 'live') {
    return (
      <main className={classes(styles.page, styles.nothing)} data-region="page">
        <EmptyState
          title={t('app.story.missing')}
          action={<Button onClick={() => navigation.goTo(FRONT_PAGE)}>{t('app.back-to-front-page')}</Button>}
        >
          {t('app.story.missing-explanation')}
        </EmptyState>
      </main>
    )
  }
  if (session === null || (listed === undefined && (status === 'loading' || (status === 'live' && problem === null)))) {
    return (
      <main className={styles.page} data-region="page">
        <div className={styles.opening}>
          <Skeleton label={t('app.story.opening')} lines={[18, 96, 70]} />
        </div>
      </main>
    )
  }
  return <OpenStory session={session} story={listed ?? unlisted(storyId, t('app.untitled'), newsroom)} />
}

/** Opens a story's session for as long as the story is on screen; null until it is open. */
function useStorySession(newsroom: Newsroom, storyId: string): StorySession | null {
  const [session, setSession] = useState<StorySession | null>(null)
  useEffect(() => {
    let left = false
    const opening = newsroom.stories.open(storyId).then((opened) => {
      if (!left) setSession(opened)
      return opened
    })
    return () => {
      left = true
      setSession(null)
      void opening.then((opened) => opened.close())
    }
  }, [newsroom, storyId])
  return session
}

/** Stands in for a story that is in no list while the newsroom cannot be asked, e.g. when a link to it is opened. */
function unlisted(id: string, slug: string, { person, language }: Newsroom): Story {
  const now = new Date().toISOString()
  return {
    id,
    slug,
    headline: '',
    deskId: '',
    stage: 'draft',
    language,
    words: 0,
    createdBy: { id: person.id, name: person.name },
    createdAt: now,
    changedAt: now,
    publishedVersion: null,
    publishedAt: null,
    changedSincePublished: false,
  }
}

function isFieldId(field: string): field is FieldId {
  try {
    parseFieldId(field)
    return true
  } catch {
    return false
  }
}

function OpenStory({ session, story }: { session: StorySession; story: Story }) {
  const { t } = useMessages()
  const newsroom = useNewsroom()
  const { person, feed, queue, outbox, api } = newsroom
  const features = useFeatures()
  const layout = useLayout()
  const { goTo } = useNavigation()
  const [dialogs] = useState(createDialogs)
  const unsent = useStore(queue.state, (state) => state.unsent.has(story.id))
  const status = useStore(queue.state, (state) => state.status)
  const desk = useStore(queue.state, (state) => state.desks.find((each) => each.id === story.deskId)?.name ?? null)
  const scheduled = useStore(newsroom.wireDesk.state, (state) => state.scheduled.get(story.id) ?? null)
  /** There are no words here, and none on their way: nothing to inspect. */
  const wordless = useStore(
    session.state,
    ({ phase, complete, connection }) =>
      phase === 'refused' || (phase === 'ready' && !complete && connection === 'offline'),
  )
  // A story that the newsroom does not have yet has no source there.
  const source = useSource(api, feed, story.id, unsent)

  function goToField(field: string) {
    if (isFieldId(field)) {
      layout.closeDrawer()
      // A drawer has the focus until it is gone.
      requestAnimationFrame(() => storyPageOf(session).focus(field))
      return
    }
    // A field that is not on the page is in the inspector.
    layout.inspect('story')
    requestAnimationFrame(() => document.getElementById(`story-${field}`)?.focus())
  }

  const blocked = unsent ? t('app.blocked.unsent') : status === 'live' ? null : t('app.blocked.offline')

  return (
    <OpenedStoryProvider value={{ session, story, source, goToField }}>
      <DialogsProvider value={dialogs}>
        <main className={styles.page}>
          <PaneBoundary pane="page">
            <StoryPage
              session={session}
              story={story}
              person={person}
              pictures={outbox}
              leading={<ShowQueueButton />}
              marks={<StoryMarks story={story} scheduled={scheduled} onOpen={() => layout.inspect('wire')} />}
              banner={features
                .flatMap(({ storyBanners }) => storyBanners ?? [])
                .map((Banner, index) => (
                  <Banner key={index} />
                ))}
              actions={
                <StoryActions
                  story={story}
                  desk={desk}
                  person={person}
                  blocked={blocked}
                  move={(name) => newsroom.moveStory(story.id, name)}
                  onPublish={(kind) => dialogs.open(PUBLISH_DIALOG, { kind })}
                  onKill={() => dialogs.open(KILL_DIALOG, undefined)}
                />
              }
              inspector={{
                open: layout.inspector.open,
                shortcut: 'Mod-Shift-E',
                toggle: () => layout.toggle('inspector'),
              }}
              onBack={() => goTo(FRONT_PAGE)}
            />
          </PaneBoundary>
        </main>
        {!wordless && (
          <SidePane pane="inspector" label={t('app.inspector')}>
            <Inspector />
          </SidePane>
        )}
        <OpenDialog entries={features.flatMap((feature) => feature.dialogs ?? [])} />
      </DialogsProvider>
    </OpenedStoryProvider>
  )
}
