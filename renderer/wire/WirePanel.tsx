import { useCallback, useState, type ReactNode } from 'react'
import type { Article } from '#shared/article/article.ts'
import type { Publication, Scheduled, StorySource } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { FORMATS, findFormat } from '#shared/wire/formats/index.ts'
import { errorSentence } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import { Button } from '../ui/Button.tsx'
import { AlertDialog } from '../ui/Dialog.tsx'
import { ErrorState, Notice, Skeleton } from '../ui/States.tsx'
import { longTime, shortTime } from '../ui/time-words.ts'
import { useToast } from '../ui/Toasts.tsx'
import { AsSentDialog } from '../story/versions/AsSentDialog.tsx'
import { Deliveries } from './Deliveries.tsx'
import { KIND_LABELS } from '../story/versions/kind-labels.ts'
import { receivedWords } from './delivery-words.ts'
import { EndPlanButton } from './EndPlanButton.tsx'
import { FormatPreview } from '../story/versions/FormatPreview.tsx'
import { itemNow } from './item-now.ts'
import { longMoment } from '../ui/moment-words.ts'
import type { Publications } from './publications.ts'
import { SourceFacts } from '../story/source/SourceFacts.tsx'
import { editedWords, hasUnpublishedEdits, planWords } from '../story/versions/story-words.ts'
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
  const kill = publications.list?.find(({ kind }) => kind === 'kill')
  return (
    <div className={styles.panel}>
      {story.stage === 'killed' && (
        <Notice kind="danger">
          Killed: it cannot be published again.{kill !== undefined && ` ${receivedWords(kill.deliveries, 'the kill')}`}
        </Notice>
      )}
      {hasUnpublishedEdits(story) && (
        <Notice kind="warn">
          {editedWords(story)}. Nobody outside has these edits until they are published as an update.
        </Notice>
      )}
      {scheduled !== null && <Plan scheduled={scheduled} runsWire={runsWire} cancel={cancelScheduled} />}
      {source !== null && (
        <section aria-labelledby="source-title">
          <h3 id="source-title" className={styles.heading}>
            Source
          </h3>
          <SourceFacts source={source} itemLink={itemLink} />
        </section>
      )}
      <section aria-labelledby="publications-title">
        <h3 id="publications-title" className={styles.heading}>
          Publications
        </h3>
        <PublicationList publications={publications} runsWire={runsWire} api={api} />
      </section>
      {story.stage !== 'killed' && (
        <section aria-labelledby="preview-title">
          <h3 id="preview-title" className={styles.heading}>
            As it would go out now
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
  const { failed, edited, sentence } = planWords(scheduled)

  return (
    <Notice
      kind={failed ? 'danger' : edited ? 'warn' : 'info'}
      action={runsWire && <EndPlanButton scheduled={scheduled} cancel={cancel} />}
    >
      <p className={styles.plan}>{sentence}</p>
      <p className={styles.by}>
        Planned by {scheduled.by.name}
        {scheduled.withheld && ', withheld'}
        {scheduled.embargo !== null && `, under embargo until ${longMoment(scheduled.embargo)}`}
      </p>
      {edited && <p>Edited since it was planned: that edit will not go out. Publish it anew to have it in.</p>}
    </Notice>
  )
}

interface PublicationListProps {
  publications: Publications
  runsWire: boolean
  api: WirePanelProps['api']
}

function PublicationList({ publications: { list, error, reload }, runsWire, api }: PublicationListProps) {
  const toast = useToast()
  const [shown, setShown] = useState<Publication | null>(null)
  const [resending, setResending] = useState<Publication | null>(null)
  if (list === null) {
    if (error === null) return <Skeleton lines={[50, 90]} label="Loading publications" />
    return (
      <ErrorState title="Not known" action={<Button onClick={reload}>Try again</Button>}>
        {error}
      </ErrorState>
    )
  }
  if (list.length === 0) return <p className={styles.none}>Nothing of this story is on the wire yet.</p>

  async function resend(publication: Publication) {
    try {
      await api.resend(publication.id)
      toast({ kind: 'done', title: `Version ${publication.version} is sent again` })
    } catch (thrown) {
      toast({ kind: 'problem', title: 'Not sent again', text: errorSentence(thrown) })
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
                  As sent…
                </Button>
                {index === 0 && runsWire && (
                  <Button size="s" variant="quiet" onClick={() => setResending(publication)}>
                    Send again…
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
        title="Send it again?"
        description={`Version ${resending?.version ?? ''} goes once more to every destination that it has gone to. Use this when a receiver has lost it.`}
        action="Send again"
        onConfirm={() => {
          if (resending !== null) void resend(resending)
        }}
      />
    </>
  )
}

function PublicationItem({ publication, actions }: { publication: Publication; actions: ReactNode }) {
  const at = new Date(publication.publishedAt)
  const { version, kind, headline, publishedBy, edNote, embargo, withheld, deliveries } = publication
  return (
    <li className={styles.publication} data-kind={kind}>
      <p className={styles.version}>
        <span>
          Version {version}, {KIND_LABELS[kind].toLowerCase()}
        </span>
        <time dateTime={publication.publishedAt} title={longTime(at)}>
          {shortTime(at)}
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
      {embargo !== null && <p className={styles.terms}>Under embargo: {longMoment(embargo)}</p>}
      {withheld && <p className={styles.terms}>Withheld until a later version</p>}
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
