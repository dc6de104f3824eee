import { receivedMessage } from '#shared/messages/sent-message.ts'
import type { Delivery } from '#shared/protocol/http.ts'
import { useMessages } from '../messages/use-messages.ts'
import { classes } from '../ui/classes.ts'
import { CheckIcon, ClockIcon, CloseIcon, WarningIcon, WireIcon, type IconProps } from '../ui/icons.tsx'
import styles from './Deliveries.module.css'
import { deliveryWords, receivedWords } from './delivery-words.ts'
import { formatOf } from './destination-format.ts'

const ICONS: Record<Delivery['status'], (props: IconProps) => React.ReactNode> = {
  sent: CheckIcon,
  queued: WireIcon,
  failed: ClockIcon,
  dead: WarningIcon,
  skipped: CloseIcon,
}

/** The icon of a delivery's status. */
export function DeliveryMark({ status, size = 14 }: { status: Delivery['status']; size?: number }) {
  const Icon = ICONS[status]
  return (
    <span className={classes(styles.mark, styles[status])}>
      <Icon size={size} />
    </span>
  )
}

/** More deliveries than this are summed up in a sentence, and the rest is folded away. */
const MOST = 8
/** Deliveries that may need attention come first. */
const URGENCY: readonly Delivery['status'][] = ['dead', 'failed', 'queued', 'skipped', 'sent']

/** The destinations of a publication, and the status at each. */
export function Deliveries({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { t } = useMessages()
  if (deliveries.length <= MOST) return <DeliveryList deliveries={deliveries} />
  const sorted = deliveries.toSorted((a, b) => URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status))
  return (
    <>
      <p className={styles.summary}>{receivedWords(deliveries, 'story', { t })}</p>
      <DeliveryList deliveries={sorted.slice(0, MOST)} />
      <details className={styles.rest}>
        <summary>{t('wire.delivery.more', { count: deliveries.length - MOST })}</summary>
        <DeliveryList deliveries={sorted.slice(MOST)} />
      </details>
    </>
  )
}

function DeliveryList({ deliveries }: { deliveries: readonly Delivery[] }) {
  const messages = useMessages()
  return (
    <ul className={styles.deliveries}>
      {deliveries.map((delivery) => (
        <li key={delivery.id} className={styles.delivery}>
          <DeliveryMark status={delivery.status} />
          <div className={styles.words}>
            <p>
              <span className={styles.destination}>{delivery.destination.name}</span> {formatOf(delivery.destination)}
            </p>
            <p className={styles.status}>{deliveryWords(delivery, messages)}</p>
            {delivery.detail !== null && (
              <p className={styles.detail}>{messages.say(receivedMessage(delivery.detail))}</p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
