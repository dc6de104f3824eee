import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react'
import type { MessageOrText } from '#shared/messages/message.ts'
import type { Scheduled, StoryCounts, StoryOrder } from '#shared/protocol/http.ts'
import type { Desk, Story } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { CloseIcon, SearchIcon, SortIcon } from '../ui/icons.tsx'
import { StageMark } from '../ui/StageBadge.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../ui/States.tsx'
import { DeskList } from './DeskList.tsx'
import styles from './QueuePane.module.css'
import { countAt, queueGroups } from './queue-view.ts'
import { QueueRow } from './QueueRow.tsx'

export interface QueuePaneProps {
  /** Those that are read so far; null until there are any. */
  stories: readonly Story[] | null
  /** Whether there are further stories to read. */
  more: boolean
  /** How many stories each desk has at each stage; null until that is known. */
  counts: StoryCounts | null
  /** The same of those that match the filter. */
  matching: StoryCounts | null
  filter: string
  order: StoryOrder
  desks: readonly Desk[]
  /** Who is in which story now, by story id. */
  people: ReadonlyMap<string, readonly { id: string; name: string }[]>
  /** Stories that the newsroom does not have, or not all of, by id; with a sentence where it refused them. */
  unsent: ReadonlyMap<string, MessageOrText | null>
  /** Stories that came to this person's desk and were not opened since. */
  unread: ReadonlySet<string>
  /** The desks of those stories. */
  unreadDesks: ReadonlySet<string>
  /** Planned publications, by story id. */
  scheduled: ReadonlyMap<string, Scheduled>
  /** Whether the list is live. Null while that is being found out. */
  online: boolean | null
  /** Why the list is missing. */
  error: MessageOrText | null
  /** Null for all desks. */
  deskId: string | null
  currentStoryId: string | null
  storyLink: (storyId: string) => string
  onDesk: (deskId: string | null) => void
  onFilter: (filter: string) => void
  onOrder: (order: StoryOrder) => void
  onMore: () => void
  onNewStory: () => void
  onRetry: () => void
}

