import { useCallback, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { encodeStateVector } from 'yjs'
import { message, type MessageOrText } from '#shared/messages/message.ts'
import { checkMessages } from '#shared/story/check-failure.ts'
import type { Article } from '#shared/article/article.ts'
import type { CheckFailure, MomentRequest, Publication, PublishOptions, Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { itemWords } from '#shared/wire/item-words.ts'
import { ApiError, errorMessage } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer, type Answer } from '../../api/use-answer.ts'
import type { OutboxState } from '../../collaboration/outbox.ts'
import type { StorySession } from '../../collaboration/story-session.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { Tabs, type Tab } from '../../ui/Tabs.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Failures } from '../../story/checks/Failures.tsx'
import { FormatPreview } from '../../story/versions/FormatPreview.tsx'
import { itemNow, type ItemStory } from '../item-now.ts'
import { momentText } from '../../ui/moment-words.ts'
import type { LiveSource } from '../../story/source/use-source.ts'
import { checkForWire, useArticle } from '../../story/checks/use-checks.ts'
import { Changes } from './Changes.tsx'
import styles from './PublishDialog.module.css'
import { newDraft, readDraft, underTerms, type PublishDraft, type PublishPlan } from './publish-draft.ts'
import { PublishForm } from './PublishForm.tsx'
import { readiness } from './readiness.ts'
import { waysOf, type Way } from './where-it-goes.ts'

export interface PublishDialogProps {
  story: ItemStory & Pick<Story, 'changedSincePublished'>
  session: Pick<StorySession, 'doc' | 'state'>
  /** The initial kind for a published story. */
  kind: PublishDraft['kind']
  /** The draft note from when the dialog was last closed. */
  note: string
  /** Rejects with the `ApiError` of a refusal. */
  publish: (stateVector: Uint8Array, options: PublishOptions) => Promise<Publication>
  schedule: (stateVector: Uint8Array, at: MomentRequest, options: PublishOptions) => Promise<Scheduled>
  api: Pick<Api, 'destinationSettings' | 'formats' | 'preview' | 'publications' | 'publicationWords'>
  outbox: { state: StoreApi<OutboxState> }
  /** The name of the newsroom. */
  provider: string
  /** The story's source and its sender's latest terms. */
  source: LiveSource
  /** The story's existing schedule, if any. */
  planned: Scheduled | null
  /** Puts the caret into a field once the dialog is closed. */
  onGoTo: (field: string) => void
  onPublished: (publication: Publication) => void
  onScheduled: (scheduled: Scheduled) => void
  /** Called with the current draft note; empty once it went out. */
  onClose: (note: string) => void
}

/** The request may have arrived with only the response lost. */
const unanswered = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'offline' || error.code === 'timeout')

type Page = 'publication' | 'changes' | 'preview'

