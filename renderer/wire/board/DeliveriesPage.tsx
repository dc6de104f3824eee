import { useState, type ReactNode } from 'react'
import type { Board, BoardDelivery, Scheduled } from '#shared/protocol/http.ts'
import { errorMessage } from '../../api/api-error.ts'
import type { MessageOrText } from '#shared/messages/message.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Field.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { List } from '../../ui/List.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { useDestinations } from '../use-destinations.ts'
import { Views } from '../Views.tsx'
import { BOARD_VIEWS, type BoardFilter, type BoardView } from './board-rows.ts'
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
  /** Why the schedules could not be loaded. */
  scheduledProblem: MessageOrText | null
  cancelScheduled: (id: string) => Promise<unknown>
  storyLink: (storyId: string) => string
  leading?: ReactNode
}

/** The board of all deliveries: waiting, arrived and failed, with the actions for each. */
export function DeliveriesPage(props: DeliveriesPageProps) {
  const toast = useToast()
  const { api, feed, online, counts, scheduled, scheduledProblem, cancelScheduled, storyLink, leading } = props
  const { t, say } = useMessages()
  const [filter, setFilter] = useState<BoardFilter>({ view: 'all', destination: null })
  const board = useBoard(api, feed, filter)
  const destinations = useDestinations(api, feed)
  const paused = new Set((destinations.value ?? []).filter((each) => each.paused).map(({ id }) => id))
  const [skipping, setSkipping] = useState<BoardDelivery | null>(null)

  async function retry(delivery: BoardDelivery) {
    try {
      feed.hear({ type: 'delivery', delivery: await api.retryDelivery(delivery.id) })
    } catch (error) {
      toast({ kind: 'problem', title: t('wire.board.not-retried'), text: say(errorMessage(error)) })
    }
  }

  return (
    <DeskPage
      title={t('wire.board.title')}
      leading={leading}
      tools={
        <>
          <Views
            views={BOARD_VIEWS}
            labels={{
              all: t('wire.board.view.all'),
              open: t('wire.board.view.open'),
              dead: t('wire.board.view.dead'),
              sent: t('wire.board.view.sent'),
              skipped: t('wire.board.view.skipped'),
            }}
            countOf={(view) => countOf(view, counts)}
            current={filter.view}
            onChoose={(view) => setFilter({ ...filter, view })}
          />
          <div className={styles.destination}>
            <Select
              label={t('wire.board.destination')}
              value={filter.destination ?? ''}
              options={[
                { value: '', label: t('wire.board.all-destinations') },
                ...(destinations.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(event) => setFilter({ ...filter, destination: event.target.value || null })}
            />
          </div>
        </>
      }
    >
      {!online && <Notice kind="warn">{t('wire.board.offline')}</Notice>}
      {online && scheduledProblem !== null && (
        <Notice kind="danger">{t('wire.board.schedules-unavailable', { problem: say(scheduledProblem) })}</Notice>
      )}
      <PlannedList scheduled={scheduled} online={online} cancel={cancelScheduled} storyLink={storyLink} />
      <section aria-label={t('wire.board.title')} aria-busy={board.rows === null && board.problem === null}>
        {online && board.problem !== null && board.rows !== null && <Notice kind="danger">{board.problem}</Notice>}
        {board.rows === null && board.problem === null && (
          <div className={styles.loading}>
            <Skeleton label={t('wire.board.loading')} lines={[88, 40, 92, 52, 84, 46]} />
          </div>
        )}
        {board.rows === null && board.problem !== null && (
          <ErrorState
            title={t('wire.board.unavailable')}
            action={<Button onClick={board.again}>{t('common.try-again')}</Button>}
          >
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
              {t('wire.board.more')}
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
  const { t } = useMessages()
  const reason =
    view === 'open'
      ? 'none-open'
      : view === 'dead'
        ? 'none-dead'
        : view === 'all' && destination === null
          ? 'none'
          : 'no-match'
  return <EmptyState title={t(`wire.board.${reason}`)}>{t(`wire.board.${reason}-explanation`)}</EmptyState>
}
