import { useCallback, useEffect, useRef, useState } from 'react'
import type { Publication } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
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

function reasonProblem(reason: string): string | null {
  if (reason === '') return 'Write the reason: every receiver is told.'
  return reason.length > LONGEST_REASON ? `A reason has at most ${LONGEST_REASON} characters.` : null
}

/**
 * Kills a story on the wire. The dialog asks for a reason, then for the slug: a double click would kill whatever story
 * is open, a typed slug kills the intended one. It then stays open and shows what each destination has received.
 */
export function KillDialog({ story, reason: begun, kill, api, feed, onClose }: KillDialogProps) {
  const { value: publications } = useAnswer(useCallback(() => api.publications(story.id), [api, story.id]))
  const [step, setStep] = useState<'reason' | 'slug'>('reason')
  const [written, setWritten] = useState(begun)
  const [typed, setTyped] = useState('')
  /** True once the button of this step was pressed. What is missing is shown from then on. */
  const [pressed, setPressed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [killed, setKilled] = useState<Publication | null>(null)
  const reason = written.trim()
  // The kill is for the published version, whatever was written since.
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
      if (reasonProblem(reason) === null) go('slug')
    } else if (meant && !busy) void send()
  }

  async function send() {
    setBusy(true)
    setError(null)
    try {
      const publication = await kill(reason)
      setKilled(heard.current?.id === publication.id ? heard.current : publication)
    } catch (thrown) {
      setError(errorSentence(thrown))
    } finally {
      setBusy(false)
    }
  }

  const steps: Record<typeof step, Omit<DialogProps, 'open' | 'onOpenChange'>> = {
    reason: {
      title: 'Kill this story?',
      description:
        'It is withdrawn from every destination, ahead of everything else that waits to be sent. This cannot be taken back, and the story can never be published again.',
      actions: (
        <>
          <Button onClick={() => onClose(written)}>Cancel</Button>
          <Button variant="danger" type="submit">
            Go on…
          </Button>
        </>
      ),
      children: (
        <>
          <Which story={story} headline={headline} />
          <Out story={story} publications={publications} />
          <TextArea
            label="Reason, which every receiver is told"
            value={written}
            dir="auto"
            error={pressed ? reasonProblem(reason) : null}
            onChange={(event) => setWritten(event.target.value)}
          />
        </>
      ),
    },
    slug: {
      title: 'Is it this one?',
      description: 'Type its slug, and it is killed.',
      actions: (
        <>
          <Button onClick={() => go('reason')} disabled={busy}>
            Back
          </Button>
          <Button variant="danger" type="submit" busy={busy} aria-disabled={!meant || busy}>
            {busy ? 'Killing…' : 'Kill the story'}
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
          {error !== null && <Notice kind="danger">{error} As far as is known here, nothing was killed.</Notice>}
        </>
      ),
    },
  }

  const shown: Omit<DialogProps, 'open' | 'onOpenChange'> =
    killed === null
      ? { ...steps[step], onSubmit: submit }
      : {
          title: 'Killed',
          description: `${story.slug} can never go out again. ${receivedWords(killed.deliveries, 'the kill')}`,
          actions: (
            <Button variant="primary" onClick={() => onClose(written)}>
              Close
            </Button>
          ),
          children: (
            <div role="status" aria-label="What each destination has received">
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
  const receivers = [
    ...new Set(
      (publications ?? []).flatMap(({ deliveries }) =>
        deliveries.filter(({ status }) => status !== 'skipped').map(({ destination }) => destination.name),
      ),
    ),
  ]
  const more = receivers.length - MOST_NAMES
  const names = more > 1 ? `${receivers.slice(0, MOST_NAMES).join(', ')} and ${more} more` : receivers.join(', ')
  return (
    <p className={styles.out}>
      Version {publishedVersion} is out{receivers.length > 0 && `: ${names}`}.
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
  const input = useRef<HTMLInputElement>(null)
  // The dialog is already open, so it does not focus this field itself.
  useEffect(() => input.current?.focus(), [])
  return (
    <TextInput
      ref={input}
      label="Slug"
      value={typed}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      error={wrong ? `This is not ${slug}.` : null}
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
