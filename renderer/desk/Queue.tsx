import { useState } from 'react'
import { useStore } from 'zustand'
import { message } from '#shared/messages/message.ts'
import type { StoryOrder } from '#shared/protocol/http.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { useStoryCounts, useStoryList } from '../newsroom/use-stories.ts'
import { useSettled } from '../ui/use-settled.ts'
import { useDialogs } from '../window/dialogs.tsx'
import { STORY_PAGE, storyLink, useRoute } from '../window/routes.ts'
import { NEW_STORY_DIALOG } from './new-story.ts'
import { QueuePane } from './QueuePane.tsx'

/** The newsroom's queue, read page by page as the person scrolls and filters, and the story on the page in it. */
export function Queue() {
  const newsroom = useNewsroom()
  const { queue, watch, wireDesk, feed, newsroomStories } = newsroom
  const { status, error, desks, unsent, people } = useStore(queue.state)
  const sending = useStore(newsroom.stories.state, (state) => state.sending)
  // While there is a connection, what is left to send is gone before it can be read.
  const waiting = status === 'live' ? unsent : new Map([...[...sending].map((id) => [id, null] as const), ...unsent])
  const { deskId, unread } = useStore(watch.state)
  const scheduled = useStore(wireDesk.state, (state) => state.scheduled)
  const { page, id } = useRoute()
  const dialogs = useDialogs()
  const [filter, setFilter] = useState('')
  const [order, setOrder] = useState<StoryOrder>('newest')
  const asked = useSettled(filter)
  const { stories, problem, more, loadMore, reload } = useStoryList({ deskId, filter: asked, order })
  const counts = useStoryCounts()
  const matching = useStoryCounts(asked)
  return (
    <QueuePane
      stories={stories}
      more={more}
      counts={counts}
      matching={matching}
      filter={filter}
      order={order}
      desks={desks}
      people={people}
      unsent={waiting}
      unread={unread}
      unreadDesks={new Set([...unread].flatMap((storyId) => newsroomStories.get(storyId)?.deskId ?? []))}
      scheduled={scheduled}
      online={status === 'loading' ? null : status === 'live'}
      error={
        status === 'live'
          ? problem === null
            ? null
            : { text: problem }
          : status === 'offline'
            ? message('desk.queue.never-here')
            : error
      }
      deskId={deskId}
      currentStoryId={page === STORY_PAGE ? id : null}
      storyLink={storyLink}
      onDesk={(id) => watch.chooseDesk(id)}
      onFilter={setFilter}
      onOrder={setOrder}
      onMore={loadMore}
      onNewStory={() => dialogs.open(NEW_STORY_DIALOG, undefined)}
      onRetry={() => (status === 'live' ? reload() : feed.tryAgain())}
    />
  )
}
