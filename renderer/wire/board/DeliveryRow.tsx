import { useState } from 'react'
import type { BoardDelivery } from '#shared/protocol/http.ts'
import { Button } from '../../ui/Button.tsx'
import { longTime, shortTime } from '../../ui/time-words.ts'
import { KIND_LABELS } from '../../story/versions/kind-labels.ts'
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
        <p className={styles.status}>{held ? 'Waits: the destination is paused' : deliveryWords(delivery)}</p>
        <time className={styles.time} dateTime={time.toISOString()} title={longTime(time)}>
          {finishedAt === null ? 'Since ' : ''}
          {shortTime(time)}
        </time>
      </div>
      <div className={styles.what}>
        <a className={styles.slug} href={storyLink} dir="auto">
          {slug}
        </a>
        <p className={styles.headline} dir="auto">
          {headline}
        </p>
        <p className={kind === 'kill' ? styles.kill : styles.version}>
          Version {version}, {KIND_LABELS[kind].toLowerCase()}
        </p>
      </div>
      <div className={styles.where}>
        <p className={styles.destination}>{destination.name}</p>
        <p className={styles.version}>{formatOf(destination)}</p>
        {detail !== null && <p className={styles.detail}>{detail}</p>}
        {response !== null && response !== '' && (
          <details className={styles.response}>
            <summary>Response</summary>
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
              aria-label={`Try again now: ${slug} to ${destination.name}`}
              onClick={() => void retry()}
            >
              Try now
            </Button>
            <Button
              size="s"
              variant="quiet"
              disabled={!online}
              aria-label={`Skip: ${slug} to ${destination.name}`}
              onClick={onSkip}
            >
              Skip…
            </Button>
          </>
        )}
      </div>
    </li>
  )
}
