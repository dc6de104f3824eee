import type { Delivery } from '#shared/protocol/http.ts'
import { classes } from '../ui/classes.ts'
import { CheckIcon, ClockIcon, CloseIcon, WarningIcon, WireIcon, type IconProps } from '../ui/icons.tsx'
import styles from './Deliveries.module.css'
import { deliveryWords } from './delivery-words.ts'
import { formatOf } from './destination-format.ts'

const ICONS: Record<Delivery['status'], (props: IconProps) => React.ReactNode> = {
  sent: CheckIcon,
  queued: WireIcon,
  failed: ClockIcon,
  dead: WarningIcon,
  skipped: CloseIcon,
}

/** A delivery's status as a shape. */
export function DeliveryMark({ status, size = 14 }: { status: Delivery['status']; size?: number }) {
  const Icon = ICONS[status]
  return (
    <span className={classes(styles.mark, styles[status])}>
      <Icon size={size} />
    </span>
  )
}

/** Where a publication went, and what became of it at each place. */
export function Deliveries({ deliveries }: { deliveries: readonly Delivery[] }) {
  return (
    <ul className={styles.deliveries}>
      {deliveries.map((delivery) => (
        <li key={delivery.id} className={styles.delivery}>
          <DeliveryMark status={delivery.status} />
          <div className={styles.words}>
            <p>
              <span className={styles.destination}>{delivery.destination.name}</span> {formatOf(delivery.destination)}
            </p>
            <p className={styles.status}>{deliveryWords(delivery)}</p>
            {delivery.detail !== null && <p className={styles.detail}>{delivery.detail}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
