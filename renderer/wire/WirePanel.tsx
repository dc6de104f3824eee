import { useCallback, useState, type ReactNode } from 'react'
import type { Article } from '#shared/article/article.ts'
import type { Publication, Scheduled, StorySource } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { FORMATS, findFormat } from '#shared/wire/formats/index.ts'
import { errorMessage } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import { useMessages } from '../messages/use-messages.ts'
import { Button } from '../ui/Button.tsx'
import { AlertDialog } from '../ui/Dialog.tsx'
import { ErrorState, Notice, Skeleton } from '../ui/States.tsx'
import { useToast } from '../ui/Toasts.tsx'
import { AsSentDialog } from '../story/versions/AsSentDialog.tsx'
import { Deliveries } from './Deliveries.tsx'
import { receivedWords } from './delivery-words.ts'
import { EndPlanButton } from './EndPlanButton.tsx'
import { FormatPreview } from '../story/versions/FormatPreview.tsx'
import { itemNow } from './item-now.ts'
import { momentText } from '../ui/moment-words.ts'
import type { Publications } from './publications.ts'
import { SourceFacts } from '../story/source/SourceFacts.tsx'
import { hasUnpublishedEdits } from '../story/versions/story-words.ts'
import { editedSinceScheduled, scheduleWords } from './schedule-words.ts'
import styles from './WirePanel.module.css'

export interface WirePanelProps {
  article: Article
  story: Story
  /** The story's source; null for a story written here. */
  source: StorySource | null
  /** Returns the link to an intake item; null for people who do not use the intake. */
  itemLink: ((itemId: string) => string) | null
  publications: Publications
  /** The story's schedule, if any. */
  scheduled: Scheduled | null
  /** The newsroom's name, which is the provider of the wire item. */
  provider: string
  /** True if this person may publish. */
  runsWire: boolean
  api: Pick<Api, 'rendered' | 'formats' | 'resend'>
  /** Rejects with the `ApiError` of a refusal. */
  cancelScheduled: (id: string) => Promise<unknown>
}

/** The story's publications and deliveries, its schedule, and a preview of its current wire item. */
export function WirePanel(props: WirePanelProps) {
  const { article, story, source, itemLink, publications, scheduled, provider, runsWire, api, cancelScheduled } = props
  const { t } = useMessages()
  const kill = publications.list?.find(({ kind }) => kind === 'kill')
  return (
    <div className={styles.panel}>
      {story.stage === 'killed' && (
        <Notice kind="danger">
          {kill === undefined
            ? t('wire.killed.notice')
            : t('wire.killed.notice-received', { received: receivedWords(kill.deliveries, 'kill', { t }) })}
        </Notice>
      )}
      {hasUnpublishedEdits(story) && (
        <Notice kind="warn">{t('wire.panel.edited', { version: story.publishedVersion ?? 0 })}</Notice>
      )}
      {scheduled !== null && <Plan scheduled={scheduled} runsWire={runsWire} cancel={cancelScheduled} />}
      {source !== null && (
        <section aria-labelledby="source-title">
          <h3 id="source-title" className={styles.heading}>
            {t('wire.panel.source')}
          </h3>
          <SourceFacts source={source} itemLink={itemLink} />
        </section>
      )}
      <section aria-labelledby="publications-title">
        <h3 id="publications-title" className={styles.heading}>
          {t('wire.panel.publications')}
        </h3>
        <PublicationList publications={publications} runsWire={runsWire} api={api} />
      </section>
      {story.stage !== 'killed' && (
        <section aria-labelledby="preview-title">
          <h3 id="preview-title" className={styles.heading}>
            {t('wire.panel.preview')}
          </h3>
          <Preview article={article} story={story} provider={provider} />
        </section>
      )}
    </div>
  )
}

interface PlanProps {
  scheduled: Scheduled
  runsWire: boolean
  cancel: (id: string) => Promise<unknown>
}

function Plan({ scheduled, runsWire, cancel }: PlanProps) {
  const messages = useMessages()
  const { t } = messages
  const edited = editedSinceScheduled(scheduled)

  return (
    <Notice
      kind={scheduled.status === 'failed' ? 'danger' : edited ? 'warn' : 'info'}
      action={runsWire && <EndPlanButton scheduled={scheduled} cancel={cancel} />}
    >
      <p className={styles.plan}>{scheduleWords(scheduled, messages)}</p>
      <p className={styles.by}>{t('wire.schedule.by', { name: scheduled.by.name })}</p>
      <Restrictions embargo={scheduled.embargo} withheld={scheduled.withheld} />
      {edited && <p>{t('wire.schedule.edited-publish-again')}</p>}
    </Notice>
  )
}

