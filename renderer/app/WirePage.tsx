import { useStore } from 'zustand'
import { mayRunWire } from '#shared/story/workflow.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { PaneLeftIcon } from '../ui/icons.tsx'
import { EmptyState } from '../ui/States.tsx'
import { DeliveriesPage } from '../wire/board/DeliveriesPage.tsx'
import { DestinationsPage } from '../wire/destinations/DestinationsPage.tsx'
import { IntakePage } from '../wire/intake/IntakePage.tsx'
import { useVocabulary } from '../story/meta/vocabulary.ts'
import { useLayout } from '../window/layout.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { goTo, routeLink, type Route } from '../window/routes.ts'

/** One of the wire desk's own pages. */
export function WirePage({ route }: { route: Exclude<Route, { page: 'desk' | 'story' }> }) {
  const newsroom = useNewsroom()
  const { api, feed, queue, person, wireDesk } = newsroom
  const layout = useLayout()
  const online = useStore(queue.state, (state) => state.status === 'live')
  const desks = useStore(queue.state, (state) => state.desks)
  const vocabulary = useVocabulary(api)
  const { deliveries, intake, scheduled, problem } = useStore(wireDesk.state)
  const leading = layout.queue.open ? undefined : (
    <IconButton label="Show the queue" shortcut="Mod-Shift-D" onClick={() => layout.toggle('queue')}>
      <PaneLeftIcon />
    </IconButton>
  )
  const storyLink = (storyId: string) => routeLink({ page: 'story', storyId })

  if (!mayRunWire(person.role)) {
    return (
      <EmptyState
        title="For the wire desk"
        action={<Button onClick={() => goTo({ page: 'desk' })}>Back to the front page</Button>}
      >
        Destinations, deliveries and intake are looked after by wire editors.
      </EmptyState>
    )
  }
  switch (route.page) {
    case 'deliveries':
      return (
        <DeliveriesPage
          api={api}
          feed={feed}
          online={online}
          counts={deliveries}
          scheduled={[...scheduled.values()]}
          scheduledProblem={problem}
          cancelScheduled={(id) => newsroom.cancelScheduled(id)}
          storyLink={storyLink}
          leading={leading}
        />
      )
    case 'destinations':
      return (
        <DestinationsPage
          api={api}
          feed={feed}
          online={online}
          desks={desks}
          vocabulary={vocabulary}
          labelLanguage={newsroom.language}
          leading={leading}
        />
      )
    case 'intake':
      return (
        <IntakePage
          // Another item that is linked to is another beginning.
          key={route.itemId}
          show={route.itemId ?? null}
          api={api}
          feed={feed}
          online={online}
          desks={desks}
          counts={intake}
          storyLink={storyLink}
          openStory={(storyId) => goTo({ page: 'story', storyId })}
          server={api.server}
          leading={leading}
        />
      )
  }
}
