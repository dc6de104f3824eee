import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { IntakeItem, IntakeList, IntakeStatus } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { List } from '../../ui/List.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Views } from '../Views.tsx'
import { IntakeDetailPane } from './IntakeDetailPane.tsx'
import styles from './IntakePage.module.css'
import { IntakeRow } from './IntakeRow.tsx'
import { INTAKE_VIEWS, intakeLabels } from './intake-words.ts'
import { PasteDialog } from './PasteDialog.tsx'
import { SourcesDialog } from './SourcesDialog.tsx'
import { useIntake } from './use-intake.ts'

export interface IntakePageProps {
  /** The id of the item to open first. */
  show: string | null
  api: Pick<
    Api,
    | 'intake'
    | 'intakeItem'
    | 'intakeOriginal'
    | 'paste'
    | 'takeIntake'
    | 'discardIntake'
    | 'readIntakeAgain'
    | 'intakeSources'
    | 'putIntakeSource'
    | 'removeIntakeSource'
    | 'newIntakeToken'
  >
  feed: Pick<Feed, 'state' | 'onEvent' | 'hear'>
  online: boolean
  desks: readonly Desk[]
  counts: IntakeList['counts'] | null
  storyLink: (storyId: string) => string
  /** Opens a story made from an item. */
  openStory: (storyId: string) => void
  /** The server's address, the first part of an HTTP endpoint's. */
  server: string
  leading?: ReactNode
}

/** The incoming items, from which stories are created, and the documents in quarantine. */
export function IntakePage(props: IntakePageProps) {
  const messages = useMessages()
  const { t } = messages
  const { show, api, feed, online, desks, counts, leading } = props
  const [view, setView] = useState<IntakeStatus | null>(null)
  const [chosen, setChosen] = useState(show)
  /** The linked item, which may be in any list and beyond its first page. */
  const linked = useAnswer(useMemo(() => (show === null ? null : () => api.intakeItem(show)), [api, show]))
  const [pasting, setPasting] = useState<{ files: readonly File[]; text: string } | null>(null)
  const [sources, setSources] = useState(false)
  const [over, setOver] = useState(false)
  const status = view ?? linked.value?.status ?? 'new'
  const intake = useIntake(api, feed, status)
  const now = useNow()
  const labels = intakeLabels(messages)
  const current = intake.items?.find(({ id }) => id === chosen) ?? (chosen === show ? linked.value : null)

  // Copy pasted anywhere on the page, outside of a field, goes to the intake.
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event
      if (target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"]') !== null) return
      if (document.querySelector('[role="dialog"]') !== null || clipboardData === null) return
      const text = clipboardData.getData('text/plain')
      const files = [...clipboardData.files]
      if (text.trim() === '' && files.length === 0) return
      event.preventDefault()
      setPasting({ files, text: files.length > 0 ? '' : text })
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])

  const countOf = (view: IntakeStatus) =>
    counts === null ? 0 : view === 'new' ? counts.new : view === 'quarantined' ? counts.quarantined : 0

  return (
    <DeskPage
      title={t('intake.title')}
      leading={leading}
      actions={
        <>
          <Button variant="quiet" onClick={() => setSources(true)}>
            {t('intake.sources')}
          </Button>
          <Button icon={<PlusIcon />} disabled={!online} onClick={() => setPasting({ files: [], text: '' })}>
            {t('intake.paste-copy')}
          </Button>
        </>
      }
      tools={
        <Views
          views={INTAKE_VIEWS}
          labels={labels}
          countOf={countOf}
          current={status}
          onChoose={(each) => {
            setView(each)
            if (chosen === show) setChosen(null)
          }}
        />
      }
    >
      <div
        className={styles.area}
        data-over={over || undefined}
        onDragOver={(event) => {
          if (!online) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
        }}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const files = [...event.dataTransfer.files]
          const text = event.dataTransfer.getData('text/plain')
          if (files.length > 0 || text.trim() !== '') setPasting({ files, text: files.length > 0 ? '' : text })
        }}
      >
        {!online && <Notice kind="warn">{t('intake.offline')}</Notice>}
        {online && intake.problem !== null && intake.items !== null && <Notice kind="danger">{intake.problem}</Notice>}
        {linked.problem !== null && <Notice kind="danger">{linked.problem}</Notice>}
        {intake.items === null && intake.problem === null && (
          <Skeleton label={t('intake.loading')} lines={[36, 92, 30, 84, 40, 88]} />
        )}
        {intake.items === null && intake.problem !== null && (
          <ErrorState
            title={t('intake.not-loaded')}
            action={<Button onClick={intake.again}>{t('common.try-again')}</Button>}
          >
            {intake.problem}
          </ErrorState>
        )}
        {intake.items?.length === 0 && current === null && (
          <EmptyState title={t(`intake.empty.${status}`)}>{t(`intake.empty.${status}.explanation`)}</EmptyState>
        )}
        {intake.items !== null && (intake.items.length > 0 || current !== null) && (
          <div className={styles.columns}>
            <div>
              <List className={styles.items} aria-label={labels[status]}>
                {intake.items.map((item) => (
                  <li key={item.id}>
                    <IntakeRow
                      item={item}
                      now={now}
                      chosen={item.id === chosen}
                      onChoose={() => setChosen(item.id === chosen ? null : item.id)}
                    />
                  </li>
                ))}
              </List>
              {intake.more && (
                <p className={styles.more}>
                  <Button busy={intake.busy} onClick={intake.loadMore}>
                    {t('intake.show-more')}
                  </Button>
                </p>
              )}
            </div>
            {current === null ? (
              <p className={styles.none}>{t('intake.select-item')}</p>
            ) : (
              <IntakeDetailPane
                key={`${current.id} ${current.status}`}
                item={current}
                api={api}
                desks={desks}
                online={online}
                storyLink={props.storyLink}
                openStory={props.openStory}
                onChanged={(changed: IntakeItem) => {
                  feed.hear({ type: 'intake', items: [changed] })
                  linked.again()
                }}
              />
            )}
          </div>
        )}
        {over && <p className={styles.drop}>{t('intake.drop-here')}</p>}
      </div>
      {pasting !== null && (
        <PasteDialog
          api={api}
          desks={desks}
          begin={pasting}
          onTaken={props.openStory}
          onChanged={(item) => feed.hear({ type: 'intake', items: [item] })}
          onClose={() => setPasting(null)}
        />
      )}
      {sources && (
        <SourcesDialog
          api={api}
          feed={feed}
          desks={desks}
          online={online}
          server={props.server}
          onClose={() => setSources(false)}
        />
      )}
    </DeskPage>
  )
}
