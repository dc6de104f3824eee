import { useCallback, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { encodeStateVector } from 'yjs'
import type { Article } from '#shared/article/article.ts'
import type { CheckFailure, MomentRequest, Publication, PublishOptions, Scheduled } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { itemWords } from '#shared/wire/item-words.ts'
import { ApiError, errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer, type Answer } from '../../api/use-answer.ts'
import type { OutboxState } from '../../collaboration/outbox.ts'
import type { StorySession } from '../../collaboration/story-session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { Tabs, type Tab } from '../../ui/Tabs.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Failures } from '../../story/checks/Failures.tsx'
import { FormatPreview } from '../../story/versions/FormatPreview.tsx'
import { itemNow, type ItemStory } from '../item-now.ts'
import { longMoment } from '../../ui/moment-words.ts'
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
const PERHAPS_OUT = 'Whether it went out is seen once the newsroom is back; the same never goes out twice.'
const unanswered = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'offline' || error.code === 'timeout')

type Page = 'publication' | 'changes' | 'preview'

/** The last look before a story goes out: what is missing, or what will be sent, how, when and where. */
export function PublishDialog(props: PublishDialogProps) {
  const { story, session, publish, schedule, api, outbox, provider, planned, onGoTo, onClose } = props
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
  const [error, setError] = useState<string | null>(null)
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
  const held = plan.problems.source ?? heldBack(ways.value, draft.except)
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
        setError(bySource.map(({ message }) => message).join(' '))
      } else if (thrown instanceof ApiError && thrown.failures.length > 0) {
        setRefused({ at: article, failures: thrown.failures })
        setPage('publication')
      } else setError(unanswered(thrown) ? `${errorSentence(thrown)} ${PERHAPS_OUT}` : errorSentence(thrown))
    }
  }

  function goTo(field: string) {
    target.current = field
    onClose(draft.note)
  }

  const pages: Tab<Page>[] = [
    {
      id: 'publication',
      label: 'Publication',
      panel: (
        <div className={styles.panel}>
          {out && !story.changedSincePublished && draft.kind === 'update' && (
            <Notice kind="info">
              Nothing was edited since version {story.publishedVersion} went out, and the same is not published twice.
              To send it once more, choose “Send again…” in the inspector, under Wire.
            </Notice>
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
            label: 'What has changed',
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
      label: 'Preview',
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
      title={blocked ? 'Not ready for the wire' : titleOf(out, draft)}
      {...(blocked && {
        description: `${failures.length === 1 ? 'One thing is' : `${failures.length} things are`} to be put right first.`,
      })}
      onClosed={() => {
        if (target.current !== null) onGoTo(target.current)
        return target.current !== null
      }}
      actions={
        <>
          {!blocked && (waiting !== null || held !== null) && (
            <p className={styles.waiting} role="status">
              {waiting ?? held}
            </p>
          )}
          <Button onClick={() => onClose(draft.note)} disabled={busy}>
            {blocked ? 'Close' : 'Not yet'}
          </Button>
          {!blocked && (
            <Button
              variant="primary"
              busy={busy}
              disabled={!ready || (held !== null && !busy)}
              onClick={() => void send()}
            >
              {busy ? busyWord(draft) : actionWord(draft, out, (story.publishedVersion ?? 0) + 1)}
            </Button>
          )}
        </>
      }
    >
      {blocked ? (
        <Failures failures={failures} figureIds={article.figures.map((figure) => figure.id)} onGoTo={goTo} />
      ) : (
        <div className={styles.pages}>
          <Tabs label="Before it goes out" tabs={pages} value={page} onChange={setPage} />
        </div>
      )}
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}

function titleOf(out: boolean, { kind, at }: PublishDraft): string {
  if (at !== null) return 'Publish at a time?'
  if (!out) return 'Publish this story?'
  return kind === 'correction' ? 'Publish this correction?' : 'Publish this update?'
}

function actionWord({ at, kind }: PublishDraft, out: boolean, version: number): string {
  if (at !== null) return 'Schedule'
  return out && kind === 'correction' ? `Publish correction, version ${version}` : `Publish version ${version}`
}

function busyWord({ at }: PublishDraft): string {
  return at === null ? 'Publishing…' : 'Scheduling…'
}

/** Returns which of the chosen destinations would refuse it, in a sentence; null if none. */
function heldBack(ways: readonly Way[] | null, except: ReadonlySet<string>): string | null {
  const names = (ways ?? [])
    .filter(({ destination, failures }) => failures.length > 0 && !except.has(destination.id))
    .map(({ destination }) => destination.name)
  if (names.length === 0) return null
  return `${names.join(', ')} would not take it as it is. Put that right, or leave ${names.length === 1 ? 'it' : 'them'} out.`
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
  return (
    <Notice kind="warn">
      It is planned to go out {longMoment(scheduled.at)}, by {scheduled.by.name}.{' '}
      {replaced ? 'A new plan takes the place of that one.' : 'Publishing now ends that plan.'}
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
      if (publication === undefined) throw new Error(`Version ${version} cannot be found. Try again in a moment.`)
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
    <Skeleton label="Loading the preview" />
  ) : (
    <ErrorState title="No preview" action={<Button onClick={formats.again}>Try again</Button>}>
      {formats.problem}
    </ErrorState>
  )
}
