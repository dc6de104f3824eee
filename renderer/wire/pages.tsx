/** The wire desk's own pages, in the newsroom. */
import { useStore } from 'zustand'
import { mayRunWire } from '#shared/story/workflow.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { useVocabulary } from '../story/meta/vocabulary.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/States.tsx'
import { PagePane } from '../window/PagePane.tsx'
import { FRONT_PAGE, STORY_PAGE, storyLink, useNavigation, type Route } from '../window/routes.ts'
import { ShowQueueButton } from '../window/ShowQueueButton.tsx'
import { DeliveriesPage } from './board/DeliveriesPage.tsx'
import { DestinationsPage } from './destinations/DestinationsPage.tsx'
import { IntakePage } from './intake/IntakePage.tsx'
import type { ReactNode } from 'react'

function WirePage({ children }: { children: ReactNode }) {
  const { t } = useMessages()
  const { person } = useNewsroom()
  const { goTo } = useNavigation()
  return (
    <PagePane>
      {mayRunWire(person.role) ? (
        children
      ) : (
        <EmptyState
          title={t('app.wire-only')}
          action={<Button onClick={() => goTo(FRONT_PAGE)}>{t('app.back-to-front-page')}</Button>}
        >
          {t('app.wire-only.explanation')}
        </EmptyState>
      )}
    </PagePane>
  )
}

/** Returns what all of the pages need. */
function useWirePage() {
  const newsroom = useNewsroom()
  return {
    newsroom,
    api: newsroom.api,
    feed: newsroom.feed,
    online: useStore(newsroom.queue.state, (state) => state.status === 'live'),
    desks: useStore(newsroom.queue.state, (state) => state.desks),
    desk: useStore(newsroom.wireDesk.state),
  }
}

export function Deliveries() {
  const { newsroom, api, feed, online, desk } = useWirePage()
  return (
    <WirePage>
      <DeliveriesPage
        api={api}
        feed={feed}
        online={online}
        counts={desk.deliveries}
        scheduled={[...desk.scheduled.values()]}
        scheduledProblem={desk.problem}
        cancelScheduled={(id) => newsroom.cancelScheduled(id)}
        storyLink={storyLink}
        leading={<ShowQueueButton />}
      />
    </WirePage>
  )
}

export function Destinations() {
  const { newsroom, api, feed, online, desks } = useWirePage()
  return (
    <WirePage>
      <DestinationsPage
        api={api}
        feed={feed}
        online={online}
        desks={desks}
        vocabulary={useVocabulary(api)}
        labelLanguage={newsroom.language}
        leading={<ShowQueueButton />}
      />
    </WirePage>
  )
}

export function Intake({ id }: Pick<Route, 'id'>) {
  const { api, feed, online, desks, desk } = useWirePage()
  const { goTo } = useNavigation()
  return (
    <WirePage>
      <IntakePage
        show={id}
        api={api}
        feed={feed}
        online={online}
        desks={desks}
        counts={desk.intake}
        storyLink={storyLink}
        openStory={(storyId) => goTo(STORY_PAGE, storyId)}
        server={api.server}
        leading={<ShowQueueButton />}
      />
    </WirePage>
  )
}
