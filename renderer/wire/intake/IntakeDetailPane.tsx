import { useCallback, useState } from 'react'
import type { IntakeDetail, IntakeItem } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextArea } from '../../ui/Field.tsx'
import { ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './IntakeDetailPane.module.css'
import type { IntakePageProps } from './IntakePage.tsx'
import { IntakeText } from './IntakeText.tsx'
import { warningsOf } from './intake-words.ts'

export interface IntakeDetailPaneProps {
  item: IntakeItem
  page: Pick<IntakePageProps, 'api' | 'desks' | 'online' | 'storyLink' | 'openStory'>
  onChanged: (item: IntakeItem) => void
}

/** One item: its text, what was left out of it, and what can be done with it. */
export function IntakeDetailPane({ item, page, onChanged }: IntakeDetailPaneProps) {
  const { api, desks, online, storyLink } = page
  const { id, status, storyId, handledBy, reason } = item
  const { value: detail, problem, again } = useAnswer(useCallback(() => api.intakeItem(id), [api, id]))
  const [deskId, setDeskId] = useState(desks[0]?.id ?? '')
  const [madeId] = useState(() => crypto.randomUUID())
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [discarding, setDiscarding] = useState(false)
  const now = useNow()

  async function act(what: () => Promise<unknown>) {
    setBusy(true)
    setError(null)
    try {
      await what()
    } catch (thrown) {
      setError(errorSentence(thrown))
    } finally {
      setBusy(false)
    }
  }

  const take = async () => {
    const story = await api.takeIntake(id, { storyId: madeId, ...(deskId !== '' && { deskId }) })
    page.openStory(story.id)
  }

  return (
    <section className={styles.pane} aria-label={item.headline || 'Item'}>
      <div className={styles.bar}>
        {status !== 'quarantined' && storyId === null && (
          <>
            <div className={styles.desk}>
              <Select
                label="Desk"
                value={deskId}
                options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
                onChange={(event) => setDeskId(event.target.value)}
              />
            </div>
            <Button variant="primary" busy={busy} disabled={!online} onClick={() => void act(take)}>
              Take into a story
            </Button>
          </>
        )}
        {storyId !== null && (
          <a className={styles.story} href={storyLink(storyId)}>
            Open its story
          </a>
        )}
        {status === 'quarantined' && (
          <Button
            busy={busy}
            disabled={!online}
            onClick={() => void act(async () => onChanged(await api.readIntakeAgain(id)))}
          >
            Read it again
          </Button>
        )}
        {(status === 'new' || status === 'quarantined') && (
          <Button variant="quiet" disabled={!online || busy} onClick={() => setDiscarding(true)}>
            Discard…
          </Button>
        )}
      </div>
      {error !== null && <Notice kind="danger">{error}</Notice>}
      {warningsOf(item, now).map(({ text, grave }) => (
        <Notice key={text} kind={grave ? 'danger' : 'warn'}>
          {text}
        </Notice>
      ))}
      {handledBy !== null && (
        <p className={styles.handled}>
          {status === 'discarded' ? 'Discarded' : 'Taken'} by {handledBy.name}
          {status === 'discarded' && reason !== null && `: ${reason}`}
        </p>
      )}
      {detail === null && problem === null && <Skeleton label="Loading the item" />}
      {detail === null && problem !== null && (
        <ErrorState title="Not readable now" action={<Button onClick={again}>Try again</Button>}>
          {problem}
        </ErrorState>
      )}
      {detail !== null && status === 'quarantined' && <Faults detail={detail} api={api} />}
      {detail !== null && status !== 'quarantined' && <IntakeText detail={detail} />}
      {discarding && (
        <DiscardDialog
          discard={async (why) => onChanged(await api.discardIntake(id, why))}
          onClose={() => setDiscarding(false)}
        />
      )}
    </section>
  )
}

/** Why an item could not be read, each fault with its place, over the very text that came. */
function Faults({ detail, api }: { detail: IntakeDetail; api: IntakeDetailPaneProps['page']['api'] }) {
  const original = useAnswer(useCallback(() => api.intakeOriginal(detail.id), [api, detail.id]))
  return (
    <>
      <h2 className={styles.title}>It could not be read</h2>
      <ul className={styles.faults}>
        {detail.faults.map(({ line, column, message }, index) => (
          <li key={index}>
            <span className={styles.place}>
              Line {line}
              {column !== undefined && `, column ${column}`}
            </span>{' '}
            {message}
          </li>
        ))}
        {detail.faults.length === 0 && detail.reason !== null && <li>{detail.reason}</li>}
      </ul>
      {original.problem !== null && <Notice kind="danger">{original.problem}</Notice>}
      {original.value !== null && (
        <pre className={styles.original} dir="ltr" tabIndex={0} role="region" aria-label="As it came">
          {original.value}
        </pre>
      )}
    </>
  )
}

interface DiscardDialogProps {
  discard: (reason: string | undefined) => Promise<void>
  onClose: () => void
}

function DiscardDialog({ discard, onClose }: DiscardDialogProps) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function submit() {
    if (busy) return
    setBusy(true)
    try {
      await discard(reason.trim() || undefined)
      onClose()
    } catch (thrown) {
      setError(errorSentence(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title="Discard this item?"
      description="It leaves the list and is kept among the discarded ones."
      onOpenChange={(open) => {
        if (!open && !busy) onClose()
      }}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            Discard
          </Button>
        </>
      }
    >
      <TextArea
        label="Reason (not needed)"
        value={reason}
        maxLength={500}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}
