import type { Board, IntakeList } from '#shared/protocol/http.ts'
import { InboxIcon, ServerIcon, WarningIcon, WireIcon } from '../ui/icons.tsx'
import styles from './WireNav.module.css'

export type WirePage = 'deliveries' | 'destinations' | 'intake'

export interface WireNavProps {
  /** The open page, if it is one of these. */
  current: WirePage | null
  link: (page: WirePage) => string
  /** Null while loading. */
  deliveries: Board['counts'] | null
  intake: IntakeList['counts'] | null
}

/** Below the queue: the wire desk's pages, with the number of waiting items on each. */
export function WireNav({ current, link, deliveries, intake }: WireNavProps) {
  const pages = [
    {
      page: 'intake' as const,
      label: 'Intake',
      Icon: InboxIcon,
      count: intake === null ? 0 : intake.new + intake.quarantined,
      trouble: intake === null || intake.quarantined === 0 ? null : `${intake.quarantined} in quarantine`,
    },
    {
      page: 'deliveries' as const,
      label: 'Deliveries',
      Icon: WireIcon,
      count: deliveries === null ? 0 : deliveries.queued + deliveries.failed + deliveries.dead,
      trouble: deliveries === null || deliveries.dead === 0 ? null : `${deliveries.dead} given up`,
    },
    { page: 'destinations' as const, label: 'Destinations', Icon: ServerIcon, count: 0, trouble: null },
  ]
  return (
    <nav className={styles.nav} aria-label="Wire desk">
      <ul>
        {pages.map(({ page, label, Icon, count, trouble }) => (
          <li key={page}>
            <a className={styles.link} href={link(page)} aria-current={page === current ? 'page' : undefined}>
              <Icon size={14} />
              <span className={styles.label}>{label}</span>
              {trouble !== null && (
                <span className={styles.trouble}>
                  <WarningIcon size={12} /> {trouble}
                </span>
              )}
              {count > 0 && <span className={styles.count}>{count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
