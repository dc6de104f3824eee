import { receivedMessage } from '#shared/messages/sent-message.ts'
import { useState } from 'react'
import type { BoardDelivery } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { deliveryWords } from '../delivery-words.ts'
import { DeliveryMark } from '../Deliveries.tsx'
import { formatOf } from '../destination-format.ts'
import styles from './DeliveryRow.module.css'

export interface DeliveryRowProps {
  delivery: BoardDelivery
  storyLink: string
  /** True if its destination is paused: only kills go there. */
  paused: boolean
  online: boolean
  onRetry: () => Promise<void>
  onSkip: () => void
}

/** The delivery of one publication to one destination. */
export function DeliveryRow({ delivery, storyLink, paused, online, onRetry, onSkip }: DeliveryRowProps) {
  const messages = useMessages()
  const { say } = messages
  const { t, format } = messages
  const [busy, setBusy] = useState(false)
  const { status, destination, slug, headline, version, kind, queuedAt, finishedAt, detail, response } = delivery
  const time = new Date(finishedAt ?? queuedAt)
  const held = paused && kind !== 'kill' && (status === 'queued' || status === 'failed')
  const open = status === 'queued' || status === 'failed' || status === 'dead'

  async function retry() {
    setBusy(true)
    await onRetry()
    setBusy(false)
  }

  return (
    <li className={styles.row} data-status={status}>
      <DeliveryMark status={status} size={16} />
      <div className={styles.state}>
        <p className={styles.status}>{held ? t('wire.board.paused') : deliveryWords(delivery, messages)}</p>
        <time className={styles.time} dateTime={time.toISOString()} title={format.longTime(time)}>
          {finishedAt === null ? t('wire.board.since', { time: format.shortTime(time) }) : format.shortTime(time)}
        </time>
      </div>
      <div className={styles.what}>
        <a className={styles.slug} href={storyLink} dir="auto">
          {slug}
        </a>
        <p className={styles.headline} dir="auto">
          {headline}
        </p>
        <p className={kind === 'kill' ? styles.kill : styles.version}>{t('story.version', { version, kind })}</p>
      </div>
      <div className={styles.where}>
        <p className={styles.destination}>{destination.name}</p>
        <p className={styles.version}>{formatOf(destination)}</p>
        {detail !== null && <p className={styles.detail}>{say(receivedMessage(detail))}</p>}
        {response !== null && response !== '' && (
          <details className={styles.response}>
            <summary>{t('wire.board.response')}</summary>
            <pre>{response}</pre>
          </details>
        )}
      </div>
      <div className={styles.actions}>
        {open && (
          <>
            <Button
              size="s"
              busy={busy}
              disabled={!online || held}
              aria-label={t('wire.board.retry-of', { slug, destination: destination.name })}
              onClick={() => void retry()}
            >
              {t('wire.board.retry')}
            </Button>
            <Button
              size="s"
              variant="quiet"
              disabled={!online}
              aria-label={t('wire.board.skip-of', { slug, destination: destination.name })}
              onClick={onSkip}
            >
              {t('wire.board.skip')}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}
