import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { StorySession } from '../collaboration/story-session.ts'
import { parseFieldId, type FieldId } from '#shared/article/fields.ts'
import { mayKill, mayPublish, mayRunWire } from '#shared/story/workflow.ts'
import type { Story } from '#shared/story/story.ts'
import { StoryPage } from '../editor/StoryPage.tsx'
import { storyPageOf } from '../editor/story-page-of.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { PaneLeftIcon } from '../ui/icons.tsx'
import { EmptyState, Skeleton } from '../ui/States.tsx'
import { toast } from '../ui/Toasts.tsx'
import { KillDialog } from '../wire/kill/KillDialog.tsx'
import { KilledBanner } from '../wire/kill/KilledBanner.tsx'
import { longMoment } from '../ui/moment-words.ts'
import { PublishDialog } from '../wire/publish/PublishDialog.tsx'
import { sentWords } from '../wire/publish/sent-words.ts'
import { SourceBanner } from '../story/source/SourceBanner.tsx'
import { useSource } from '../story/source/use-source.ts'
import { StoryActions } from '../story/actions/StoryActions.tsx'
import { StoryMarks } from '../story/versions/StoryMarks.tsx'
import { Inspector } from './Inspector.tsx'
import { useLayout } from '../window/layout.ts'
import { useNewsroom, type Newsroom } from '../newsroom/newsroom.ts'
import { PaneBoundary } from './PaneBoundary.tsx'
import { PaneEdge } from './PaneEdge.tsx'
import { goTo, routeLink } from '../window/routes.ts'
import styles from './StoryView.module.css'

export interface StoryViewProps {
  storyId: string
  /** Whether the caret is to be in the headline as soon as it is there. */
  startWriting: boolean
}

/** One story: its page, and the inspector beside it. */
export function StoryView({ storyId, startWriting }: StoryViewProps) {
  const newsroom = useNewsroom()
  const session = useStorySession(newsroom, storyId)
  const listed = useStore(newsroom.queue.state, ({ stories }) => stories.find((story) => story.id === storyId))
  const status = useStore(newsroom.queue.state, (state) => state.status)

  useEffect(() => {
    if (session !== null && startWriting) storyPageOf(session).focus('headline', 'start')
  }, [session, startWriting])

  if (listed === undefined && status === 'live') {
    return (
      <main className={classes(styles.page, styles.nothing)} data-region="page">
        <EmptyState
          title="No such story"
          action={<Button onClick={() => goTo({ page: 'desk' })}>Back to the front page</Button>}
        >
          The newsroom has no story under this address. It may belong to another newsroom.
        </EmptyState>
      </main>
    )
  }
  if (session === null || (listed === undefined && status === 'loading')) {
    return (
      <main className={styles.page} data-region="page">
        <div className={styles.opening}>
          <Skeleton label="Opening the story" lines={[18, 96, 70]} />
        </div>
      </main>
    )
  }
  return <OpenStory session={session} story={listed ?? unlisted(storyId, newsroom)} />
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
function unlisted(id: string, { person, language }: Newsroom): Story {
  const now = new Date().toISOString()
  return {
    id,
    slug: 'Story',
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
  const newsroom = useNewsroom()
  const { person, feed, queue, outbox, api } = newsroom
  const layout = useLayout()
  const unsent = useStore(queue.state, (state) => state.unsent.has(story.id))
  const status = useStore(queue.state, (state) => state.status)
  /** There are no words here, and none on their way: nothing to inspect. */
  const wordless = useStore(
    session.state,
    ({ phase, complete, connection }) =>
      phase === 'refused' || (phase === 'ready' && !complete && connection === 'offline'),
  )
  const [dialog, setDialog] = useState<'update' | 'correction' | 'kill' | null>(null)
  /** What was being written in a dialog when it was closed, so that a stray Escape costs nobody a word. */
  const [note, setNote] = useState('')
  const [reason, setReason] = useState('')
  // A story that the newsroom does not have yet has no source there.
  const live = useSource(api, feed, story.id, unsent)
  const scheduled = useStore(newsroom.wireDesk.state, (state) => state.scheduled.get(story.id) ?? null)

  function goToField(field: string) {
    if (isFieldId(field)) {
      storyPageOf(session).focus(field)
      return
    }
    // Whatever is no field of the page is in the inspector.
    layout.inspect('story')
    requestAnimationFrame(() => document.getElementById(`story-${field}`)?.focus())
  }

  const itemLink = mayRunWire(person.role) ? (itemId: string) => routeLink({ page: 'intake', itemId }) : null
  const blocked = unsent
    ? 'The newsroom does not have this story yet.'
    : status === 'live'
      ? null
      : 'Offline. This waits until the newsroom can be reached.'

  return (
    <>
      <main className={styles.page}>
        <PaneBoundary name="The page">
          <StoryPage
            session={session}
            story={story}
            person={person}
            pictures={outbox}
            leading={
              layout.queue.open ? undefined : (
                <IconButton label="Show the queue" shortcut="Mod-Shift-D" onClick={() => layout.toggle('queue')}>
                  <PaneLeftIcon />
                </IconButton>
              )
            }
            marks={<StoryMarks story={story} scheduled={scheduled} onOpen={() => layout.inspect('wire')} />}
            banner={
              story.stage === 'killed' ? (
                <KilledBanner api={api} feed={feed} story={story} />
              ) : (
                live.source !== null && <SourceBanner source={live.source} itemLink={itemLink} />
              )
            }
            actions={
              <StoryActions
                story={story}
                person={person}
                blocked={blocked}
                move={(name) => newsroom.moveStory(story.id, name)}
                onPublish={setDialog}
                onKill={() => setDialog('kill')}
              />
            }
            inspector={{
              open: layout.inspector.open,
              shortcut: 'Mod-Shift-E',
              toggle: () => layout.toggle('inspector'),
            }}
            onBack={() => goTo({ page: 'desk' })}
          />
        </PaneBoundary>
      </main>
      {layout.inspector.open && !wordless && (
        <aside className={styles.inspector} aria-label="Inspector" data-region="inspector">
          <PaneBoundary name="The inspector">
            <Inspector session={session} story={story} source={live.source} itemLink={itemLink} onGoTo={goToField} />
          </PaneBoundary>
          <PaneEdge pane="inspector" />
        </aside>
      )}
      {(dialog === 'update' || dialog === 'correction') && mayPublish(story.stage, person.role) && (
        <PublishDialog
          story={story}
          session={session}
          kind={dialog}
          note={note}
          publish={(stateVector, options) => newsroom.publish(story.id, stateVector, options)}
          schedule={(stateVector, at, options) => newsroom.schedule(story.id, stateVector, at, options)}
          api={api}
          outbox={outbox}
          provider={newsroom.name}
          source={live}
          planned={scheduled}
          onGoTo={goToField}
          onPublished={(publication) => {
            toast({
              ...sentWords(publication, story.publishedVersion),
              text: story.slug,
              action: { label: 'See where', run: () => layout.inspect('wire') },
            })
          }}
          onScheduled={({ at }) => {
            toast({ kind: 'done', title: `${story.slug} is planned`, text: `It goes out ${longMoment(at)}.` })
          }}
          onClose={(written) => {
            setNote(written)
            setDialog(null)
          }}
        />
      )}
      {dialog === 'kill' && (mayKill(story.stage, person.role) || story.stage === 'killed') && (
        <KillDialog
          story={story}
          reason={reason}
          kill={(reason) => newsroom.kill(story.id, reason)}
          api={api}
          feed={feed}
          onClose={(written) => {
            setReason(written)
            setDialog(null)
          }}
        />
      )}
    </>
  )
}
