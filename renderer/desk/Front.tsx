import { useId } from 'react'
import { useStore } from 'zustand'
import type { Scheduled } from '#shared/protocol/http.ts'
import type { Desk, Person, Story } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Button } from '../ui/Button.tsx'
import { Keys } from '../ui/Keys.tsx'
import { StageBadge } from '../ui/StageBadge.tsx'
import { StoryNotes } from '../story/versions/StoryNotes.tsx'
import { useNow } from '../ui/use-now.ts'
import styles from './Front.module.css'
import { frontLists, type FrontList } from './front-lists.ts'
import { useDialogs } from '../window/dialogs.tsx'
import { useLayout } from '../window/layout.ts'
import { PagePane } from '../window/PagePane.tsx'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { useStoryList } from '../newsroom/use-stories.ts'
import { storyLink } from '../window/routes.ts'
import { ShowQueueButton } from '../window/ShowQueueButton.tsx'
import { NEW_STORY_DIALOG, NEW_STORY_SHORTCUTS } from './new-story.ts'

/** How many stories each list shows. */
const MOST = 8

/** The page while no story is open: the newsroom's name, the date, and the work waiting for this person. */
export function Front() {
  const { t, rich, format } = useMessages()
  const { name, person, queue, wireDesk, platform } = useNewsroom()
  const dialogs = useDialogs()
  const desks = useStore(queue.state, (state) => state.desks)
  const stories = useFrontStories(person)
  const layout = useLayout()
  const scheduled = useStore(wireDesk.state, (state) => state.scheduled)
  const now = useNow()

  return (
    <PagePane pane="frontPage">
      <div className={styles.front}>
        {!layout.queue.open && (
          <div className={styles.corner}>
            <ShowQueueButton />
          </div>
        )}
        <header className={styles.nameplate}>
          <h1 className={styles.name}>{name}</h1>
          <p className={styles.date}>{format.wholeDay(new Date(now))}</p>
        </header>
        {stories !== null && (
          <>
            {frontLists(person, stories)
              .filter((list) => list.none !== null || list.stories.length > 0)
              .map((list) => (
                <StoryList key={list.title.id} {...list} desks={desks} scheduled={scheduled} />
              ))}
          </>
        )}
        <footer className={styles.foot}>
          <Button variant="primary" onClick={() => dialogs.open(NEW_STORY_DIALOG, undefined)}>
            {t('desk.new-story')}
          </Button>
          <p className={styles.hint}>
            {rich('desk.front.hint', {
              create: <Keys shortcut={NEW_STORY_SHORTCUTS[platform.kind][0]} />,
              palette: <Keys shortcut="Mod-Shift-P" />,
            })}
          </p>
        </footer>
      </div>
    </PagePane>
  )
}

/** Returns what the lists of the front page are made of; null until all of it is known. */
function useFrontStories({ id, role }: Pick<Person, 'id' | 'role'>): readonly Story[] | null {
  const waiting = useStoryList(
    role === 'reporter' ? { stage: 'draft', writer: id } : { stage: role === 'editor' ? 'filed' : 'ready' },
  )
  const edited = useStoryList({ edited: true })
  const published = useStoryList({ stage: 'published' })
  if (waiting.stories === null || edited.stories === null || published.stories === null) return null
  const all = [...waiting.stories, ...edited.stories, ...published.stories]
  return [...new Map(all.map((story) => [story.id, story])).values()]
}

interface StoryListProps extends FrontList {
  desks: readonly Desk[]
  /** The scheduled publications, by story id. */
  scheduled: ReadonlyMap<string, Scheduled>
}

function StoryList({ title, none, stories, desks, scheduled }: StoryListProps) {
  const { t, say, format } = useMessages()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {say(title)}
      </h2>
      {stories.length === 0 && none !== null && <p className={styles.none}>{say(none)}</p>}
      <ul>
        {stories.slice(0, MOST).map((story) => (
          <li key={story.id}>
            <a className={styles.story} href={storyLink(story.id)}>
              <span className={styles.headline} dir="auto" lang={story.language}>
                {story.headline || story.slug}
              </span>
              <span className={styles.facts}>
                <StageBadge stage={story.stage} />
                <span>{desks.find((desk) => desk.id === story.deskId)?.name}</span>
                <span className={styles.slug}>{story.slug}</span>
                <span>{t('desk.story.words', { count: story.words })}</span>
                <time
                  dateTime={story.changedAt}
                  title={t('desk.story.changed', { when: format.longTime(new Date(story.changedAt)) })}
                >
                  {format.shortTime(new Date(story.changedAt))}
                </time>
                <StoryNotes story={story} scheduled={scheduled.get(story.id) ?? null} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      {stories.length > MOST && <p className={styles.none}>{t('desk.front.more', { count: stories.length - MOST })}</p>}
    </section>
  )
}
