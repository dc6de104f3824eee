import { useState, type ReactNode } from 'react'
import type { Board, BoardDelivery, Scheduled } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Field.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { List } from '../../ui/List.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { useDestinations } from '../use-destinations.ts'
import { Views } from '../Views.tsx'
import { BOARD_VIEWS, VIEW_LABELS, type BoardFilter, type BoardView } from './board-rows.ts'
import styles from './DeliveriesPage.module.css'
import { DeliveryRow } from './DeliveryRow.tsx'
import { PlannedList } from './PlannedList.tsx'
import { SkipDialog } from './SkipDialog.tsx'
import { useBoard } from './use-board.ts'

export interface DeliveriesPageProps {
  api: Pick<Api, 'board' | 'destinationSettings' | 'retryDelivery' | 'skipDelivery'>
  feed: Pick<Feed, 'state' | 'onEvent' | 'hear'>
  /** True while the page is live. */
  online: boolean
  counts: Board['counts'] | null
  scheduled: readonly Scheduled[]
  /** Why the schedules could not be loaded, in a sentence. */
  scheduledProblem: string | null
  cancelScheduled: (id: string) => Promise<unknown>
  storyLink: (storyId: string) => string
  leading?: ReactNode
}

/** The board of all deliveries: waiting, arrived and failed, with the actions for each. */
export function DeliveriesPage(props: DeliveriesPageProps) {
  const toast = useToast()
  const { api, feed, online, counts, scheduled, scheduledProblem, cancelScheduled, storyLink, leading } = props
  const [filter, setFilter] = useState<BoardFilter>({ view: 'all', destination: null })
  const board = useBoard(api, feed, filter)
  const destinations = useDestinations(api, feed)
  const paused = new Set((destinations.value ?? []).filter((each) => each.paused).map(({ id }) => id))
  const [skipping, setSkipping] = useState<BoardDelivery | null>(null)

  async function retry(delivery: BoardDelivery) {
    try {
      feed.hear({ type: 'delivery', delivery: await api.retryDelivery(delivery.id) })
    } catch (error) {
      toast({ kind: 'problem', title: 'Not tried again', text: errorSentence(error) })
    }
  }

  return (
    <DeskPage
      title="Deliveries"
      leading={leading}
      tools={
        <>
          <Views
            views={BOARD_VIEWS}
            labels={VIEW_LABELS}
            countOf={(view) => countOf(view, counts)}
            current={filter.view}
            onChoose={(view) => setFilter({ ...filter, view })}
          />
          <div className={styles.destination}>
            <Select
              label="Destination"
              value={filter.destination ?? ''}
              options={[
                { value: '', label: 'Every destination' },
                ...(destinations.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(event) => setFilter({ ...filter, destination: event.target.value || null })}
            />
          </div>
        </>
      }
    >
      {!online && <Notice kind="warn">Offline. This is how it was when the newsroom was last heard of.</Notice>}
      {online && scheduledProblem !== null && (
        <Notice kind="danger">What is planned is not known: {scheduledProblem}</Notice>
      )}
      <PlannedList scheduled={scheduled} online={online} cancel={cancelScheduled} storyLink={storyLink} />
      <section aria-label="Deliveries" aria-busy={board.rows === null && board.problem === null}>
        {online && board.problem !== null && board.rows !== null && <Notice kind="danger">{board.problem}</Notice>}
        {board.rows === null && board.problem === null && (
          <div className={styles.loading}>
            <Skeleton label="Loading the deliveries" lines={[88, 40, 92, 52, 84, 46]} />
          </div>
        )}
        {board.rows === null && board.problem !== null && (
          <ErrorState title="No board" action={<Button onClick={board.again}>Try again</Button>}>
            {board.problem}
          </ErrorState>
        )}
        {board.rows?.length === 0 && <Nothing filter={filter} />}
        {board.rows !== null && board.rows.length > 0 && (
          <List>
            {board.rows.map((delivery) => (
              <DeliveryRow
                key={delivery.id}
                delivery={delivery}
                storyLink={storyLink(delivery.storyId)}
                paused={paused.has(delivery.destination.id)}
                online={online}
                onRetry={() => retry(delivery)}
                onSkip={() => setSkipping(delivery)}
              />
            ))}
          </List>
        )}
        {board.more && (
          <p className={styles.more}>
            <Button busy={board.busy} onClick={board.loadMore}>
              Show more
            </Button>
          </p>
        )}
      </section>
      {skipping !== null && (
        <SkipDialog
          delivery={skipping}
          skip={async (reason) =>
            feed.hear({ type: 'delivery', delivery: await api.skipDelivery(skipping.id, reason) })
          }
          onClose={() => setSkipping(null)}
        />
      )}
    </DeskPage>
  )
}

function countOf(view: BoardView, counts: Board['counts'] | null): number {
  if (counts === null) return 0
  return view === 'open' ? counts.queued + counts.failed + counts.dead : view === 'dead' ? counts.dead : 0
}

function Nothing({ filter: { view, destination } }: { filter: BoardFilter }) {
  if (view === 'open') return <EmptyState title="Everything has arrived">No delivery is waiting or failing.</EmptyState>
  if (view === 'dead')
    return <EmptyState title="Nothing was given up">Every delivery has arrived or is still tried.</EmptyState>
  return (
    <EmptyState title={view === 'all' && destination === null ? 'Nothing was sent yet' : 'None of these'}>
      {view === 'all' && destination === null
        ? 'What is published appears here, once for each destination that it goes to.'
        : 'There is no such delivery. Choose others above.'}
    </EmptyState>
  )
}
