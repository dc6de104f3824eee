import { useCallback, useState, type ReactNode } from 'react'
import type { IntakeDetail, IntakeItem } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import type { Api } from '../../api/client.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Field.tsx'
import { ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { ReasonDialog } from '../ReasonDialog.tsx'
import styles from './IntakeDetailPane.module.css'
import { IntakeText } from './IntakeText.tsx'
import { IntakeWarnings } from './IntakeWarnings.tsx'

export interface IntakeDetailPaneProps {
  item: IntakeItem
  api: Pick<Api, 'intakeItem' | 'intakeOriginal' | 'takeIntake' | 'discardIntake' | 'readIntakeAgain'>
  desks: readonly Desk[]
  online: boolean
  storyLink: (storyId: string) => string
  /** Opens the story made from it. */
  openStory: (storyId: string) => void
  onChanged: (item: IntakeItem) => void
}

/** One item: its text, the text left out of it, and its actions. */
export function IntakeDetailPane(props: IntakeDetailPaneProps) {
  const { t } = useMessages()
  const { item, api, desks, online, storyLink, openStory, onChanged } = props
  const { id, status, storyId, handledBy, reason } = item
  const { value: detail, problem, again } = useAnswer(useCallback(() => api.intakeItem(id), [api, id]))
  const [deskId, setDeskId] = useState(desks[0]?.id ?? '')
  const [madeId] = useState(() => crypto.randomUUID())
  const { busy, error, attempt } = useAttempt()
  const [discarding, setDiscarding] = useState(false)

  const take = async () => {
    const story = await api.takeIntake(id, { storyId: madeId, ...(deskId !== '' && { deskId }) })
    openStory(story.id)
  }

  return (
    <section className={styles.pane} aria-label={item.headline || t('intake.item')}>
      <div className={styles.bar}>
        {status !== 'quarantined' && storyId === null && (
          <>
            <div className={styles.desk}>
              <Select
                label={t('intake.item.desk')}
                value={deskId}
                options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
                onChange={(event) => setDeskId(event.target.value)}
              />
            </div>
            <Button variant="primary" busy={busy} disabled={!online} onClick={() => void attempt(take)}>
              {t('intake.item.create-story')}
            </Button>
          </>
        )}
        {storyId !== null && (
          <a className={styles.story} href={storyLink(storyId)}>
            {t('intake.item.open-story')}
          </a>
        )}
        {status === 'quarantined' && (
          <Button
            busy={busy}
            disabled={!online}
            onClick={() => void attempt(async () => onChanged(await api.readIntakeAgain(id)))}
          >
            {t('intake.item.parse-again')}
          </Button>
        )}
        {(status === 'new' || status === 'quarantined') && (
          <Button variant="quiet" disabled={!online || busy} onClick={() => setDiscarding(true)}>
            {t('intake.item.discard-with-reason')}
          </Button>
        )}
      </div>
      {error !== null && <Notice kind="danger">{error}</Notice>}
      <IntakeWarnings item={item} />
      {handledBy !== null && (
        <p className={styles.handled}>
          {status !== 'discarded'
            ? t('intake.item.used-by', { who: handledBy.name })
            : reason === null
              ? t('intake.item.discarded-by', { who: handledBy.name })
              : t('intake.item.discarded-because', { who: handledBy.name, reason })}
        </p>
      )}
      {detail === null && problem === null && <Skeleton label={t('intake.item.loading')} />}
      {detail === null && problem !== null && (
        <ErrorState
          title={t('intake.item.not-loaded')}
          action={<Button onClick={again}>{t('common.try-again')}</Button>}
        >
          {problem}
        </ErrorState>
      )}
      {detail !== null && status === 'quarantined' && <Faults detail={detail} api={api} />}
      {detail !== null && status !== 'quarantined' && <IntakeText detail={detail} />}
      {discarding && (
        <ReasonDialog
          title={t('intake.discard.question')}
          description={t('intake.discard.explanation')}
          verb={t('intake.item.discard')}
          longest={500}
          act={async (why) => onChanged(await api.discardIntake(id, why))}
          onClose={() => setDiscarding(false)}
        />
      )}
    </section>
  )
}

/** Shows why an item could not be parsed: each fault with its place, above the original text. */
function Faults({ detail, api }: { detail: IntakeDetail; api: Pick<Api, 'intakeOriginal'> }) {
  const { t, rich } = useMessages()
  const original = useAnswer(useCallback(() => api.intakeOriginal(detail.id), [api, detail.id]))
  return (
    <>
      <h2 className={styles.title}>{t('intake.not-parsed')}</h2>
      <ul className={styles.faults}>
        {detail.faults.map(({ line, column, message }, index) => (
          <li key={index}>
            {column === undefined
              ? rich('intake.fault.line', { line, fault: message, place })
              : rich('intake.fault.line-and-column', { line, column, fault: message, place })}
          </li>
        ))}
        {detail.faults.length === 0 && detail.reason !== null && <li>{detail.reason}</li>}
      </ul>
      {original.problem !== null && <Notice kind="danger">{original.problem}</Notice>}
      {original.value !== null && (
        <pre className={styles.original} dir="ltr" tabIndex={0} role="region" aria-label={t('intake.original')}>
          {original.value}
        </pre>
      )}
    </>
  )
}

const place = (inside: ReactNode[]) => <span className={styles.place}>{inside}</span>
