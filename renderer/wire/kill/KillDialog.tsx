import { useCallback, useEffect, useRef, useState } from 'react'
import { message, type Message, type MessageOrText } from '#shared/messages/message.ts'
import type { Publication } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { errorMessage } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, type DialogProps } from '../../ui/Dialog.tsx'
import { TextArea, TextInput } from '../../ui/Field.tsx'
import { Notice } from '../../ui/States.tsx'
import { Deliveries } from '../Deliveries.tsx'
import { receivedWords } from '../delivery-words.ts'
import styles from './KillDialog.module.css'
import { sameSlug } from './same-slug.ts'

export interface KillDialogProps {
  story: Pick<Story, 'id' | 'slug' | 'headline' | 'language' | 'publishedVersion'>
  /** The draft reason from when the dialog was last closed. */
  reason: string
  /** Rejects with the `ApiError` of a refusal. */
  kill: (reason: string) => Promise<Publication>
  api: Pick<Api, 'publications'>
  feed: Pick<Feed, 'on'>
  /** Called with the current draft reason. */
  onClose: (reason: string) => void
}

const LONGEST_REASON = 2000
/** The number of receivers to name. More would push the reason off the screen. */
const MOST_NAMES = 6

function reasonProblem(reason: string): Message | null {
  if (reason === '') return message('wire.kill.reason-missing')
  return reason.length > LONGEST_REASON ? message('wire.kill.reason-too-long', { max: LONGEST_REASON }) : null
}

/**
 * Kills a story on the wire. The dialog asks for a reason, then for the slug: a double click would kill any story that
 * is open, a typed slug kills the intended one. It then stays open and shows what each destination has received.
 */
export function KillDialog({ story, reason: begun, kill, api, feed, onClose }: KillDialogProps) {
  const { t, say } = useMessages()
  const { value: publications } = useAnswer(useCallback(() => api.publications(story.id), [api, story.id]))
  const [step, setStep] = useState<'reason' | 'slug'>('reason')
  const [written, setWritten] = useState(begun)
  const [typed, setTyped] = useState('')
  /** True once the button of this step was pressed. What is missing is shown from then on. */
  const [pressed, setPressed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<MessageOrText | null>(null)
  const [killed, setKilled] = useState<Publication | null>(null)
  const reason = written.trim()
  const problem = reasonProblem(reason)
  // The kill is for the published version, not for what was written since.
  const headline = publications?.find(({ version }) => version === story.publishedVersion)?.headline ?? story.headline
  const meant = sameSlug(typed, story.slug)

  // The status at each destination, live. Events may arrive before the response.
  const heard = useRef<Publication | null>(null)
  useEffect(
    () =>
      feed.on('publication', ({ publication }) => {
        if (publication.storyId !== story.id) return
        heard.current = publication
        setKilled((before) => (before?.id === publication.id ? publication : before))
      }),
    [feed, story.id],
  )

  function go(to: typeof step) {
    setStep(to)
    setPressed(false)
    setError(null)
  }

  function submit() {
    setPressed(true)
    if (step === 'reason') {
      if (problem === null) go('slug')
    } else if (meant && !busy) void send()
  }

  async function send() {
    setBusy(true)
    setError(null)
    try {
      const publication = await kill(reason)
      setKilled(heard.current?.id === publication.id ? heard.current : publication)
    } catch (thrown) {
      setError(errorMessage(thrown))
    } finally {
      setBusy(false)
    }
  }

  const steps: Record<typeof step, Omit<DialogProps, 'open' | 'onOpenChange'>> = {
    reason: {
      title: t('wire.kill.title'),
      description: t('wire.kill.explanation'),
      actions: (
        <>
          <Button onClick={() => onClose(written)}>{t('common.cancel')}</Button>
          <Button variant="danger" type="submit">
            {t('wire.kill.continue')}
          </Button>
        </>
      ),
      children: (
        <>
          <Which story={story} headline={headline} />
          <Out story={story} publications={publications} />
          <TextArea
            label={t('wire.kill.reason')}
            value={written}
            dir="auto"
            error={pressed && problem !== null ? say(problem) : null}
            onChange={(event) => setWritten(event.target.value)}
          />
        </>
      ),
    },
    slug: {
      title: t('wire.kill.confirm'),
      actions: (
        <>
          <Button onClick={() => go('reason')} disabled={busy}>
            {t('wire.kill.back')}
          </Button>
          <Button variant="danger" type="submit" busy={busy} aria-disabled={!meant || busy}>
            {busy ? t('wire.kill.killing') : t('wire.kill.kill')}
          </Button>
        </>
      ),
      children: (
        <>
          <Which story={story} headline={headline} />
          <blockquote className={styles.reason} dir="auto">
            {reason}
          </blockquote>
          <SlugInput
            slug={story.slug}
            typed={typed}
            wrong={pressed && !meant}
            onType={(now) => {
              setTyped(now)
              setPressed(false)
            }}
          />
          {error !== null && <Notice kind="danger">{t('wire.kill.failed', { problem: say(error) })}</Notice>}
        </>
      ),
    },
  }

  const shown: Omit<DialogProps, 'open' | 'onOpenChange'> =
    killed === null
      ? { ...steps[step], onSubmit: submit }
      : {
          title: t('wire.kill.done'),
          description: t('wire.kill.done-explanation', {
            slug: story.slug,
            received: receivedWords(killed.deliveries, 'kill', { t }),
          }),
          actions: (
            <Button variant="primary" onClick={() => onClose(written)}>
              {t('common.close')}
            </Button>
          ),
          children: (
            <div role="status" aria-label={t('wire.kill.received')}>
              <Deliveries deliveries={killed.deliveries} />
            </div>
          ),
        }

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open && !busy) onClose(written)
      }}
      {...shown}
    />
  )
}

/** The published version, and the destinations that have it. */
function Out({
  story: { publishedVersion },
  publications,
}: Pick<KillDialogProps, 'story'> & { publications: readonly Publication[] | null }) {
  const { t, format } = useMessages()
  const version = publishedVersion ?? 0
  const receivers = [
    ...new Set(
      (publications ?? []).flatMap(({ deliveries }) =>
        deliveries.filter(({ status }) => status !== 'skipped').map(({ destination }) => destination.name),
      ),
    ),
  ]
  const more = receivers.length - MOST_NAMES
  const names =
    more > 1 ? [...receivers.slice(0, MOST_NAMES), t('wire.kill.more-destinations', { count: more })] : receivers
  return (
    <p className={styles.out}>
      {names.length === 0
        ? t('wire.kill.published', { version })
        : t('wire.kill.published-to', { version, destinations: format.list(names) })}
    </p>
  )
}

interface SlugInputProps {
  slug: string
  typed: string
  wrong: boolean
  onType: (typed: string) => void
}

function SlugInput({ slug, typed, wrong, onType }: SlugInputProps) {
  const { t } = useMessages()
  const input = useRef<HTMLInputElement>(null)
  // The dialog is already open, so it does not focus this field itself.
  useEffect(() => input.current?.focus(), [])
  return (
    <TextInput
      ref={input}
      label={t('wire.kill.slug')}
      value={typed}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      error={wrong ? t('wire.kill.wrong-slug', { slug }) : null}
      onChange={(event) => onType(event.target.value)}
    />
  )
}

function Which({ story: { slug, language }, headline }: Pick<KillDialogProps, 'story'> & { headline: string }) {
  return (
    <div className={styles.which}>
      <p className={styles.slug} dir="auto">
        {slug}
      </p>
      <p className={styles.headline} dir="auto" lang={language}>
        {headline}
      </p>
    </div>
  )
}