/** The desks, and the live queue of the one that is chosen. */
export function QueuePane(props: QueuePaneProps) {
  const { stories, desks, people, unsent, unread, scheduled, online, error, deskId, currentStoryId, storyLink } = props
  const { t, say, format } = useMessages()
  const { filter, order, onFilter: setFilter, onOrder: setOrder } = props
  const [tabStop, setTabStop] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const filterInput = useRef<HTMLInputElement>(null)

  const groups = queueGroups(stories ?? [], { deskId, filter, order })
  const sections = groups.map((group) => ({
    ...group,
    // A count that is on its way is never less than what is on screen.
    count: Math.max(group.stories.length, countAt(props.matching ?? [], deskId, group.stage)),
  }))
  const shown = groups.flatMap((group) => group.stories)
  const stop = [tabStop, currentStoryId].find((id) => shown.some((story) => story.id === id)) ?? shown[0]?.id
  const desk = desks.find((each) => each.id === deskId)
  const refusals = [...unsent.values()].filter((refusal) => refusal !== null).map(say)

  function rows(): HTMLElement[] {
    return [...(list.current?.querySelectorAll<HTMLElement>('[data-queue-row]') ?? [])]
  }

  function walk(event: KeyboardEvent) {
    const all = rows()
    const at = all.findIndex((row) => row === document.activeElement)
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (target === undefined || at === -1) return
    event.preventDefault()
    if (target < 0) filterInput.current?.focus()
    else all[Math.min(target, all.length - 1)]?.focus()
  }

  function fromFilter(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') rows()[0]?.focus()
    else if (event.key === 'Enter') rows()[0]?.click()
    else if (event.key === 'Escape' && filter !== '') setFilter('')
    else return
    event.preventDefault()
  }

  return (
    <>
      <DeskList desks={desks} counts={props.counts} unread={props.unreadDesks} deskId={deskId} onDesk={props.onDesk} />
      <div className={styles.tools}>
        <div className={styles.filter}>
          <SearchIcon size={14} />
          <input
            ref={filterInput}
            id="queue-filter"
            type="text"
            aria-label={t('desk.queue.filter')}
            placeholder={t('desk.queue.filter-placeholder')}
            value={filter}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={fromFilter}
          />
          {filter !== '' && (
            <IconButton label={t('desk.queue.clear-filter')} size="s" onClick={() => setFilter('')}>
              <CloseIcon size={14} />
            </IconButton>
          )}
        </div>
        <IconButton
          label={order === 'newest' ? t('desk.queue.newest-first') : t('desk.queue.oldest-first')}
          size="s"
          className={order === 'oldest' ? styles.turned : undefined}
          onClick={() => setOrder(order === 'newest' ? 'oldest' : 'newest')}
        >
          <SortIcon />
        </IconButton>
      </div>
      <div ref={list} className={styles.list} onKeyDown={walk}>
        {online === false && stories !== null && (
          <div className={styles.notice}>
            <Notice kind="warn">{t('desk.queue.offline')}</Notice>
          </div>
        )}
        {refusals.map((sentence) => (
          <div key={sentence} className={styles.notice}>
            <Notice kind="danger">{sentence}</Notice>
          </div>
        ))}
        {stories === null && error === null && (
          <div className={styles.loading}>
            <Skeleton label={t('desk.queue.loading')} lines={[34, 92, 58]} />
            <Skeleton label={t('desk.queue.loading')} lines={[42, 84, 70]} />
            <Skeleton label={t('desk.queue.loading')} lines={[28, 96, 40]} />
          </div>
        )}
        {stories === null && error !== null && (
          <ErrorState
            title={t('desk.queue.error')}
            action={<Button onClick={props.onRetry}>{t('common.try-again')}</Button>}
          >
            {say(error)}
          </ErrorState>
        )}
        {stories !== null && shown.length === 0 && !props.more && filter !== '' && (
          <EmptyState
            title={t('desk.queue.no-match')}
            action={<Button onClick={() => setFilter('')}>{t('desk.queue.clear-filter')}</Button>}
          >
            {desk === undefined
              ? t('desk.queue.no-match-newsroom', { filter })
              : t('desk.queue.no-match-desk', { desk: desk.name, filter })}
          </EmptyState>
        )}
        {stories !== null && shown.length === 0 && !props.more && filter === '' && (
          <EmptyState
            title={t('desk.queue.empty')}
            action={<Button onClick={props.onNewStory}>{t('desk.new-story')}</Button>}
          >
            {desk === undefined ? t('desk.queue.empty-newsroom') : t('desk.queue.empty-desk', { desk: desk.name })}
          </EmptyState>
        )}
        {sections.map((group) => (
          <section
            key={group.stage}
            aria-label={t('desk.queue.group', { stage: t(`common.stage.${group.stage}`), count: group.count })}
          >
            <h3 className={styles.stage}>
              <StageMark stage={group.stage} size={11} />
              {t(`common.stage.${group.stage}`)}
              <span className={styles.count}>{format.number(group.count)}</span>
            </h3>
            <ul>
              {group.stories.map((story) => (
                <li key={story.id} onFocus={() => setTabStop(story.id)}>
                  <QueueRow
                    story={story}
                    href={storyLink(story.id)}
                    people={people.get(story.id) ?? []}
                    current={story.id === currentStoryId}
                    unread={unread.has(story.id)}
                    unsent={unsent.has(story.id)}
                    scheduled={scheduled.get(story.id) ?? null}
                    tabStop={story.id === stop}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {props.more && <ReadMore key={shown.length} onVisible={props.onMore} />}
      </div>
    </>
  )
}

/** The end of what is read so far: asks for more when it comes into view. */
function ReadMore({ onVisible }: { onVisible: () => void }) {
  const { t } = useMessages()
  const end = useRef<HTMLDivElement>(null)
  const visible = useEffectEvent(onVisible)
  useEffect(() => {
    if (end.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) visible()
      },
      // A page ahead, so that the person does not wait for it.
      { rootMargin: '600px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={end} className={styles.loading}>
      <Skeleton label={t('desk.queue.loading-more')} lines={[34, 92, 58]} />
    </div>
  )
}
