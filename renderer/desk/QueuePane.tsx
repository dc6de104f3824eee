import { useRef, useState, type KeyboardEvent } from 'react'
import type { Scheduled } from '#shared/protocol/http.ts'
import type { Desk, Story } from '#shared/story/story.ts'
import { STAGE_LABELS } from '#shared/story/workflow.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { CloseIcon, SearchIcon, SortIcon } from '../ui/icons.tsx'
import { StageMark } from '../ui/StageBadge.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../ui/States.tsx'
import { DeskList } from './DeskList.tsx'
import styles from './QueuePane.module.css'
import { queueGroups, type QueueOrder } from './queue-view.ts'
import { QueueRow } from './QueueRow.tsx'

export interface QueuePaneProps {
  /** Null until they are known. */
  stories: readonly Story[] | null
  desks: readonly Desk[]
  /** Who is in which story now, by story id. */
  people: ReadonlyMap<string, readonly { id: string; name: string }[]>
  /** Stories that the newsroom does not have, or not all of, by id; with a sentence where it refused them. */
  unsent: ReadonlyMap<string, string | null>
  /** Stories that came to this person's desk and were not opened since. */
  unread: ReadonlySet<string>
  /** Planned publications, by story id. */
  scheduled: ReadonlyMap<string, Scheduled>
  /** Whether the list is live. Null while that is being found out. */
  online: boolean | null
  /** Why there is no list, in a sentence. */
  error: string | null
  /** Null is every desk. */
  deskId: string | null
  currentStoryId: string | null
  storyLink: (storyId: string) => string
  onDesk: (deskId: string | null) => void
  onNewStory: () => void
  onRetry: () => void
}

/** The desks, and the live queue of the one that is chosen. */
export function QueuePane(props: QueuePaneProps) {
  const { stories, desks, people, unsent, unread, scheduled, online, error, deskId, currentStoryId, storyLink } = props
  const [filter, setFilter] = useState('')
  const [order, setOrder] = useState<QueueOrder>('newest')
  const [tabStop, setTabStop] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const filterInput = useRef<HTMLInputElement>(null)

  const groups = queueGroups(stories ?? [], { deskId, filter, order })
  const shown = groups.flatMap((group) => group.stories)
  const stop = [tabStop, currentStoryId].find((id) => shown.some((story) => story.id === id)) ?? shown[0]?.id
  const desk = desks.find((each) => each.id === deskId)
  const refusals = [...unsent.values()].filter((sentence) => sentence !== null)

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
      <DeskList desks={desks} stories={stories} unread={unread} deskId={deskId} onDesk={props.onDesk} />
      <div className={styles.tools}>
        <div className={styles.filter}>
          <SearchIcon size={14} />
          <input
            ref={filterInput}
            id="queue-filter"
            type="text"
            aria-label="Filter stories"
            placeholder="Filter"
            value={filter}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={fromFilter}
          />
          {filter !== '' && (
            <IconButton label="Clear the filter" size="s" onClick={() => setFilter('')}>
              <CloseIcon size={14} />
            </IconButton>
          )}
        </div>
        <IconButton
          label={order === 'newest' ? 'Newest change first' : 'Oldest change first'}
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
            <Notice kind="warn">Offline. This is the queue as last seen; you can go on writing.</Notice>
          </div>
        )}
        {refusals.map((sentence) => (
          <div key={sentence} className={styles.notice}>
            <Notice kind="danger">{sentence}</Notice>
          </div>
        ))}
        {stories === null && error === null && (
          <div className={styles.loading}>
            <Skeleton label="Loading the queue" lines={[34, 92, 58]} />
            <Skeleton label="Loading the queue" lines={[42, 84, 70]} />
            <Skeleton label="Loading the queue" lines={[28, 96, 40]} />
          </div>
        )}
        {stories === null && error !== null && (
          <ErrorState title="No queue" action={<Button onClick={props.onRetry}>Try again</Button>}>
            {error}
          </ErrorState>
        )}
        {stories !== null && shown.length === 0 && filter !== '' && (
          <EmptyState title="Nothing matches" action={<Button onClick={() => setFilter('')}>Clear the filter</Button>}>
            No story {desk === undefined ? 'in the newsroom' : `on ${desk.name}`} has “{filter}” in its slug, headline,
            stage or writer.
          </EmptyState>
        )}
        {stories !== null && shown.length === 0 && filter === '' && (
          <EmptyState title="A clear desk" action={<Button onClick={props.onNewStory}>New story</Button>}>
            There is no story {desk === undefined ? 'in the newsroom' : `on ${desk.name}`} yet.
          </EmptyState>
        )}
        {groups.map((group) => (
          <section key={group.stage} aria-label={`${STAGE_LABELS[group.stage]}, ${group.stories.length}`}>
            <h3 className={styles.stage}>
              <StageMark stage={group.stage} size={11} />
              {STAGE_LABELS[group.stage]}
              <span className={styles.count}>{group.stories.length}</span>
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
      </div>
    </>
  )
}