/** The last look before a story goes out: what is missing, or what will be sent, how, when and where. */
export function PublishDialog(props: PublishDialogProps) {
  const { story, session, publish, schedule, api, outbox, provider, planned, onGoTo, onClose } = props
  const { t, say, format } = useMessages()
  const { source } = props.source
  const article = useArticle(session.doc)
  const save = useStore(session.state, (state) => state.save)
  const outgoing = useStore(outbox.state)
  const now = useNow()
  const [draft, setDraft] = useState(() => newDraft(props.kind, props.note))
  /** The item whose terms apply to the draft. Its source may change them while the dialog is open. */
  const [heard, setHeard] = useState<string | null>(null)
  if (source !== null && source.newest.id !== heard) {
    setHeard(source.newest.id)
    setDraft(underTerms(draft, source.newest, now))
  }
  const [page, setPage] = useState<Page>('publication')
  /** True once the button was pressed. What is missing is shown from then on. */
  const [strict, setStrict] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<{ problem: MessageOrText; maybeSent: boolean } | null>(null)
  /** The newsroom's failures, until the text changes. */
  const [refused, setRefused] = useState<{ at: typeof article; failures: readonly CheckFailure[] } | null>(null)
  const target = useRef<string | null>(null)

  const out = story.publishedVersion !== null
  const item = useMemo(() => itemNow(article, story, provider), [article, story, provider])
  const found = refused?.at === article ? refused.failures : []
  const ways = useWays(api, item, story.deskId, found)
  const own = checkForWire(article, story.slug)
  const failures = own.length > 0 ? own : found.filter(({ destination }) => destination === undefined)
  const blocked = failures.length > 0
  const plan = readDraft(draft, { out, now, source: source?.newest ?? null })
  const refusing = refusingDestinations(ways.value, draft.except)
  const held =
    plan.problems.source !== undefined
      ? say(plan.problems.source)
      : refusing.length > 0
        ? t('wire.publish.refused-by', { count: refusing.length, destinations: format.list(refusing) })
        : null
  const { ready, waiting } = readiness(save, article, outgoing)

  async function send() {
    setStrict(true)
    if (Object.keys(plan.problems).length > 0) {
      setPage('publication')
      return
    }
    setBusy(true)
    setError(null)
    try {
      const stateVector = encodeStateVector(session.doc)
      if (plan.at === null) props.onPublished(await publish(stateVector, plan.options))
      else props.onScheduled(await schedule(stateVector, plan.at, plan.options))
      onClose('')
    } catch (thrown) {
      setBusy(false)
      const bySource = thrown instanceof ApiError ? thrown.failures.filter(({ field }) => field === 'source') : []
      if (bySource.length > 0) {
        // The source has changed its terms meanwhile.
        props.source.reload()
        setError({ problem: checkMessages(bySource), maybeSent: false })
      } else if (thrown instanceof ApiError && thrown.failures.length > 0) {
        setRefused({ at: article, failures: thrown.failures })
        setPage('publication')
      } else setError({ problem: errorMessage(thrown), maybeSent: unanswered(thrown) })
    }
  }

  function actionWords(): string {
    if (draft.at !== null) return busy ? t('wire.publish.scheduling') : t('wire.publish.action-schedule')
    if (busy) return t('wire.publish.publishing')
    const version = (story.publishedVersion ?? 0) + 1
    return out && draft.kind === 'correction'
      ? t('wire.publish.action-correction', { version })
      : t('wire.publish.action', { version })
  }

  function goTo(field: string) {
    target.current = field
    onClose(draft.note)
  }

  const pages: Tab<Page>[] = [
    {
      id: 'publication',
      label: t('wire.publish.tab.publication'),
      panel: (
        <div className={styles.panel}>
          {out && !story.changedSincePublished && draft.kind === 'update' && (
            <Notice kind="info">{t('wire.publish.unchanged', { version: story.publishedVersion ?? 0 })}</Notice>
          )}
          {props.source.problem !== null && <Notice kind="warn">{props.source.problem}</Notice>}
          {planned !== null && <Planned scheduled={planned} replaced={draft.at !== null} />}
          <PublishForm
            article={article}
            story={story}
            draft={draft}
            onDraft={setDraft}
            plan={plan}
            source={source}
            strict={strict}
            now={now}
            ways={ways}
          />
        </div>
      ),
    },
    ...(out
      ? [
          {
            id: 'changes' as const,
            label: t('wire.publish.tab.changes'),
            panel: (
              <div className={styles.panel}>
                <ChangesSince
                  api={api}
                  storyId={story.id}
                  version={story.publishedVersion ?? 0}
                  after={item}
                  language={item.language}
                />
              </div>
            ),
          },
        ]
      : []),
    {
      id: 'preview',
      label: t('wire.publish.tab.preview'),
      panel: (
        <div className={styles.panel}>
          <Preview api={api} storyId={story.id} plan={plan} article={article} />
        </div>
      ),
    },
  ]

  return (
    <Dialog
      open
      large={!blocked}
      wide={blocked}
      onOpenChange={(open) => {
        if (!open && !busy) onClose(draft.note)
      }}
      title={t(`wire.publish.title.${blocked ? 'blocked' : titleOf(out, draft)}`)}
      {...(blocked && {
        description: t('wire.publish.problems', { count: failures.length }),
      })}
      onClosed={() => {
        if (target.current !== null) onGoTo(target.current)
        return target.current !== null
      }}
      actions={
        <>
          {!blocked && (waiting !== null || held !== null) && (
            <p className={styles.waiting} role="status">
              {waiting === null ? held : say(waiting)}
            </p>
          )}
          <Button onClick={() => onClose(draft.note)} disabled={busy}>
            {blocked ? t('common.close') : t('common.cancel')}
          </Button>
          {!blocked && (
            <Button
              variant="primary"
              busy={busy}
              disabled={!ready || (held !== null && !busy)}
              onClick={() => void send()}
            >
              {actionWords()}
            </Button>
          )}
        </>
      }
    >
      {blocked ? (
        <Failures failures={failures} figureIds={article.figures.map((figure) => figure.id)} onGoTo={goTo} />
      ) : (
        <div className={styles.pages}>
          <Tabs label={t('wire.publish.tabs')} tabs={pages} value={page} onChange={setPage} />
        </div>
      )}
      {error !== null && (
        <Notice kind="danger">
          {error.maybeSent ? t('wire.publish.maybe-sent', { problem: say(error.problem) }) : say(error.problem)}
        </Notice>
      )}
    </Dialog>
  )
}

