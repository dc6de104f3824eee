import { useId } from 'react'
import { useStore } from 'zustand'
import type { Desk, Person, Story } from '#shared/story/story.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { PaneLeftIcon } from '../ui/icons.tsx'
import { Keys } from '../ui/Keys.tsx'
import { StageBadge } from '../ui/StageBadge.tsx'
import { shortTime } from '../ui/time-words.ts'
import styles from './Front.module.css'
import { useLayout } from './layout.ts'
import { useNewsroom } from './newsroom.ts'
import { queueIsKnown } from './queue-is-known.ts'
import { routeLink } from './routes.ts'

const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' })
const number = new Intl.NumberFormat('en')

/** How many stories each list of the front page names. */
const MOST = 8

interface Waiting {
  title: string
  /** What it says when there is none. */
  none: string
  stories: Story[]
}

/** What waits for somebody in this role: their own drafts, what was filed, or what is ready for the wire. */
function waitingFor(person: Pick<Person, 'id' | 'role'>, stories: readonly Story[]): Waiting {
  switch (person.role) {
    case 'reporter':
      return {
        title: 'You are writing',
        none: 'Nothing of yours is in draft.',
        stories: stories.filter((story) => story.stage === 'draft' && story.createdBy.id === person.id),
      }
    case 'editor':
      return {
        title: 'Filed, for you to edit',
        none: 'Nothing filed is waiting.',
        stories: stories.filter((story) => story.stage === 'filed'),
      }
    case 'wire':
      return {
        title: 'Ready for the wire',
        none: 'Nothing is waiting for the wire.',
        stories: stories.filter((story) => story.stage === 'ready'),
      }
  }
}

/** What the page shows while no story is open: the newsroom's name, the day, and what waits for this person. */
export function Front({
  onNewStory,
  newStoryShortcut,
}: {
  onNewStory: () => void
  newStoryShortcut: string | undefined
}) {
  const { name, person, queue } = useNewsroom()
  const queueState = useStore(queue.state)
  const { stories, desks } = queueState
  const layout = useLayout()
  const { title, none, stories: waiting } = waitingFor(person, stories)

  return (
    <div className={styles.front}>
      {!layout.queue.open && (
        <div className={styles.corner}>
          <IconButton label="Show the queue" shortcut="Mod-Shift-D" onClick={() => layout.toggle('queue')}>
            <PaneLeftIcon />
          </IconButton>
        </div>
      )}
      <header className={styles.nameplate}>
        <h1 className={styles.name}>{name}</h1>
        <p className={styles.date}>{today.format(new Date())}</p>
      </header>
      {queueIsKnown(queueState) && (
        <>
          <StoryList title={title} none={none} stories={waiting} desks={desks} />
          <StoryList
            title="On the wire"
            none="Nothing has gone out yet."
            stories={stories.filter((story) => story.publishedAt !== null).toSorted(byPublication)}
            desks={desks}
          />
        </>
      )}
      <footer className={styles.foot}>
        <Button variant="primary" onClick={onNewStory}>
          New story
        </Button>
        <p className={styles.hint}>
          {newStoryShortcut !== undefined && <Keys shortcut={newStoryShortcut} />} to begin one,{' '}
          <Keys shortcut="Mod-Shift-P" /> for everything else.
        </p>
      </footer>
    </div>
  )
}

function byPublication(a: Story, b: Story): number {
  return (b.publishedAt ?? '').localeCompare(a.publishedAt ?? '')
}

interface StoryListProps {
  title: string
  none: string
  stories: readonly Story[]
  desks: readonly Desk[]
}

function StoryList({ title, none, stories, desks }: StoryListProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      {stories.length === 0 && <p className={styles.none}>{none}</p>}
      <ul>
        {stories.slice(0, MOST).map((story) => (
          <li key={story.id}>
            <a className={styles.story} href={routeLink({ page: 'story', storyId: story.id })}>
              <span className={styles.headline} dir="auto" lang={story.language}>
                {story.headline || story.slug}
              </span>
              <span className={styles.facts}>
                <StageBadge stage={story.stage} />
                <span>{desks.find((desk) => desk.id === story.deskId)?.name}</span>
                <span className={styles.slug}>{story.slug}</span>
                <span>{number.format(story.words)} words</span>
                <time dateTime={story.changedAt}>{shortTime(new Date(story.changedAt))}</time>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {stories.length > MOST && <p className={styles.none}>And {stories.length - MOST} more in the queue.</p>}
    </section>
  )
}
