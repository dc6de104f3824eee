import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { encodeStateVector } from 'yjs'
import { articleWords, plainText } from '#shared/article/text.ts'
import type { CheckFailure, Destination, Publication } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { ApiError, errorSentence } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import type { OutboxState } from '../collaboration/outbox.ts'
import type { StorySession } from '../collaboration/story-session.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/States.tsx'
import { formatOf } from './destination-format.ts'
import { Failures } from './Failures.tsx'
import styles from './PublishDialog.module.css'
import { readiness } from './readiness.ts'
import { checkForWire, useArticle } from './use-checks.ts'

export interface PublishDialogProps {
  story: Pick<Story, 'slug' | 'publishedVersion'>
  session: Pick<StorySession, 'doc' | 'state'>
  /** Rejects with the `ApiError` of a refusal. */
  publish: (stateVector: Uint8Array) => Promise<Publication>
  api: Pick<Api, 'destinations'>
  outbox: { state: StoreApi<OutboxState> }
  /** Puts the caret into a field, once the dialog is gone. */
  onGoTo: (field: string) => void
  onPublished: (publication: Publication) => void
  onClose: () => void
}

const number = new Intl.NumberFormat('en')

/** The last look before a story goes out: what is missing, or what will be sent, as what, and where to. */
export function PublishDialog(props: PublishDialogProps) {
  const { story, session, publish, api, outbox, onGoTo, onPublished, onClose } = props
  const article = useArticle(session.doc)
  const save = useStore(session.state, (state) => state.save)
  const outgoing = useStore(outbox.state)
  const destinations = useDestinations(api)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  /** What the newsroom found, until the text changes. */
  const [refused, setRefused] = useState<{ at: typeof article; failures: readonly CheckFailure[] } | null>(null)
  const target = useRef<string | null>(null)

  const own = checkForWire(article, story.slug)
  const failures = own.length > 0 || refused?.at !== article ? own : refused.failures
  const { ready, waiting } = readiness(save, article, outgoing)
  const version = (story.publishedVersion ?? 0) + 1
  const kind = story.publishedVersion === null ? 'New' : `Update of version ${story.publishedVersion}`

  async function send() {
    setBusy(true)
    setError(null)
    try {
      onPublished(await publish(encodeStateVector(session.doc)))
      onClose()
    } catch (thrown) {
      setBusy(false)
      if (thrown instanceof ApiError && thrown.failures.length > 0)
        setRefused({ at: article, failures: thrown.failures })
      else setError(errorSentence(thrown))
    }
  }

  function goTo(field: string) {
    target.current = field
    onClose()
  }

  const blocked = failures.length > 0
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open && !busy) onClose()
      }}
      title={
        blocked
          ? 'Not ready for the wire'
          : story.publishedVersion === null
            ? 'Publish this story?'
            : 'Publish this update?'
      }
      {...(blocked && {
        description: `${failures.length === 1 ? 'One thing is' : `${failures.length} things are`} to be put right first.`,
      })}
      onClosed={() => {
        if (target.current !== null) onGoTo(target.current)
        return target.current !== null
      }}
      actions={
        <>
          {!blocked && waiting !== null && (
            <p className={styles.waiting} role="status">
              {waiting}
            </p>
          )}
          <Button onClick={onClose} disabled={busy}>
            {blocked ? 'Close' : 'Not yet'}
          </Button>
          {!blocked && (
            <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void send()}>
              {busy ? 'Publishing…' : `Publish version ${version}`}
            </Button>
          )}
        </>
      }
    >
      {blocked ? (
        <Failures failures={failures} figureIds={article.figures.map((figure) => figure.id)} onGoTo={goTo} />
      ) : (
        <div className={styles.sheet}>
          <p className={styles.headline} dir="auto" lang={article.meta.language}>
            {plainText(article.headline)}
          </p>
          <dl className={styles.facts}>
            <dt>Version</dt>
            <dd>
              {version}, {kind.charAt(0).toLowerCase() + kind.slice(1)}
            </dd>
            <dt>Slug</dt>
            <dd dir="auto">{article.meta.slug ?? story.slug}</dd>
            <dt>Length</dt>
            <dd>
              {number.format(articleWords(article))} words
              {article.figures.length > 0 &&
                `, ${article.figures.length} ${article.figures.length === 1 ? 'picture' : 'pictures'}`}
            </dd>
            <dt>Goes to</dt>
            <dd>
              <Destinations answer={destinations} />
            </dd>
          </dl>
        </div>
      )}
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}

type Answer = readonly Destination[] | { problem: string } | null

function useDestinations(api: Pick<Api, 'destinations'>): Answer {
  const [answer, setAnswer] = useState<Answer>(null)
  useEffect(() => {
    let stale = false
    api.destinations().then(
      (destinations) => {
        if (!stale) setAnswer(destinations)
      },
      (error: unknown) => {
        if (!stale) setAnswer({ problem: errorSentence(error) })
      },
    )
    return () => {
      stale = true
    }
  }, [api])
  return answer
}

function Destinations({ answer }: { answer: Answer }) {
  if (answer === null) return <span className={styles.quiet}>Asking the newsroom…</span>
  if ('problem' in answer) return <span className={styles.quiet}>{answer.problem}</span>
  if (answer.length === 0) {
    return <span className={styles.quiet}>Nowhere: the newsroom has no destination yet. It is kept as a version.</span>
  }
  return (
    <ul>
      {answer.map((destination) => (
        <li key={destination.id}>
          {destination.name} <span className={styles.quiet}>{formatOf(destination)}</span>
        </li>
      ))}
    </ul>
  )
}