function titleOf(out: boolean, { kind, at }: PublishDraft): 'scheduled' | 'new' | PublishDraft['kind'] {
  if (at !== null) return 'scheduled'
  return out ? kind : 'new'
}

/** Returns the names of the chosen destinations that would refuse the story. */
function refusingDestinations(ways: readonly Way[] | null, except: ReadonlySet<string>): string[] {
  return (ways ?? [])
    .filter(({ destination, failures }) => failures.length > 0 && !except.has(destination.id))
    .map(({ destination }) => destination.name)
}

/** Returns the destinations, with the newsroom's failures beside those found here. */
function useWays(
  api: Pick<Api, 'destinationSettings'>,
  item: Parameters<typeof waysOf>[1],
  deskId: string,
  found: readonly CheckFailure[],
): Answer<Way[]> {
  const settings = useAnswer(useCallback(() => api.destinationSettings(), [api]))
  if (settings.value === null) return { ...settings, value: null }
  const value = waysOf(settings.value, item, deskId).map((way) => {
    const more = found.filter(
      ({ destination, rule, field }) =>
        destination?.id === way.destination.id &&
        !way.failures.some((failure) => failure.rule === rule && failure.field === field),
    )
    return more.length === 0 ? way : { ...way, failures: [...way.failures, ...more] }
  })
  return { ...settings, value }
}

function Planned({ scheduled, replaced }: { scheduled: Scheduled; replaced: boolean }) {
  const messages = useMessages()
  const params = { when: momentText(scheduled.at, messages), name: scheduled.by.name }
  return (
    <Notice kind="warn">
      {replaced
        ? messages.t('wire.publish.scheduled-replaced', params)
        : messages.t('wire.publish.scheduled-cancelled', params)}
    </Notice>
  )
}

interface ChangesSinceProps {
  api: Pick<Api, 'publications' | 'publicationWords'>
  storyId: string
  version: number
  after: Parameters<typeof itemWords>[0]
  language: string
}

function ChangesSince({ api, storyId, version, after, language }: ChangesSinceProps) {
  const before = useAnswer(
    useCallback(async () => {
      const publication = (await api.publications(storyId)).find((each) => each.version === version)
      if (publication === undefined)
        throw new ApiError('not-found', message('wire.changes.version-missing', { version }))
      return api.publicationWords(publication.id)
    }, [api, storyId, version]),
  )
  return <Changes before={before} after={itemWords(after)} version={version} language={language} />
}

interface PreviewProps {
  api: Pick<Api, 'formats' | 'preview'>
  storyId: string
  plan: PublishPlan
  article: Article
}

function Preview({ api, storyId, plan, article }: PreviewProps) {
  const { t } = useMessages()
  const formats = useAnswer(useCallback(() => api.formats(), [api]))
  const { kind, edNote, embargo, withheld } = plan.options
  const options = JSON.stringify({ kind, edNote, embargo, withheld })
  // New text is rendered again, although the newsroom reads it from its own copy.
  const asked = useMemo(() => ({ article, options }), [article, options])
  const load = useCallback(
    (format: string) =>
      api.preview(storyId, { format, ...(JSON.parse(asked.options) as Pick<PublishOptions, 'edNote'>) }),
    [api, storyId, asked],
  )
  if (formats.value !== null) return <FormatPreview formats={formats.value} load={load} tall />
  return formats.problem === null ? (
    <Skeleton label={t('wire.publish.preview-loading')} />
  ) : (
    <ErrorState
      title={t('wire.publish.preview-unavailable')}
      action={<Button onClick={formats.again}>{t('common.try-again')}</Button>}
    >
      {formats.problem}
    </ErrorState>
  )
}
