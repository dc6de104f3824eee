import { useStore } from 'zustand'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { queueIsKnown } from '../newsroom/queue-is-known.ts'
import { useDialogs } from '../window/dialogs.tsx'
import { STORY_PAGE, storyLink, useRoute } from '../window/routes.ts'
import { NEW_STORY_DIALOG } from './new-story.ts'
import { QueuePane } from './QueuePane.tsx'

const NEVER_HERE =
  'The newsroom cannot be reached, and its queue was never on this computer. It appears once there is a connection.'

/** The newsroom's queue, and the story on the page in it. */
export function Queue() {
  const newsroom = useNewsroom()
  const { queue, watch, wireDesk } = newsroom
  const queueState = useStore(queue.state)
  const { status, error, desks, stories, unsent, people } = queueState
  const sending = useStore(newsroom.stories.state, (state) => state.sending)
  // While there is a connection, what is left to send is gone before it can be read.
  const waiting = status === 'live' ? unsent : new Map([...[...sending].map((id) => [id, null] as const), ...unsent])
  const { deskId, unread } = useStore(watch.state)
  const scheduled = useStore(wireDesk.state, (state) => state.scheduled)
  const { page, id } = useRoute()
  const dialogs = useDialogs()
  return (
    <QueuePane
      stories={queueIsKnown(queueState) ? stories : null}
      desks={desks}
      people={people}
      unsent={waiting}
      unread={unread}
      scheduled={scheduled}
      online={status === 'loading' ? null : status === 'live'}
      error={status === 'offline' ? NEVER_HERE : error}
      deskId={deskId}
      currentStoryId={page === STORY_PAGE ? id : null}
      storyLink={storyLink}
      onDesk={(id) => watch.chooseDesk(id)}
      onNewStory={() => dialogs.open(NEW_STORY_DIALOG, undefined)}
      onRetry={() => newsroom.feed.tryAgain()}
    />
  )
}