function Restrictions({ embargo, withheld }: Pick<Publication, 'embargo' | 'withheld'>) {
  const messages = useMessages()
  const { t } = messages
  return (
    <>
      {embargo !== null && (
        <p className={styles.terms}>{t('wire.under-embargo', { until: momentText(embargo, messages) })}</p>
      )}
      {withheld && <p className={styles.terms}>{t('wire.held-for-release')}</p>}
    </>
  )
}

interface PublicationListProps {
  publications: Publications
  runsWire: boolean
  api: WirePanelProps['api']
}

function PublicationList({ publications: { list, error, reload }, runsWire, api }: PublicationListProps) {
  const toast = useToast()
  const { t, say } = useMessages()
  const [shown, setShown] = useState<Publication | null>(null)
  const [resending, setResending] = useState<Publication | null>(null)
  if (list === null) {
    if (error === null) return <Skeleton lines={[50, 90]} label={t('wire.panel.publications-loading')} />
    return (
      <ErrorState
        title={t('wire.panel.publications-unavailable')}
        action={<Button onClick={reload}>{t('common.try-again')}</Button>}
      >
        {error}
      </ErrorState>
    )
  }
  if (list.length === 0) return <p className={styles.none}>{t('wire.panel.publications-none')}</p>

  async function resend(publication: Publication) {
    try {
      await api.resend(publication.id)
      toast({ kind: 'done', title: t('wire.panel.sent-again', { version: publication.version }) })
    } catch (thrown) {
      toast({ kind: 'problem', title: t('wire.panel.not-sent-again'), text: say(errorMessage(thrown)) })
    }
  }

  return (
    <>
      <ol className={styles.publications}>
        {list.map((publication, index) => (
          <PublicationItem
            key={publication.id}
            publication={publication}
            actions={
              <>
                <Button size="s" variant="quiet" onClick={() => setShown(publication)}>
                  {t('wire.panel.view-as-sent')}
                </Button>
                {index === 0 && runsWire && (
                  <Button size="s" variant="quiet" onClick={() => setResending(publication)}>
                    {t('wire.panel.send-again')}
                  </Button>
                )}
              </>
            }
          />
        ))}
      </ol>
      {shown !== null && <AsSentDialog publication={shown} api={api} onClose={() => setShown(null)} />}
      <AlertDialog
        open={resending !== null}
        onOpenChange={(open) => {
          if (!open) setResending(null)
        }}
        title={t('wire.panel.send-again-question')}
        description={t('wire.panel.send-again-explanation', { version: resending?.version ?? 0 })}
        action={t('wire.panel.send-again-confirm')}
        onConfirm={() => {
          if (resending !== null) void resend(resending)
        }}
      />
    </>
  )
}

function PublicationItem({ publication, actions }: { publication: Publication; actions: ReactNode }) {
  const { t, format } = useMessages()
  const at = new Date(publication.publishedAt)
  const { version, kind, headline, publishedBy, edNote, embargo, withheld, deliveries } = publication
  return (
    <li className={styles.publication} data-kind={kind}>
      <p className={styles.version}>
        <span>{t('story.version', { version, kind })}</span>
        <time dateTime={publication.publishedAt} title={format.longTime(at)}>
          {format.shortTime(at)}
        </time>
      </p>
      <p className={styles.headline} dir="auto">
        {headline}
      </p>
      <p className={styles.by}>{publishedBy.name}</p>
      {edNote !== null && (
        <p className={styles.note} dir="auto">
          {edNote}
        </p>
      )}
      <Restrictions embargo={embargo} withheld={withheld} />
      {deliveries.length > 0 && (
        <div className={styles.deliveries}>
          <Deliveries deliveries={deliveries} />
        </div>
      )}
      <div className={styles.actions}>{actions}</div>
    </li>
  )
}

function Preview({ article, story, provider }: { article: Article; story: Story; provider: string }) {
  const load = useCallback(
    (name: string) => Promise.resolve({ text: findFormat(name)?.write(itemNow(article, story, provider)).text ?? '' }),
    [article, story, provider],
  )
  return <FormatPreview formats={FORMATS} load={load} />
}
